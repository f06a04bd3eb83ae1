import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DataError } from '../../src/model/errors.ts';
import { type ArcRow, compileNetwork, type Network } from '../../src/model/network.ts';
import { byCodePoint, minutesToMilliseconds } from '../../src/model/units.ts';

/**
 * The net file of a TNTP network (.tntp, .tntp.gz), its free-flow times taken as minutes and raised to one millisecond where they are nothing.
 *
 * @throws DataError with every fault
 */
export function readTntpNetwork(path: string): Network {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const start = text.indexOf('<END OF METADATA>');
  const fault = (found: string, expected: string): DataError =>
    new DataError([{ severity: 'error', kind: 'bad-net', file: basename(path), feature: 'net', property: 'lines', found, expected }]);
  if (start < 0) throw fault('no <END OF METADATA>', 'a TNTP net file');
  const lines = text.slice(start).split('\n').slice(1);
  const rows = lines
    .map((line) => line.trim().replace(/;$/, '').trim().split(/\s+/))
    .filter((fields) => fields.length >= 5 && !fields[0]?.startsWith('~'));
  const ids = [...new Set(rows.flatMap(([from, to]) => [from ?? '', to ?? '']))].sort(byCodePoint);
  const nodeOf = new Map(ids.map((id, node) => [id, node]));
  const arcs = rows.map((fields, link): ArcRow => {
    const minutes = Number(fields[4]);
    if (!(minutes >= 0)) throw fault(`a free-flow time of "${fields[4]}" in row ${link}`, 'minutes of at least 0');
    return {
      from: nodeOf.get(fields[0] ?? '') ?? 0,
      to: nodeOf.get(fields[1] ?? '') ?? 0,
      milliseconds: minutesToMilliseconds(minutes),
      link,
    };
  });
  const nodes = ids.map((id) => ({ id, longitude: Number.NaN, latitude: Number.NaN }));
  return compileNetwork(
    nodes,
    arcs,
    arcs.map((_arc, link) => String(link)),
  );
}
