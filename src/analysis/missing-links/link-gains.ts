import { type FrozenNetwork, nodeNumber } from '../../build/freeze.ts';
import {
  type ArcSet,
  arcGain,
  createGainScratch,
  type GainTables,
  gainOfPairs,
  type ImprovedPairs,
  improvedPairs,
} from '../../kernels/gain/link-gain.ts';
import type { Hierarchy } from '../../kernels/hierarchy/hierarchy.ts';
import { hierarchyFor } from '../../kernels/hierarchy/hierarchy-for.ts';
import { LANES } from '../../kernels/hierarchy/lanes-plain.ts';
import { createTimesToTargets } from '../../kernels/many-to-many.ts';
import { KEEP_NOTHING, type KeptParts } from '../../model/kept-parts.ts';
import { type Network, UNREACHED } from '../../model/network.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import { MILLISECONDS_PER_MINUTE, minutesToMilliseconds } from '../../model/units.ts';
import type { ZoneTimes } from '../zone-times.ts';
import type { NewArc } from './candidate.ts';

/** Gains of new links on one network and one demand: made once, asked thousands of times a second. */
export interface LinkGains {
  readonly tables: GainTables;
  /** trips a day, 0 on the diagonal and where a pair has no way */
  readonly trips: Float64Array;
  /** trips a day between pairs that have no way: no gain can be told for them */
  readonly tripsWithoutWay: number;
  /** exact person-minutes a day that the arcs save */
  readonly personMinutes: (arcs: readonly NewArc[]) => number;
  /** the same under other trips, 0 where a pair has no way */
  readonly personMinutesUnder: (arcs: readonly NewArc[], trips: Float64Array) => number;
  /** every pair that becomes shorter, with its new time */
  readonly improved: (arcs: readonly NewArc[]) => ImprovedPairs;
}

/**
 * Trees of all zones both ways, kept at the nodes where a new link could end.
 *
 * @param times  of the same frozen network
 * @param trips  a day, row-major zone × zone
 * @param ids    nodes of the frozen network where arcs may start or end; unknown ids are left out
 * @throws RangeError when asked for an arc whose end is not among `ids`
 * Cost: a hierarchy and two sweeps for 16 zones, or two trees a zone; memory 8 bytes a zone and node.
 */
export function linkGains(
  frozen: FrozenNetwork,
  times: ZoneTimes,
  trips: Float64Array,
  ids: readonly string[],
  progress: Progress = SILENT,
  keep: KeptParts = KEEP_NOTHING,
): LinkGains {
  const ends = [...new Set(ids)].filter((id) => frozen.nodeOf.has(id));
  const endOf = new Map(ends.map((id, position) => [id, position]));
  const nodes = Uint32Array.from(ends, (id) => nodeNumber(frozen.nodeOf, id));
  const hierarchy = hierarchyFor(frozen.network, 2 * times.zones.length);
  const tables = endTables(frozen, hierarchy, times, nodes, progress, keep);
  const { weights, lost } = countedTrips(times, trips);
  const scratch = createGainScratch(times.zones.length);
  const between = timesFromEnds(frozen.network, hierarchy, nodes, endOf);
  const arcSet = (arcs: readonly NewArc[]): ArcSet => {
    const all = [
      ...arcs.map(({ from, to, minutes }) => ({ from, to, milliseconds: minutesToMilliseconds(minutes) })),
      ...chains(arcs, between),
    ];
    return {
      tails: Uint32Array.from(all, (arc) => position(endOf, arc.from)),
      heads: Uint32Array.from(all, (arc) => position(endOf, arc.to)),
      milliseconds: Uint32Array.from(all, (arc) => arc.milliseconds),
    };
  };
  const personMinutesUnder = (arcs: readonly NewArc[], weights: Float64Array): number => {
    const [there, back] = arcs;
    if (arcs.length > 2 || !there || (back && !(back.from === there.to && back.to === there.from && back.minutes === there.minutes))) {
      return gainOfPairs(tables, weights, improvedPairs(tables, arcSet(arcs), scratch)) / MILLISECONDS_PER_MINUTE;
    }
    const tail = position(endOf, there.from);
    const head = position(endOf, there.to);
    const milliseconds = minutesToMilliseconds(there.minutes);
    const outward = arcGain(tables, weights, tail, head, milliseconds, scratch);
    return (outward + (back ? arcGain(tables, weights, head, tail, milliseconds, scratch) : 0)) / MILLISECONDS_PER_MINUTE;
  };
  return {
    tables,
    trips: weights,
    tripsWithoutWay: lost,
    personMinutes: (arcs) => personMinutesUnder(arcs, weights),
    personMinutesUnder,
    improved: (arcs) => improvedPairs(tables, arcSet(arcs), scratch),
  };
}

/** Milliseconds from one end to another, a row of them grown when first asked for. */
type TimesFromEnds = (from: string, to: string) => number;

function timesFromEnds(
  network: Network,
  hierarchy: Hierarchy | null,
  nodes: Uint32Array,
  endOf: ReadonlyMap<string, number>,
): TimesFromEnds {
  const timesFrom = createTimesToTargets(network, hierarchy, nodes, 'forward');
  const kept = new Map<string, Uint32Array>();
  return (from, to) => {
    let row = kept.get(from);
    if (!row) {
      row = new Uint32Array(nodes.length);
      timesFrom(nodes.subarray(position(endOf, from), position(endOf, from) + 1), row);
      kept.set(from, row);
    }
    return row[position(endOf, to)] ?? UNREACHED;
  };
}

/**
 * A new road in a multimodal network lies in both road layers, and one trip may use it twice: to the train and from it. Each such way is one
 * more arc, from the tail of the first use to the head of the second, with today's time between them.
 */
function chains(arcs: readonly NewArc[], between: TimesFromEnds): { from: string; to: string; milliseconds: number }[] {
  const before = arcs.filter((arc) => arc.from.startsWith('before/') && arc.to.startsWith('before/'));
  const after = arcs.filter((arc) => arc.from.startsWith('after/') && arc.to.startsWith('after/'));
  return before.flatMap((first) =>
    after.flatMap((second) => {
      const middle = between(first.to, second.from);
      const milliseconds = minutesToMilliseconds(first.minutes) + middle + minutesToMilliseconds(second.minutes);
      return middle === UNREACHED || milliseconds >= UNREACHED ? [] : [{ from: first.from, to: second.to, milliseconds }];
    }),
  );
}

function position(endOf: ReadonlyMap<string, number>, id: string): number {
  const found = endOf.get(id);
  if (found === undefined) throw new RangeError(`node ${id} was not prepared; expected one of the nodes given to linkGains`);
  return found;
}

function countedTrips(times: ZoneTimes, trips: Float64Array): { weights: Float64Array; lost: number } {
  const weights = trips.slice();
  let lost = 0;
  for (let pair = 0; pair < weights.length; pair++) {
    if (times.milliseconds[pair] !== UNREACHED) continue;
    lost += weights[pair] ?? 0;
    weights[pair] = 0;
  }
  for (let zone = 0; zone < times.zones.length; zone++) weights[zone * times.zones.length + zone] = 0;
  return { weights, lost };
}

/** Zones whose trees are written together: 16 times of 4 bytes fill a line of cache of the table, which would else be fetched 16 times. */
const ZONES_A_BLOCK = LANES;

/** Write rows of a block as columns `first` … of a table. */
function turnInto(table: Uint32Array, width: number, first: number, block: Uint32Array, rows: number, ends: number): void {
  for (let end = 0; end < ends; end++) {
    for (let row = 0; row < rows; row++) table[end * width + first + row] = block[row * ends + end] ?? UNREACHED;
  }
}

function endTables(
  frozen: FrozenNetwork,
  hierarchy: Hierarchy | null,
  times: ZoneTimes,
  nodes: Uint32Array,
  progress: Progress,
  keep: KeptParts,
): GainTables {
  const zoneCount = times.zones.length;
  const seats = (kind: string) => Uint32Array.from(times.zones, (zone) => nodeNumber(frozen.nodeOf, `${kind}/${zone.id}`));
  // sweeps are done sooner than read again
  const kept = hierarchy ? KEEP_NOTHING : keep;
  const grow = (direction: 'forward' | 'backward', zones: Uint32Array, done: number) => {
    const timesOf = createTimesToTargets(frozen.network, hierarchy, nodes, direction);
    const table = new Uint32Array(nodes.length * zoneCount);
    for (let first = 0; first < zoneCount; first += ZONES_A_BLOCK) {
      const own = zones.subarray(first, first + ZONES_A_BLOCK);
      const block = kept.words(`trees ${done + first}`, () => {
        const rows = new Uint32Array(own.length * nodes.length);
        timesOf(own, rows);
        return rows;
      });
      turnInto(table, zoneCount, first, block, own.length, nodes.length);
      progress('trees of zones', done + first + own.length, 2 * zoneCount);
    }
    return table;
  };
  const outward = grow('forward', seats('zone-origin'), 0);
  const homeward = grow('backward', seats('zone-destination'), zoneCount);
  return { zoneCount, endCount: nodes.length, zoneTimes: times.milliseconds, outward, homeward };
}
