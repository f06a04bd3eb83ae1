import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/** The first line of a collection that holds one feature a line, as a region folder is written. */
const HEAD = '{"type": "FeatureCollection", "features": [\n';
const CHUNK_BYTES = 1 << 20;
/** A feature that was broken over more lines than this by hand is no longer looked for. */
const MOST_LINES = 1000;

/** Whether a file begins as a region folder's collections do: then it can be read line by line, however large it is. */
export function hasFeatureLines(path: string): boolean {
  if (!existsSync(path)) return false;
  const head = Buffer.alloc(HEAD.length);
  const file = openSync(path, 'r');
  try {
    return readSync(file, head, 0, head.length, 0) === head.length && head.toString('latin1') === HEAD;
  } finally {
    closeSync(file);
  }
}

function* textLines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const bytes = Buffer.allocUnsafe(CHUNK_BYTES);
    let rest = '';
    for (let count = readSync(file, bytes, 0, CHUNK_BYTES, null); count > 0; count = readSync(file, bytes, 0, CHUNK_BYTES, null)) {
      const lines = (rest + decoder.write(bytes.subarray(0, count))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    yield rest + decoder.end();
  } finally {
    closeSync(file);
  }
}

function parse(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The features of a file for which hasFeatureLines holds, one at a time: memory does not grow with the file. A feature broken over several
 * lines by hand is put together again.
 *
 * @param report  told the line and the fault where the text is no JSON or does not end
 * Cost O(bytes).
 */
export function* readFeatureLines(path: string, report: (line: number, found: string) => void): Generator<unknown> {
  let line = 0;
  let open = '';
  let openedAt = 0;
  let isEnded = false;
  for (const text of textLines(path)) {
    line += 1;
    if (line === 1) continue;
    const bare = text.trim();
    if (bare === '') continue;
    if (open === '' && bare.replaceAll(' ', '') === ']}') {
      isEnded = true;
      continue;
    }
    if (isEnded) {
      report(line, 'text after the end of the collection');
      return;
    }
    if (open === '') openedAt = line;
    open += `${text}\n`;
    const parsed = parse(open.trim().replace(/,$/, ''));
    if ('value' in parsed) {
      open = '';
      yield parsed.value;
    } else if (line - openedAt >= MOST_LINES) {
      report(openedAt, parsed.error);
      return;
    }
  }
  if (open !== '') report(openedAt, (parse(open.trim().replace(/,$/, '')) as { error: string }).error);
  else if (!isEnded) report(line, 'the end of the file; the collection is cut off');
}
