import { CsvError, parse } from 'csv-parse';
import { DataError } from '../../model/errors.ts';
import type { FeedSource } from './feed-source.ts';
import type { GroupedFaults } from './grouped-faults.ts';

/** Longer records mean a quote that is never closed. */
const MOST_RECORD_CHARACTERS = 131_072;
const QUOTE = 0x22;

/** Where each wanted column stands in a record; −1, so undefined when read, where the table has none. */
export type Columns<Name extends string> = Readonly<Record<Name, number>>;

interface TableShape<Name extends string> {
  readonly file: string;
  readonly required: readonly Name[];
  readonly optional: readonly Name[];
}

export interface TableCount {
  readonly file: string;
  /** records after the head, blank lines apart */
  readonly rows: number;
  /** records that the reader took; the others are named in the faults */
  readonly taken: number;
}

/** A record's field without spaces around it, empty where the table has no such column. */
export function field(record: readonly string[], column: number): string {
  return record[column] ?? '';
}

/** True where the row was taken, false where a fault says why not. */
type RowReader = (record: readonly string[], line: number) => boolean;

/**
 * Stream one table of a feed, row by row, in bounded memory: any order of columns, columns of one's own, BOM, quotes, CRLF or LF or both.
 *
 * Rows that are ragged or wrongly quoted are faults with their line; the rest still loads.
 *
 * @returns counts, or null where the feed has no such table
 * @throws  DataError for a broken container or a required column that is missing
 * Cost O(bytes).
 */
export async function readTable<Name extends string>(
  source: FeedSource,
  shape: TableShape<Name>,
  faults: GroupedFaults,
  start: (columns: Columns<Name>) => RowReader,
): Promise<TableCount | null> {
  const file = source.files.get(shape.file);
  if (!file) return null;
  const bytes = await file.open();
  const run = new TableRun(source.name, shape, faults, start);
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MOST_RECORD_CHARACTERS,
    // spaces outside quotes: some feeds end their lines with one
    trim: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error) run.refuse(error);
      return undefined;
    },
  });
  await new Promise<void>((resolve, reject) => {
    bytes.on('data', (chunk: Buffer) => {
      run.look(chunk);
      if (!parser.write(chunk)) {
        bytes.pause();
        parser.once('drain', () => bytes.resume());
      }
    });
    bytes.on('end', () => parser.end());
    bytes.on('error', reject);
    parser.on('readable', () => {
      try {
        for (let record: string[] | null = parser.read(); record !== null; record = parser.read()) run.take(record);
      } catch (error) {
        bytes.destroy();
        parser.destroy();
        reject(error);
      }
    });
    parser.on('error', (error) => {
      bytes.destroy();
      if (!(error instanceof CsvError)) reject(error);
      else {
        run.refuse(error);
        resolve();
      }
    });
    parser.on('end', resolve);
  });
  return run.finish();
}

class TableRun<Name extends string> {
  readonly #feed: string;
  readonly #shape: TableShape<Name>;
  readonly #faults: GroupedFaults;
  readonly #start: (columns: Columns<Name>) => RowReader;
  #reader: RowReader | null = null;
  #width = 0;
  #line = 0;
  #rows = 0;
  #taken = 0;
  #refusedLine = 0;
  #sawQuote = false;
  #isUtf8 = true;

  constructor(feed: string, shape: TableShape<Name>, faults: GroupedFaults, start: (columns: Columns<Name>) => RowReader) {
    this.#feed = feed;
    this.#shape = shape;
    this.#faults = faults;
    this.#start = start;
  }

  /** Before the first quote no field can hold a line break, so lines need not be counted field by field. */
  look(chunk: Buffer): void {
    this.#sawQuote ||= chunk.includes(QUOTE);
  }

  take(record: readonly string[]): void {
    this.#line += 1;
    const line = this.#line;
    if (this.#sawQuote) for (const field of record) if (field.includes('\n')) this.#line += field.split('\n').length - 1;
    if (record.length === 1 && record[0]?.trim() === '') return;
    if (!this.#reader) {
      this.#reader = this.#start(this.#columns(record));
      return;
    }
    this.#rows += 1;
    if (!this.#isRagged(record, line) && this.#reader(record, line)) this.#taken += 1;
    if (this.#isUtf8 && record.some((field) => field.includes('\ufffd'))) {
      this.#isUtf8 = false;
      const property = 'encoding';
      this.#faults.warning('not-utf-8', this.#shape.file, line, property, 'bytes that are not UTF-8', 'UTF-8; names may look wrong');
    }
  }

  refuse(error: CsvError): void {
    const line = Number(error.lines ?? this.#line);
    // a line with several stray quotes is refused several times, and is one row
    if (line !== this.#refusedLine) this.#rows += 1;
    this.#refusedLine = line;
    this.#line = Math.max(this.#line, line);
    this.#faults.error('csv', this.#shape.file, line, 'row', error.message, 'a CSV record (RFC 4180)');
  }

  finish(): TableCount {
    const { file } = this.#shape;
    if (!this.#reader) throw missingColumns(`${this.#feed}/${file}`, 'nothing', this.#shape.required);
    return { file, rows: this.#rows, taken: this.#taken };
  }

  #columns(head: readonly string[]): Columns<Name> {
    const names = head.map((name) => name.trim().toLowerCase());
    const { file, required, optional } = this.#shape;
    const missing = required.filter((name) => !names.includes(name));
    if (missing.length > 0) throw missingColumns(`${this.#feed}/${file}`, names.join(','), missing);
    const twice = [...required, ...optional].filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
    if (twice.length > 0) throw missingColumns(`${this.#feed}/${file}`, `${twice.join(', ')} twice`, twice);
    this.#width = names.length;
    return Object.fromEntries([...required, ...optional].map((name) => [name, names.indexOf(name)])) as Columns<Name>;
  }

  /** Empty fields too many at the end of a row do no harm and are common; anything else has moved columns. */
  #isRagged(record: readonly string[], line: number): boolean {
    if (record.length === this.#width) return false;
    const isHarmless = record.length > this.#width && record.slice(this.#width).every((field) => field === '');
    if (!isHarmless)
      this.#faults.error('csv', this.#shape.file, line, 'row', `${record.length} fields`, `${this.#width} fields as in the head`);
    return !isHarmless;
  }
}

function missingColumns(file: string, found: string, wanted: readonly string[]): DataError {
  const expected = `one column each of ${wanted.join(', ')}`;
  return new DataError([{ severity: 'error', kind: 'missing-column', file, feature: 'line 1', property: 'head', found, expected }]);
}
