import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder that is there while a test runs, and removed after it. */
export interface ScratchFolder {
  readonly path: string;
  /** the way to a file or folder in it */
  readonly at: (...names: readonly string[]) => string;
  /** fills a file in it and gives the way to it */
  readonly write: (name: string, content: string | Uint8Array) => string;
}

/** A new folder for each test of the suite that calls this. */
export function folderForEachTest(): ScratchFolder {
  return scratchFolder(beforeEach, afterEach);
}

/** One folder for all tests of the suite that calls this. */
export function folderForAllTests(): ScratchFolder {
  return scratchFolder(before, after);
}

function scratchFolder(start: (body: () => void) => void, end: (body: () => void) => void): ScratchFolder {
  let path = '';
  start(() => {
    path = mkdtempSync(join(tmpdir(), 'corridor-'));
  });
  end(() => rmSync(path, { recursive: true }));
  return {
    get path() {
      return path;
    },
    at: (...names) => join(path, ...names),
    write: (name, content) => {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
  };
}
