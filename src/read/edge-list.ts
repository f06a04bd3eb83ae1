import { DataError } from '../model/errors.ts';
import { type ArcRow, compileNetwork, type Network, type NodeRow, UNREACHED } from '../model/network.ts';
import type { Problem } from '../model/problem.ts';
import { byCodePoint } from '../model/units.ts';
import { readCsv } from './csv.ts';
import { faultsInto } from './features.ts';

const HEAD = ['from', 'to', 'weight'];

/**
 * A directed edge list: CSV with the head `from,to,weight`, weight in whole milliseconds of at least 1. A link's id is its row number from 0;
 * nodes have no place. Loops are kept out of the network and told as warnings: no shortest way uses them.
 *
 * @throws DataError with every fault
 * Cost O(rows log rows).
 */
export function readEdgeList(path: string): { network: Network; problems: Problem[] } {
  const { columns, rows, problems } = readCsv(path);
  const fault = faultsInto(problems);
  const file = path.split(/[/\\]/).at(-1) ?? path;
  if (!HEAD.every((name) => columns.includes(name))) {
    fault('missing-column', file, 'head', 'columns', columns.join(',') || 'nothing', HEAD.join(','));
    throw new DataError(problems);
  }
  if (rows.length === 0) fault('no-links', file, '–', 'rows', '0', 'at least one row below the head');
  const known = [...new Set(rows.flatMap(({ fields }) => [fields.from ?? '', fields.to ?? '']))].sort(byCodePoint);
  const nodeOf = new Map(known.map((id, index) => [id, index]));
  const arcs: ArcRow[] = [];
  rows.forEach(({ fields, line }, link) => {
    const milliseconds = Number(fields.weight);
    for (const name of ['from', 'to']) {
      if (fields[name]?.trim() === '') fault('missing-node', file, `line ${line}`, name, 'nothing', 'the id of a node');
    }
    if (fields.weight?.trim() === '' || !Number.isInteger(milliseconds) || milliseconds < 1 || milliseconds >= UNREACHED) {
      fault('bad-weight', file, `line ${line}`, 'weight', `"${fields.weight}"`, `whole milliseconds from 1 to ${UNREACHED - 1}`);
      return;
    }
    const [from, to] = [nodeOf.get(fields.from ?? '') ?? 0, nodeOf.get(fields.to ?? '') ?? 0];
    if (from === to) {
      const found = fields.to ?? '';
      problems.push({
        severity: 'warning',
        kind: 'self-loop',
        file,
        feature: `line ${line}`,
        property: 'to',
        found,
        expected: 'another node',
      });
      return;
    }
    arcs.push({ from, to, milliseconds, link });
  });
  const faults = problems.filter((problem) => problem.severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  const nodes = known.map((id): NodeRow => ({ id, longitude: Number.NaN, latitude: Number.NaN }));
  const linkIds = rows.map((_row, link) => String(link));
  return { network: compileNetwork(nodes, arcs, linkIds), problems };
}
