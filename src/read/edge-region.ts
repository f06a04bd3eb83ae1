import { basename } from 'node:path';
import { DataError } from '../model/errors.ts';
import { greatCircleKilometres } from '../model/place.ts';
import type { Problem } from '../model/problem.ts';
import type { Place, RoadLink } from '../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';
import { type CsvRow, readCsv } from './csv.ts';
import { type Fault, faultsInto, readPosition } from './features.ts';

const SPEEDS = { least: 1, most: 450 };

/**
 * A directed edge list (`from,to,weight`, whole milliseconds) and its nodes (`id,longitude,latitude`) as junctions and one-way roads. A
 * column `length_km` gives lengths, else they are straight; a road's speed is the length over the weight, so that its time is the weight.
 * A link's id is its row number from 0.
 *
 * @throws DataError where a file has no such columns or no row is left
 * Cost O(rows).
 */
export function edgeRegionRows(
  edges: string,
  nodes: string,
): { junctions: Place[]; roads: RoadLink[]; problems: Problem[]; straight: number } {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const read = (path: string, required: readonly string[]) => {
    const { columns, rows, problems: found } = readCsv(path);
    problems.push(...found);
    const missing = required.filter((name) => !columns.includes(name));
    if (missing.length > 0) fault('missing-column', basename(path), 'line 1', 'head', columns.join(',') || 'nothing', missing.join(', '));
    return rows;
  };
  const edgeRows = read(edges, ['from', 'to', 'weight']);
  const nodeRows = read(nodes, ['id', 'longitude', 'latitude']);
  if (problems.some(({ kind }) => kind === 'missing-column')) throw new DataError(problems);
  const places = new Map<string, Place>();
  for (const row of nodeRows) readNode(row, places, fault);
  const roads = edgeRows.flatMap((row, index) => readEdge(row, index, places, fault));
  const used = new Set(roads.flatMap(({ from, to }) => [from, to]));
  if (roads.length === 0) fault('no-links', basename(edges), '–', 'rows', 'no usable row', 'at least one');
  if (roads.length === 0) throw new DataError(problems);
  const straight = edgeRows.filter(({ fields }) => (fields.length_km ?? '') === '').length;
  return { junctions: [...places.values()].filter(({ id }) => used.has(id)), roads, problems, straight };
}

function readNode({ file, line, fields }: CsvRow, places: Map<string, Place>, fault: Fault): void {
  const { id = '', name = '' } = fields;
  const feature = `line ${line}`;
  if (id === '' || places.has(id)) {
    fault(id === '' ? 'missing-value' : 'duplicate-id', file, feature, 'id', `"${id}"`, 'an id of its own');
    return;
  }
  const pair = [fields.longitude, fields.latitude].map((text) => (text?.trim() ? Number(text) : Number.NaN));
  if (pair.some(Number.isNaN)) {
    fault('coordinates', file, feature, 'longitude, latitude', `"${fields.longitude}", "${fields.latitude}"`, 'degrees WGS84');
    return;
  }
  for (const [longitude, latitude] of readPosition(pair, file, feature, fault)) {
    places.set(id, { id, name, nameLocal: '', longitude, latitude, kind: 'node', zone: null, kept: {} });
  }
}

function readEdge({ file, line, fields }: CsvRow, index: number, places: ReadonlyMap<string, Place>, fault: Fault): RoadLink[] {
  const { from: fromId = '', to: toId = '', weight = '', length_km: given = '' } = fields;
  const feature = `line ${line}`;
  const [from, to] = [places.get(fromId), places.get(toId)];
  if (!from) fault('unknown-reference', file, feature, 'from', `"${fromId}"`, 'an id of the nodes');
  if (!to) fault('unknown-reference', file, feature, 'to', `"${toId}"`, 'an id of the nodes');
  const milliseconds = weight.trim() === '' ? Number.NaN : Number(weight);
  if (!Number.isInteger(milliseconds) || milliseconds < 1)
    fault('bad-weight', file, feature, 'weight', `"${weight}"`, 'whole milliseconds of at least 1');
  if (!from || !to || !Number.isInteger(milliseconds) || milliseconds < 1) return [];
  if (from === to) {
    fault('self-loop', file, feature, 'to', `"${toId}"`, 'another node');
    return [];
  }
  const length = given === '' ? greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude) : Number(given);
  const speed = (length / (milliseconds / MILLISECONDS_PER_MINUTE)) * 60;
  if (!(length > 0 && speed >= SPEEDS.least && speed <= SPEEDS.most)) {
    fault(
      'absurd-speed',
      file,
      feature,
      'weight',
      `${length.toFixed(3)} km in ${milliseconds} ms`,
      `${SPEEDS.least} to ${SPEEDS.most} km/h; or a column length_km`,
    );
    return [];
  }
  const road = {
    id: String(index),
    from: fromId,
    to: toId,
    route: '',
    name: '',
    class: 'road',
    lengthKilometres: length,
    speedKilometresPerHour: speed,
  };
  const provenance = { source: `edge list ${file}`, confidence: '', basis: 'published' as const, kept: {} };
  return [{ ...road, lanes: null, oneway: true, toll: null, opened: null, status: 'open', ...provenance }];
}
