import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EditList } from '../model/edits.ts';
import type { Region } from '../model/tables.ts';
import { writeFolder } from './feature-lines.ts';
import { regionParts } from './region-folder.ts';

/** edits.json in parts, an edit a line so that one can be read, and taken out, by hand. */
export function* editParts(list: EditList): Generator<string> {
  const { edits, ...head } = list;
  yield `{"state": "${head.state}", "tolerance_metres": ${head.tolerance_metres}, "connect_metres": ${head.connect_metres}, "edits": [\n`;
  for (const [index, edit] of edits.entries()) yield `${index > 0 ? ',\n' : ''}${JSON.stringify(edit)}`;
  yield '\n]}\n';
}

/** Write the roads of a region anew, with the list of edits that says how they came about; every other file stays as it is. */
export function writeRepaired(folder: string, region: Region, list: EditList): void {
  const files = new Map<string, Iterable<string>>();
  const hasTurns = (region.turns?.length ?? 0) > 0 || existsSync(join(folder, 'turns.json'));
  for (const [name, parts] of regionParts(region)) {
    if (name === 'junctions.geojson' || name === 'roads.geojson' || (name === 'turns.json' && hasTurns)) files.set(name, parts);
  }
  writeFolder(folder, files.set('edits.json', editParts(list)));
}
