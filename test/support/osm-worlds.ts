import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_OSM_OPTIONS, importOsm, type OsmImport, type OsmOptions } from '../../src/read/osm/import-osm.ts';

type TagText = Readonly<Record<string, string>>;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const tagLines = (tags: TagText) => Object.entries(tags).map(([k, v]) => `<tag k="${escaped(k)}" v="${escaped(v)}"/>`);

/** A node at `x`, `y` steps of 0.001 degrees east and north of 0° 0° (111.319 m east, 110.574 m north on WGS84 there). */
export function node(id: number, x: number, y: number, tags: TagText = {}): string {
  return `<node id="${id}" lon="${(x * 0.001).toFixed(7)}" lat="${(y * 0.001).toFixed(7)}">${tagLines(tags).join('')}</node>`;
}

export function way(id: number, nodes: readonly number[], tags: TagText): string {
  return `<way id="${id}">${nodes.map((ref) => `<nd ref="${ref}"/>`).join('')}${tagLines(tags).join('')}</way>`;
}

/** Members as "way 1 from", "node 2 via". */
export function relation(id: number, members: readonly string[], tags: TagText): string {
  const lines = members.map((text) => {
    const [type, ref, role = ''] = text.split(' ');
    return `<member type="${type}" ref="${ref}" role="${role}"/>`;
  });
  return `<relation id="${id}">${lines.join('')}${tagLines(tags).join('')}</relation>`;
}

export function osmXml(objects: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n${objects.join('\n')}\n</osm>\n`;
}

/** Import a world written by hand. */
export async function importWorld(objects: readonly string[], options: Partial<OsmOptions> = {}): Promise<OsmImport> {
  return withFile('world.osm', osmXml(objects), (path) => importOsm(path, { ...DEFAULT_OSM_OPTIONS, ...options }));
}

/** Write a file into a folder of its own, use it, and take both away. */
export async function withFile<T>(name: string, contents: string | Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'corridor-osm-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, contents);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
