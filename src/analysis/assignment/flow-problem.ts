import { compileFlowNetwork } from '../../kernels/assignment/flow-network.ts';
import { BPR, CONICAL, DAVIDSON, type LinkCosts } from '../../kernels/assignment/link-costs.ts';
import { type AssignmentProblem, compileTrips } from '../../kernels/assignment/trip-classes.ts';
import { DataError } from '../../model/errors.ts';
import type { FlowInput, FlowLink } from '../../model/flow-input.ts';
import type { Problem } from '../../model/problem.ts';

const KINDS = { bpr: BPR, conical: CONICAL, davidson: DAVIDSON } as const;

/** A problem ready for the kernels, with what was left out of it. */
export interface FlowProblem {
  readonly problem: AssignmentProblem;
  /** arc of a link, by row of input.links; -1 where the link is left out */
  readonly arcOf: Int32Array;
  /** rows of links that can carry nothing: a capacity of 0 under a cost that rises with flow */
  readonly shut: readonly number[];
}

/** True where a link's cost rises with flow, so that equilibrium has one flow for it. */
export function isFlowUnique(link: FlowLink): boolean {
  return link.capacity !== null && link.freeMinutes > 0 && (link.curve === 'conical' || (link.b > 0 && link.power > 0));
}

/** True where a link's cost needs a capacity. */
function needsCapacity(link: FlowLink): boolean {
  return link.curve !== 'bpr' || (link.b > 0 && link.power > 0);
}

/**
 * Compile links and trips for the kernels. A link of capacity 0 whose cost rises with flow is left out: nothing can pass.
 *
 * @throws DataError naming every link whose cost would be negative or no number when empty, or whose curve has a parameter out of range
 * Cost O(links + pairs log pairs).
 */
export function flowProblem(input: FlowInput, isMarginal = false): FlowProblem {
  const faults = input.links.flatMap((link) => linkFaults(input, link));
  if (faults.length > 0) throw new DataError(faults);
  const shut: number[] = [];
  const used: number[] = [];
  input.links.forEach((link, row) => {
    if (link.capacity === 0 && needsCapacity(link)) shut.push(row);
    else used.push(row);
  });
  const link = (place: number): FlowLink => input.links[used[place] ?? 0] as FlowLink;
  const network = compileFlowNetwork(
    input.nodeIds.length,
    used.map((_row, place) => link(place).from),
    used.map((_row, place) => link(place).to),
    input.isClosed,
  );
  const byArc = (value: (link: FlowLink) => number) => Float64Array.from(network.rowOf, (place) => value(link(place)));
  const costs: LinkCosts = {
    kind: Uint8Array.from(network.rowOf, (place) => KINDS[link(place).curve]),
    freeTime: byArc((row) => row.freeMinutes),
    capacity: byArc((row) => row.capacity ?? 1),
    b: byArc((row) => (row.capacity === null ? 0 : row.b)),
    power: byArc((row) => row.power),
    isMarginal,
  };
  const classes = input.classes.map((group) => {
    const node = (zones: Uint32Array, end: 'origin' | 'destination') => Array.from(zones, (zone) => input.zones[zone]?.[end] ?? -1);
    const within = Float64Array.from(group.trips, (trips, pair) => (group.from[pair] === group.to[pair] ? 0 : trips * group.carUnits));
    const charge = Float64Array.from(network.rowOf, (place) => link(place).chargeMinutes + (group.extraCharge?.[used[place] ?? 0] ?? 0));
    return compileTrips(node(group.from, 'origin'), node(group.to, 'destination'), within, charge);
  });
  const arcOf = new Int32Array(input.links.length).fill(-1);
  network.rowOf.forEach((place, arc) => {
    arcOf[used[place] ?? 0] = arc;
  });
  return { problem: { network, costs, classes }, arcOf, shut };
}

function linkFaults(input: FlowInput, link: FlowLink): Problem[] {
  const faults: Problem[] = [];
  const feature = `${link.id} (${input.nodeIds[link.from]} → ${input.nodeIds[link.to]})`;
  const fault = (property: string, found: number | null, expected: string) =>
    faults.push({ severity: 'error', kind: 'bad-cost', file: 'links', feature, property, found: String(found), expected });
  const empty = link.freeMinutes + link.chargeMinutes;
  if (!(link.freeMinutes >= 0)) fault('free_minutes', link.freeMinutes, 'at least 0');
  else if (!(empty >= 0 && Number.isFinite(empty))) fault('cost when empty', empty, 'at least 0: a toll may not pay for the trip');
  if (link.capacity !== null && !(link.capacity >= 0)) fault('capacity', link.capacity, 'at least 0');
  if (link.curve === 'bpr' && !(link.b >= 0 && link.power >= 0)) fault('b or power', Math.min(link.b, link.power), 'at least 0');
  if (link.curve === 'conical' && !(link.power > 1)) fault('power', link.power, 'above 1 for the conical curve');
  if (link.curve === 'davidson' && !(link.b >= 0 && link.power > 0 && link.power < 1))
    fault('power', link.power, 'between 0 and 1: where the straight part begins');
  return faults;
}
