import type { Problem } from '../../model/problem.ts';

/** What is wrong with one row of a table. */
interface RowFault {
  readonly severity: Problem['severity'];
  /** a stable word, e.g. "unknown-reference" */
  readonly kind: string;
  readonly file: string;
  /** line of the file, from 1 */
  readonly line: number;
  readonly property: string;
  readonly found: string;
  readonly expected: string;
}

interface Group {
  readonly fault: RowFault;
  readonly lines: number[];
}

/** Longest piece of a found value that a message quotes. */
const QUOTED_CHARACTERS = 80;

/**
 * Faults of rows, grouped: rows that are wrong in the same way (kind, file, field and value) are one problem that names every line.
 * Cost O(1) a fault.
 */
export class GroupedFaults {
  readonly #groups = new Map<string, Group>();
  readonly #prefix: string;

  /** @param prefix  stands before file names, e.g. the name of the feed; may be empty */
  constructor(prefix = '') {
    this.#prefix = prefix;
  }

  add(fault: RowFault): void {
    const key = `${fault.severity}\n${fault.kind}\n${fault.file}\n${fault.property}\n${fault.found}`;
    const group = this.#groups.get(key);
    if (group) group.lines.push(fault.line);
    else this.#groups.set(key, { fault, lines: [fault.line] });
  }

  error(kind: string, file: string, line: number, property: string, found: string, expected: string): void {
    this.add({ severity: 'error', kind, file, line, property, found: quote(found), expected });
  }

  warning(kind: string, file: string, line: number, property: string, found: string, expected: string): void {
    this.add({ severity: 'warning', kind, file, line, property, found: quote(found), expected });
  }

  /** Groups in the order in which they were met. */
  problems(): Problem[] {
    return [...this.#groups.values()].map(({ fault, lines }) => ({
      severity: fault.severity,
      kind: fault.kind,
      file: this.#prefix + fault.file,
      feature: lineRanges(lines),
      property: fault.property,
      found: fault.found,
      expected: fault.expected,
    }));
  }
}

function quote(found: string): string {
  const short = found.length > QUOTED_CHARACTERS ? `${found.slice(0, QUOTED_CHARACTERS)}…` : found;
  return JSON.stringify(short);
}

/** "line 7", or "lines 3–5, 9 (4 rows)". */
function lineRanges(lines: readonly number[]): string {
  const sorted = [...new Set(lines)].sort((a, b) => a - b);
  if (sorted.length === 1) return `line ${sorted[0]}`;
  const ranges: string[] = [];
  let first = sorted[0] ?? 0;
  let last = first;
  for (const line of [...sorted.slice(1), Number.POSITIVE_INFINITY]) {
    if (line === last + 1) {
      last = line;
      continue;
    }
    ranges.push(first === last ? `${first}` : `${first}–${last}`);
    first = line;
    last = line;
  }
  return `lines ${ranges.join(', ')} (${sorted.length} rows)`;
}
