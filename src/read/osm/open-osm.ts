import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { UsageError } from '../../model/errors.ts';
import type { OsmSource } from './osm-objects.ts';
import { pbfSource } from './pbf-source.ts';
import { xmlSource } from './xml-source.ts';

/**
 * An OpenStreetMap file, told by its first bytes and not by its name: gzip, bzip2, XML, else PBF.
 *
 * @throws UsageError where there is no such file
 */
export function openOsm(path: string): OsmSource {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new UsageError(`${path} is no file; expected .osm.pbf, .osm, .osm.gz or .osm.bz2`);
  const head = Buffer.alloc(16);
  const file = openSync(path, 'r');
  readSync(file, head, 0, head.length, 0);
  closeSync(file);
  if (head[0] === 0x1f && head[1] === 0x8b) return xmlSource(path, 'gzip');
  if (head.toString('latin1', 0, 3) === 'BZh') return xmlSource(path, 'bzip2');
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  return text.startsWith('<') ? xmlSource(path, 'none') : pbfSource(path);
}
