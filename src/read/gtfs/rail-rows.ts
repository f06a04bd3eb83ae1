import type { Problem } from '../../model/problem.ts';
import type { RailLink, Service } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import {
  type Distance,
  type Hop,
  hopKey,
  hopSamples,
  hopsOf,
  leaves,
  linkPairs,
  mean,
  median,
  pairKey,
  stoppingPatterns,
} from './line-hops.ts';
import { isWithin, type Line, type LinePattern, type Window } from './line-patterns.ts';
import { drawnLink, type Position } from './link-shape.ts';
import { linkClass, routeFamily } from './route-types.ts';

/** What region folders accept, km/h. */
const SPEEDS = { least: 1, most: 450 };
/** Timetables in whole minutes say 0 for a short hop; half a minute stands for it where the mean says 0 too. */
const HALF_MINUTE = 30;

export interface RailRows {
  readonly links: RailLink[];
  readonly services: Service[];
  readonly problems: Problem[];
  /** links whose median run time is 0: the mean was taken, or half a minute */
  readonly byMean: number;
  readonly byHalfMinute: number;
  /** links measured and drawn along a shape, and those whose shape was shorter than the straight line between their stations */
  readonly alongShape: number;
  readonly lengthened: number;
}

interface LinkDraft {
  readonly from: number;
  readonly to: number;
  readonly kilometres: number;
  /** drawn line from `from` to `to`; null where it is straight */
  readonly geometry: readonly Position[] | null;
  readonly basis: 'shape' | 'straight line';
  readonly isLengthened: boolean;
}

/** Ids of stations by number, and the distance between two. */
export interface StationNames {
  readonly idOf: (station: number) => string;
  readonly nameOf: (station: number) => string;
  readonly placeOf: (station: number) => Position;
  readonly distance: Distance;
}

/**
 * Links and services of a line.
 *
 * A link is a pair of neighbours between which no train of the line stops. Its minutes are the median over the trains that stop everywhere
 * of the time from departure to departure (arrival at the last stop), both ways together; trains_per_day is the mean of both ways. Trains
 * that pass stations by or run one way only are services; a link that has no other trains gets trains_per_day 0 and the median of all.
 *
 * Cost O(stop times + patterns · stations²).
 */
export function railRows(line: Line, names: StationNames, window: Window | null, source: string): RailRows {
  const out: { -readonly [Key in keyof RailRows]: RailRows[Key] } = {
    ...{ links: [], services: [], problems: [] },
    ...{ byMean: 0, byHalfMinute: 0, alongShape: 0, lengthened: 0 },
  };
  const hops = hopsOf(line);
  const all = hopSamples(line.patterns, window);
  const drafts = new Map<string, LinkDraft>();
  for (const key of linkPairs(line, hops, names.distance)) {
    drafts.set(key, linkDraft(key, hops, names));
  }
  for (const [key, draft] of drafts) {
    const runs = [...(all.get(hopKey(draft.from, draft.to)) ?? []), ...(all.get(hopKey(draft.to, draft.from)) ?? [])];
    if (typicalSeconds(runs, draft.kilometres) !== null) continue;
    drafts.delete(key);
    if (runs.length > 0) out.problems.push(absurdSpeed(line, names, draft, runs));
  }
  const stopping = stoppingPatterns(line, new Set(drafts.keys()));
  const stops = hopSamples(stopping, window);
  for (const draft of drafts.values()) {
    const { row, how } = linkRow(line, names, draft, stops, all, source);
    out.links.push(row);
    if (how === 'mean') out.byMean += 1;
    if (how === 'half-minute') out.byHalfMinute += 1;
    if (draft.basis === 'shape') out.alongShape += 1;
    if (draft.isLengthened) out.lengthened += 1;
  }
  const others = line.patterns.filter((pattern) => !stopping.includes(pattern));
  out.services.push(...serviceRows(line, names, others, new Set(drafts.keys()), window, source));
  return out;
}

/**
 * Length and line of a link: the mean of both ways of those measured along a shape, and the shape of the way there, else that of the way back.
 * A stop may lie nearer than its station: no link is shorter than the straight line between its stations.
 */
function linkDraft(key: string, hops: ReadonlyMap<string, Hop>, names: StationNames): LinkDraft {
  const [a = 0, b = 0] = key.split('-').map(Number);
  const [from, to] = byCodePoint(names.idOf(a), names.idOf(b)) < 0 ? [a, b] : [b, a];
  const [there, back] = [hops.get(hopKey(from, to)), hops.get(hopKey(to, from))];
  const known = [there, back].filter((hop) => hop !== undefined);
  const shaped = known.filter(({ piece }) => piece !== null);
  const measured = mean((shaped.length > 0 ? shaped : known).map((hop) => hop.kilometres));
  const straight = names.distance(from, to);
  const [start, end] = [names.placeOf(from), names.placeOf(to)];
  const geometry = there?.piece
    ? drawnLink(start, end, there.piece)
    : back?.piece
      ? (drawnLink(end, start, back.piece)?.reverse() ?? null)
      : null;
  const basis = shaped.length > 0 ? 'shape' : 'straight line';
  return { from, to, kilometres: Math.max(measured, straight), geometry, basis, isLengthened: basis === 'shape' && measured < straight };
}

type How = 'median' | 'mean' | 'half-minute';

/** A run time that gives a speed a train can have; null where neither median nor mean does. */
function typicalSeconds(runs: readonly number[], kilometres: number): { seconds: number; how: How } | null {
  if (runs.length === 0) return null;
  const middle = median(runs);
  if (isSpeed(kilometres, middle)) return { seconds: middle, how: 'median' };
  const average = mean(runs);
  if (isSpeed(kilometres, average)) return { seconds: average, how: 'mean' };
  return middle < HALF_MINUTE && isSpeed(kilometres, HALF_MINUTE) ? { seconds: HALF_MINUTE, how: 'half-minute' } : null;
}

function isSpeed(kilometres: number, seconds: number): boolean {
  const [length, minutes] = [thousandths(kilometres), thousandths(seconds / 60)];
  const speed = (length / minutes) * 60;
  return length > 0 && minutes > 0 && speed >= SPEEDS.least && speed <= SPEEDS.most;
}

function thousandths(value: number): number {
  return Number(value.toFixed(3));
}

function linkRow(
  line: Line,
  names: StationNames,
  draft: LinkDraft,
  stops: ReadonlyMap<string, number[]>,
  all: ReadonlyMap<string, number[]>,
  source: string,
): { row: RailLink; how: How } {
  const [there, back] = [hopKey(draft.from, draft.to), hopKey(draft.to, draft.from)];
  const of = (samples: ReadonlyMap<string, number[]>) => [samples.get(there) ?? [], samples.get(back) ?? []] as const;
  const [forward, backward] = of(stops);
  const everyTrain = of(all).flat();
  const typical = typicalSeconds([...forward, ...backward], draft.kilometres) ??
    typicalSeconds(everyTrain, draft.kilometres) ?? { seconds: 0, how: 'median' };
  const route = line.feed.tables.routes[line.route];
  const type = route?.type ?? 2;
  const [from, to] = [names.idOf(draft.from), names.idOf(draft.to)];
  const row: RailLink = {
    id: `${line.id}:${from}:${to}`,
    from,
    to,
    line: line.id,
    lineName: route?.name ?? line.id,
    class: linkClass(type, routeFamily(type) ?? 'other'),
    lengthKilometres: thousandths(draft.kilometres),
    minutes: thousandths(typical.seconds / 60),
    trainsPerDay: (forward.length + backward.length) / 2,
    opened: null,
    status: 'open',
    source,
    confidence: 'high',
    basis: 'published',
    kept: {
      agency: route?.agency ?? '',
      trains_forward: String(forward.length),
      trains_backward: String(backward.length),
      trains_all: String(everyTrain.length),
      length_basis: draft.isLengthened ? 'straight line' : draft.basis,
    },
    ...(draft.geometry ? { geometry: draft.geometry } : {}),
  };
  return { row, how: typical.how };
}

/** Trains of a day that pass stations by or run one way: one service a sequence of stations. */
function serviceRows(
  line: Line,
  names: StationNames,
  patterns: readonly LinePattern[],
  links: ReadonlySet<string>,
  window: Window | null,
  source: string,
): Service[] {
  const groups = new Map<string, LinePattern[]>();
  for (const pattern of patterns) {
    const key = pattern.stations.map(names.idOf).join('\n');
    groups.set(key, [...(groups.get(key) ?? []), pattern]);
  }
  const sorted = [...groups].sort(([a], [b]) => byCodePoint(a, b));
  return sorted.flatMap(([, group], index): Service[] => {
    const { stations = [] } = group[0] ?? {};
    const trains = Math.max(...stations.slice(1).map((_station, hop) => departures(group, hop, window)));
    const [first = 0, last = 0] = [stations[0], stations.at(-1)];
    const skips = stations.slice(1).some((to, hop) => !links.has(pairKey(stations[hop] ?? 0, to)));
    return [
      {
        id: `${line.id}:s${index + 1}`,
        line: line.id,
        name: `${names.nameOf(first)} → ${names.nameOf(last)}, ${stations.length} stops`,
        stops: stations.map(names.idOf),
        minutes: stations.map((_station, at) => thousandths(median(sinceStart(group, at)) / 60)),
        trainsPerDay: trains,
        bidirectional: false,
        kept: { why: skips ? 'passes stations by' : 'runs one way', source },
      },
    ];
  });
}

function departures(group: readonly LinePattern[], hop: number, window: Window | null): number {
  let count = 0;
  for (const pattern of group) {
    for (const { trip, shift } of pattern.runs) if (isWithin(leaves(pattern, trip, hop) + shift, window)) count += 1;
  }
  return count;
}

function sinceStart(group: readonly LinePattern[], at: number): number[] {
  return group.flatMap((pattern) => pattern.runs.map(({ trip }) => leaves(pattern, trip, at) - leaves(pattern, trip, 0)));
}

function absurdSpeed(line: Line, names: StationNames, { from, to, kilometres }: LinkDraft, runs: readonly number[]): Problem {
  const seconds = median(runs);
  return {
    severity: 'warning',
    kind: 'absurd-speed',
    file: `${line.feed.tables.name}/stop_times.txt`,
    feature: `${line.id}: ${names.idOf(from)} (${names.nameOf(from)}) to ${names.idOf(to)} (${names.nameOf(to)})`,
    property: 'run time',
    found: `${kilometres.toFixed(2)} km in ${(seconds / 60).toFixed(1)} min, ${runs.length} trains`,
    expected: `${SPEEDS.least} to ${SPEEDS.most} km/h: no link is made, its trains are services; check the coordinates`,
  };
}
