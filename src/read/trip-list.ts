import { DataError } from '../model/errors.ts';
import type { NodeDemand } from '../model/node-demand.ts';
import { readCsv } from './csv.ts';
import { faultsInto } from './features.ts';

/**
 * Trips between nodes: CSV with the head `from,to,trips`, trips at least 0; pairs that come twice are added up.
 *
 * @param nodeIds  ids by node of the network that the trips run on
 * @throws DataError with every fault
 * Cost O(rows + origins · destinations); memory 8 bytes a pair of an origin and a destination.
 */
export function readTripList(path: string, nodeIds: readonly string[]): NodeDemand {
  const { columns, rows, problems } = readCsv(path);
  const fault = faultsInto(problems);
  const file = path.split(/[/\\]/).at(-1) ?? path;
  for (const name of ['from', 'to', 'trips']) {
    if (!columns.includes(name)) fault('missing-column', file, 'head', 'columns', columns.join(','), 'from,to,trips');
  }
  const nodeOf = new Map(nodeIds.map((id, node) => [id, node]));
  const pairs: Pair[] = [];
  for (const { fields, line } of rows) {
    const trips = Number(fields.trips);
    const ends = (['from', 'to'] as const).map((end) => nodeOf.get(fields[end] ?? ''));
    ends.forEach((node, end) => {
      const name = end === 0 ? 'from' : 'to';
      if (node === undefined) fault('unknown-node', file, `line ${line}`, name, `"${fields[name]}"`, 'a node of the network');
    });
    if (fields.trips?.trim() === '' || !(trips >= 0 && Number.isFinite(trips))) {
      fault('bad-trips', file, `line ${line}`, 'trips', `"${fields.trips}"`, 'a number of at least 0');
      continue;
    }
    const [from, to] = ends;
    if (from !== undefined && to !== undefined) pairs.push({ from, to, trips });
  }
  const faults = problems.filter((problem) => problem.severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  return asMatrix(pairs);
}

interface Pair {
  readonly from: number;
  readonly to: number;
  readonly trips: number;
}

function asMatrix(pairs: readonly Pair[]): NodeDemand {
  const origins = Uint32Array.from(new Set(pairs.map(({ from }) => from))).sort();
  const destinations = Uint32Array.from(new Set(pairs.map(({ to }) => to))).sort();
  const rowOf = new Map(Array.from(origins, (node, row) => [node, row]));
  const columnOf = new Map(Array.from(destinations, (node, column) => [node, column]));
  const matrix = new Float64Array(origins.length * destinations.length);
  for (const { from, to, trips } of pairs) {
    const cell = (rowOf.get(from) ?? 0) * destinations.length + (columnOf.get(to) ?? 0);
    matrix[cell] = (matrix[cell] ?? 0) + trips;
  }
  return { origins, destinations, trips: matrix };
}
