import type { FlowInput, FlowLink } from '../../model/flow-input.ts';
import { byCodePoint } from '../../model/units.ts';
import type { Assignment } from '../assignment/assign-trips.ts';
import type { LinkCriticality } from '../criticality/link-criticality.ts';

export interface BottleneckRow {
  readonly link: string;
  /** row of input.links */
  readonly row: number;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly flow: number;
  /** null where the cost does not depend on flow */
  readonly capacity: number | null;
  readonly ratio: number | null;
  readonly freeMinutes: number;
  readonly minutes: number;
  /** minutes with charges, as travellers mind them */
  readonly costMinutes: number;
  readonly delayPersonMinutes: number;
  /** in the currency of input.valueOfTime; null without one */
  readonly delayCost: number | null;
  /** hours of a day in which flow passes capacity, routes as in the hour assigned; null without a profile */
  readonly hoursOverCapacity: number | null;
  /** person-minutes lost by trips still served when the link is out; null where it was not asked for */
  readonly criticalityPersonMinutes: number | null;
  /** trips that have no way without it */
  readonly cutOffTrips: number | null;
  /** state, prefecture or province that most of its flow comes from, and the share; null where unknown */
  readonly mainOrigin: string | null;
  readonly mainOriginShare: number | null;
}

export type BottleneckRank = 'delay' | 'criticality' | 'ratio' | 'id';

/**
 * Links of an assignment in order of what they cost. Connectors are left out.
 *
 * By criticality, links that trips have no way round come first, most trips cut off first. Cost O(links log links).
 */
export function bottlenecks(
  input: FlowInput,
  assignment: Assignment,
  criticality: LinkCriticality | null,
  rank: BottleneckRank = 'delay',
): BottleneckRow[] {
  const origins = mainOrigins(input, assignment);
  const rows = input.links.flatMap((link, row) => {
    if (link.isConnector) return [];
    return [bottleneckRow(input, link, row, assignment, criticality, origins[row] ?? null)];
  });
  return rows.sort((a, b) => comparator(rank)(a, b) || a.row - b.row);
}

function bottleneckRow(
  input: FlowInput,
  link: FlowLink,
  row: number,
  assignment: Assignment,
  criticality: LinkCriticality | null,
  origin: { readonly name: string; readonly share: number } | null,
): BottleneckRow {
  const flow = assignment.flow[row] ?? 0;
  const minutes = assignment.minutes[row] ?? 0;
  const delayPersonMinutes = flow * (minutes - link.freeMinutes) * input.personsPerUnit;
  return {
    link: link.id,
    row,
    from: input.nodeIds[link.from] ?? '',
    to: input.nodeIds[link.to] ?? '',
    name: link.name,
    flow,
    capacity: link.capacity,
    ratio: link.capacity === null || link.capacity === 0 ? null : flow / link.capacity,
    freeMinutes: link.freeMinutes,
    minutes,
    costMinutes: minutes + link.chargeMinutes,
    delayPersonMinutes,
    delayCost: input.valueOfTime ? (delayPersonMinutes / 60) * input.valueOfTime.perHour : null,
    hoursOverCapacity: hoursOver(flow, link.capacity, input.dayProfile),
    criticalityPersonMinutes: criticality ? (criticality.addedMinutes[row] ?? 0) * input.personsPerUnit : null,
    cutOffTrips: criticality ? (criticality.cutOffTrips[row] ?? 0) : null,
    mainOrigin: origin?.name ?? null,
    mainOriginShare: origin?.share ?? null,
  };
}

function hoursOver(flow: number, capacity: number | null, profile: readonly number[] | null): number | null {
  if (capacity === null || profile === null) return null;
  return profile.filter((share) => flow * share > capacity).length;
}

function comparator(rank: BottleneckRank): (a: BottleneckRow, b: BottleneckRow) => number {
  if (rank === 'delay') return (a, b) => b.delayPersonMinutes - a.delayPersonMinutes;
  if (rank === 'ratio') return (a, b) => (b.ratio ?? -1) - (a.ratio ?? -1);
  if (rank === 'id') return () => 0;
  return (a, b) => (b.cutOffTrips ?? 0) - (a.cutOffTrips ?? 0) || (b.criticalityPersonMinutes ?? 0) - (a.criticalityPersonMinutes ?? 0);
}

/** Where the flow of each link comes from, by the first administrative level of the origin: known to bushes only. */
function mainOrigins(input: FlowInput, { bushes, compiled, flow }: Assignment): ({ name: string; share: number } | null)[] {
  const names = [...new Set(input.zones.map(({ admin1 }) => admin1))].filter((name) => name !== '').sort(byCodePoint);
  if (!bushes || names.length === 0) return [];
  const nameOf = new Map(input.zones.map(({ origin, admin1 }) => [origin, names.indexOf(admin1)]));
  const sums = names.map(() => new Float64Array(compiled.problem.network.arcCount));
  for (const bush of bushes) {
    const sum = sums[nameOf.get(bush.origin) ?? -1];
    if (!sum) continue;
    bush.arc.forEach((arc, slot) => {
      sum[arc] = (sum[arc] ?? 0) + (bush.flow[slot] ?? 0);
    });
  }
  return input.links.map((_link, row) => {
    const arc = compiled.arcOf[row] ?? -1;
    const total = flow[row] ?? 0;
    if (arc < 0 || total <= 0) return null;
    let best = 0;
    sums.forEach((sum, place) => {
      if ((sum[arc] ?? 0) > (sums[best]?.[arc] ?? 0)) best = place;
    });
    return { name: names[best] ?? '', share: (sums[best]?.[arc] ?? 0) / total };
  });
}
