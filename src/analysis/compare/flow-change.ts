import { byCodePoint } from '../../model/units.ts';
import type { Assignment } from '../assignment/assign-trips.ts';
import { type BottleneckRow, bottlenecks } from '../bottlenecks/bottlenecks.ts';
import { type CompareRow, type CompareSubject, compareRow } from './compare-row.ts';

/**
 * What becomes of links that carry as much as their capacity or more, before or after: relieved (under it after), moved (an old link that is
 * over it only now: the queue went there), new (a link that only the state after has, over it from the start), gone (its link is), kept (over
 * it in both).
 */
type BottleneckFate = 'relieved' | 'moved' | 'new' | 'gone' | 'kept';
const FATES: readonly BottleneckFate[] = ['relieved', 'moved', 'new', 'gone', 'kept'];

interface LinkPair {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly before: BottleneckRow | null;
  readonly after: BottleneckRow | null;
}

/**
 * Flows of one demand on the roads of two states: totals, bottlenecks by what becomes of them, links whose delay changes most.
 *
 * A link is one direction, known again by its id and ends. Rows of bottlenecks come by fate, largest change of delay first, up to `limit` a fate.
 * Cost O(links log links).
 */
export function flowChange(
  before: Assignment,
  after: Assignment,
  region: { readonly id: string; readonly name: string },
  limit: number,
): CompareRow[] {
  const pairs = linkPairs(before, after);
  const whole: CompareSubject = { scope: 'region', id: region.id, name: region.name };
  const total = (measure: string, unit: string, from: number, to: number) => compareRow(whole, measure, unit, [from, to]);
  const fates = FATES.map((fate) => ({ fate, own: pairs.filter((pair) => fateOf(pair) === fate).sort(byChange) }));
  const delay = (side: 'before' | 'after') => pairs.reduce((sum, pair) => sum + (pair[side]?.delayPersonMinutes ?? 0), 0);
  const over = (side: 'before' | 'after') => pairs.filter((pair) => isOver(pair[side])).length;
  const link = (pair: LinkPair, measure: string, unit: string, of: (row: BottleneckRow) => number | null) =>
    compareRow({ scope: 'link', id: pair.key, name: pair.name }, measure, unit, [
      pair.before && of(pair.before),
      pair.after && of(pair.after),
    ]);
  const changed = pairs.filter((pair) => Math.abs(delayChange(pair)) >= 1).sort(byChange);
  return [
    total('vehicle-trips', before.input.flowUnit, before.trips, after.trips),
    total('vehicle-minutes', `vehicle-min in the hour`, before.totalMinutes, after.totalMinutes),
    total('delay-person-minutes', 'person-min in the hour', delay('before'), delay('after')),
    total('trips-without-a-way', before.input.flowUnit, before.unserved, after.unserved),
    total('links-over-capacity', 'links, each direction', over('before'), over('after')),
    ...fates.map(({ fate, own }) => total(`bottlenecks-${fate}`, 'links, each direction', 0, own.length)),
    ...fates.flatMap(({ fate, own }) =>
      own.slice(0, limit).map((pair) => link(pair, `bottleneck-${fate}`, 'flow / capacity', ({ ratio }) => ratio)),
    ),
    ...changed
      .slice(0, limit)
      .flatMap((pair) => [
        link(pair, 'link-delay', 'person-min in the hour', ({ delayPersonMinutes }) => delayPersonMinutes),
        link(pair, 'link-flow', after.input.flowUnit, ({ flow }) => flow),
        link(pair, 'link-ratio', 'flow / capacity', ({ ratio }) => ratio),
      ]),
  ];
}

function linkPairs(before: Assignment, after: Assignment): LinkPair[] {
  const sides = [before, after].map((assignment) => {
    const rows = bottlenecks(assignment.input, assignment, null, 'id');
    return new Map(rows.map((own) => [`${own.link} (${own.from} → ${own.to})`, own]));
  });
  const [old, now] = sides as [Map<string, BottleneckRow>, Map<string, BottleneckRow>];
  return [...new Set([...old.keys(), ...now.keys()])].sort(byCodePoint).map((key) => {
    const [from, to] = [old.get(key) ?? null, now.get(key) ?? null];
    const link = (to ?? from) as BottleneckRow;
    return { key, id: link.link, name: `${link.name || link.link}: ${link.from} → ${link.to}`, before: from, after: to };
  });
}

function isOver(link: BottleneckRow | null): boolean {
  return (link?.ratio ?? 0) >= 1;
}

function fateOf({ before, after }: LinkPair): BottleneckFate | null {
  if (isOver(before)) return after === null ? 'gone' : isOver(after) ? 'kept' : 'relieved';
  if (!isOver(after)) return null;
  return before === null ? 'new' : 'moved';
}

function delayChange({ before, after }: LinkPair): number {
  return (after?.delayPersonMinutes ?? 0) - (before?.delayPersonMinutes ?? 0);
}

function byChange(a: LinkPair, b: LinkPair): number {
  return Math.abs(delayChange(b)) - Math.abs(delayChange(a)) || byCodePoint(a.key, b.key);
}
