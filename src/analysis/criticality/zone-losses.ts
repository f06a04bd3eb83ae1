import { createTreeSearch } from '../../kernels/assignment/shortest-tree.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Assignment } from '../assignment/assign-trips.ts';
import type { RemovalGroup } from './group-criticality.ts';
import { arcCosts } from './removal-work.ts';

/** What a zone loses by single failures of a list. */
export interface ZoneLosses {
  readonly zone: string;
  readonly name: string;
  /** its trips to other zones that have a way while all is well */
  readonly trips: number;
  /** of them: the share that keeps a way, mean over the failures and at the worst one; null without trips */
  readonly keptShareMean: number | null;
  readonly keptShareWorst: number | null;
  /** minutes lost by each of its trips that keeps a way */
  readonly addedMinutesMean: number | null;
  readonly addedMinutesWorst: number | null;
  /** id of the failure that costs its own trips most: that cuts off the largest share, else that adds most minutes; null where none does anything */
  readonly worstFailure: string | null;
  /** people in zones within the minutes, its own included; null where people are not known */
  readonly people: number | null;
  readonly peopleLostMean: number | null;
  readonly peopleLostWorst: number | null;
  readonly worstAccessFailure: string | null;
}

interface Tally {
  lostShare: number;
  keptWorst: number;
  added: number;
  addedWorst: number;
  failure: string | null;
  lost: number;
  lostWorst: number;
  accessFailure: string | null;
}

/**
 * Redundancy and accessibility by zone: each failure of a list alone, at the times of the assignment, charges with them.
 *
 * Trips are those of the first class. Trees are grown anew for every zone and failure: independent of removeInTurn, and held against it by a test.
 *
 * @param people  by zone of input.zones; null where they are not known
 * @param within  minutes of the accessibility
 * Cost O(zones × failures × tree).
 */
export function zoneLosses(
  input: FlowInput,
  assignment: Assignment,
  failures: readonly RemovalGroup[],
  people: readonly number[] | null,
  within: number,
  progress: Progress = SILENT,
): ZoneLosses[] {
  const { problem, arcOf } = assignment.compiled;
  const trips = problem.classes[0];
  if (!trips) return [];
  const none = new Float64Array(problem.network.arcCount);
  const cost = arcCosts(assignment, trips.charge);
  const search = createTreeSearch(problem.network);
  const indexOf = new Map(Array.from(trips.origins, (node, index) => [node, index]));
  const arcs = failures.map(({ rows }) => rows.map((row) => arcOf[row] ?? -1).filter((arc) => arc >= 0));

  const reached = (label: Float64Array, own: number) =>
    input.zones.reduce((sum, { destination }, zone) => {
      return zone === own || (label[destination] ?? Number.POSITIVE_INFINITY) <= within ? sum + (people?.[zone] ?? 0) : sum;
    }, 0);

  const rowOf = ({ id, name, origin }: FlowInput['zones'][number], zone: number): ZoneLosses => {
    search.run(origin, cost, none);
    const before = search.label.slice();
    const own = ownTrips(trips, indexOf.get(origin) ?? -1, before);
    const peopleBefore = reached(before, zone);
    const tally = emptyTally();
    failures.forEach((failure, place) => {
      const usual = (arcs[place] ?? []).map((arc) => cost[arc] ?? 0);
      for (const arc of arcs[place] ?? []) cost[arc] = Number.POSITIVE_INFINITY;
      search.run(origin, cost, none);
      arcs[place]?.forEach((arc, index) => {
        cost[arc] = usual[index] ?? 0;
      });
      count(tally, failure.id, own, before, search.label, peopleBefore - reached(search.label, zone));
    });
    const mean = (sum: number) => sum / Math.max(1, failures.length);
    const hasTrips = own.total > 0;
    return {
      zone: id,
      name,
      trips: own.total,
      keptShareMean: hasTrips ? 1 - mean(tally.lostShare) : null,
      keptShareWorst: hasTrips ? tally.keptWorst : null,
      addedMinutesMean: hasTrips ? mean(tally.added) : null,
      addedMinutesWorst: hasTrips ? tally.addedWorst : null,
      worstFailure: tally.failure,
      people: people ? peopleBefore : null,
      peopleLostMean: people ? mean(tally.lost) : null,
      peopleLostWorst: people ? tally.lostWorst : null,
      worstAccessFailure: people ? tally.accessFailure : null,
    };
  };
  return input.zones.map((zone, index) => {
    progress('zones under failures', index, input.zones.length);
    return rowOf(zone, index);
  });
}

function emptyTally(): Tally {
  return { lostShare: 0, keptWorst: 1, added: 0, addedWorst: 0, failure: null, lost: 0, lostWorst: 0, accessFailure: null };
}

interface OwnTrips {
  readonly nodes: readonly number[];
  readonly amounts: readonly number[];
  readonly total: number;
}

function ownTrips(
  trips: {
    readonly firstPair: Uint32Array;
    readonly destination: Uint32Array;
    readonly amount: Float64Array;
  },
  index: number,
  label: Float64Array,
): OwnTrips {
  const [nodes, amounts]: [number[], number[]] = [[], []];
  let total = 0;
  const end = index < 0 ? 0 : (trips.firstPair[index + 1] ?? 0);
  for (let pair = index < 0 ? 0 : (trips.firstPair[index] ?? 0); pair < end; pair++) {
    const node = trips.destination[pair] ?? 0;
    if (label[node] === Number.POSITIVE_INFINITY) continue;
    nodes.push(node);
    amounts.push(trips.amount[pair] ?? 0);
    total += trips.amount[pair] ?? 0;
  }
  return { nodes, amounts, total };
}

function count(tally: Tally, failure: string, own: OwnTrips, before: Float64Array, after: Float64Array, lost: number): void {
  let [kept, added] = [0, 0];
  own.nodes.forEach((node, pair) => {
    if (after[node] === Number.POSITIVE_INFINITY) return;
    kept += own.amounts[pair] ?? 0;
    added += (own.amounts[pair] ?? 0) * ((after[node] ?? 0) - (before[node] ?? 0));
  });
  const share = own.total > 0 ? kept / own.total : 1;
  const each = kept > 0 ? added / kept : 0;
  tally.lostShare += 1 - share;
  tally.added += each;
  if (share < tally.keptWorst || (tally.keptWorst === 1 && share === 1 && each > tally.addedWorst)) tally.failure = failure;
  tally.keptWorst = Math.min(tally.keptWorst, share);
  tally.addedWorst = Math.max(tally.addedWorst, each);
  tally.lost += lost;
  if (lost > tally.lostWorst) {
    tally.lostWorst = lost;
    tally.accessFailure = failure;
  }
}
