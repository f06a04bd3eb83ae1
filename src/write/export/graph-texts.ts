import { column } from '../../model/results.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import { toCsv } from '../result-table.ts';
import { type ArcTable, arcsOf, positionOf } from './network-layers.ts';

/** The design's directed edge list: from, to, weight in whole milliseconds, in the order of the network. Cost O(arcs). */
export function edgeList(table: ArcTable): string {
  const { nodeIds } = table.network;
  const rows = [...arcsOf(table)].map(({ from, to, milliseconds }) => [nodeIds[from] ?? '', nodeIds[to] ?? '', milliseconds]);
  const columns = [column('from'), column('to'), column('weight', 'ms')];
  return toCsv({ command: '', parameters: {}, inputs: [], columns, rows, notes: [] });
}

const GRAPHML_KEYS: readonly (readonly [id: string, on: 'node' | 'edge', type: string])[] = [
  ['longitude', 'node', 'double'],
  ['latitude', 'node', 'double'],
  ['link', 'edge', 'string'],
  ['minutes', 'edge', 'double'],
  ['length_km', 'edge', 'double'],
];

/**
 * GraphML (graphml.graphdrawing.org) as Gephi, NetworkX and igraph read it: directed, parallel links kept, times in minutes. No `weight`:
 * the programs disagree on whether a heavy edge is near or far. Cost O(nodes + arcs).
 */
export function graphMl(table: ArcTable): string {
  const { network } = table;
  const data = (key: string, value: string | number | null) =>
    value === null ? '' : `<data key="${key}">${escapeXml(String(value))}</data>`;
  const lines = GRAPHML_KEYS.map(([id, on, type]) => `  <key id="${id}" for="${on}" attr.name="${id}" attr.type="${type}"/>`);
  lines.push('  <graph id="network" edgedefault="directed">');
  network.nodeIds.forEach((id, node) => {
    const [position] = positionOf(network, node);
    const place = position ? data('longitude', position[0]) + data('latitude', position[1]) : '';
    lines.push(`    <node id="${escapeXml(id)}">${place}</node>`);
  });
  let number = 0;
  for (const { from, to, link, milliseconds, metres } of arcsOf(table)) {
    const [tail, head] = [escapeXml(network.nodeIds[from] ?? ''), escapeXml(network.nodeIds[to] ?? '')];
    const values =
      data('link', link) +
      data('minutes', milliseconds / MILLISECONDS_PER_MINUTE) +
      data('length_km', metres === null ? null : metres / 1000);
    lines.push(`    <edge id="e${number++}" source="${tail}" target="${head}">${values}</edge>`);
  }
  lines.push('  </graph>');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${lines.join('\n')}\n</graphml>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for XML 1.0; characters that XML cannot hold become the replacement character. */
function escapeXml(text: string): string {
  const held = Array.from(text, (sign) => (isXmlCharacter(sign.codePointAt(0) ?? 0) ? sign : '\ufffd')).join('');
  return held.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** XML 1.0, production 2 (Char). */
function isXmlCharacter(code: number): boolean {
  return code === 0x9 || code === 0xa || code === 0xd || (code >= 0x20 && code !== 0xfffe && code !== 0xffff);
}
