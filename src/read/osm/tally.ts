import type { Problem } from '../../model/problem.ts';
import { byCodePoint } from '../../model/units.ts';

interface Count {
  count: number;
  /** the lowest id, so that the order of the file does not show */
  example: number;
}

/** What was dropped, refused or assumed, counted by reason: one line a reason, with one example to look up. */
export class Tally {
  private readonly counts = new Map<string, Count>();

  /** @param kind  what happened: "way-dropped", "turn-dropped", "speed-by-class" … */
  add(kind: string, object: 'node' | 'way' | 'relation', reason: string, id: number, times = 1): void {
    const key = `${kind}\n${object}\n${reason}`;
    const known = this.counts.get(key);
    if (!known) this.counts.set(key, { count: times, example: id });
    else {
      known.count += times;
      known.example = Math.min(known.example, id);
    }
  }

  /** How often a kind occurred, all reasons together. */
  total(kind: string): number {
    let sum = 0;
    for (const [key, { count }] of this.counts) if (key.startsWith(`${kind}\n`)) sum += count;
    return sum;
  }

  /** The counts as problems, by kind and reason. `expected` says what a mapper or planner may do. */
  problems(file: string, kinds: Readonly<Record<string, { severity: Problem['severity']; expected: string }>>): Problem[] {
    return [...this.counts]
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([key, { count, example }]) => {
        const [kind = '', object = '', reason = ''] = key.split('\n');
        const { severity, expected } = kinds[kind] ?? { severity: 'note', expected: 'nothing' };
        const feature = `${count} ${object}${count === 1 ? '' : 's'}, ${object} ${example}${count === 1 ? '' : ' first'}`;
        return { severity, kind, file, feature, property: 'tags', found: reason, expected };
      });
  }
}
