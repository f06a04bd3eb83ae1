import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real networks and published results that lie beside a checkout, if at all: never part of the project. */
const SHARED = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/** Path of a file or folder of the shared data. */
export function sharedPath(name: string): string {
  return `${SHARED}${name}`;
}

/** A test that needs files of the shared data; where they are absent it is skipped, and its name says which are missing. */
export function itWithShared(name: string, files: readonly string[], body: (this: Mocha.Context) => void | Promise<void>): void {
  const missing = files.filter((file) => !existsSync(sharedPath(file)));
  if (missing.length > 0) it.skip(`${name} (needs shared data: ${missing.join(', ')})`);
  else it(name, body);
}
