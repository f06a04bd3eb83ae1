import { createTreeSearch } from '../../kernels/assignment/shortest-tree.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import { type Assignment, assignTrips } from './assign-trips.ts';

interface ElasticOptions {
  /** how trips fall with their cost: D = D₀ exp(-θ (u - u₀)), 1/minute */
  readonly theta: number;
  /** relative gap of the equilibrium of every round */
  readonly gap: number;
  /** largest |D(u) - d| of a pair at the end, as a share of all trips */
  readonly tolerance: number;
  readonly maxRounds: number;
  /** an assignment to start from */
  readonly start: Assignment | null;
}

const DEFAULT_ELASTIC: Omit<ElasticOptions, 'theta'> = { gap: 1e-8, tolerance: 1e-7, maxRounds: 60, start: null };

interface ElasticEquilibrium {
  readonly assignment: Assignment;
  /** trips that are made, in the units of the input's classes */
  readonly trips: number;
  /** largest |D(u) - d| of a pair as a share of all trips: how far from the fixed point */
  readonly residual: number;
  readonly rounds: number;
}

/** Steps of a round are kept to this share of the way at least, and the whole way at most. */
const [LEAST_STEP, WHOLE_STEP] = [0.01, 1];

/**
 * User equilibrium with trips that react: those of the input are made at the costs `usual`, and D₀ exp(-θ (u - u₀)) at others. One equilibrium
 * flow on links whose cost rises, since demand falls with cost (Florian and Nguyen 1974).
 *
 * Fixed point d ← d + λ (D(u(d)) - d) over equilibria, each from the bushes of the last; λ by the secant through the last two residuals
 * (Barzilai and Borwein 1988 doi:10.1093/imanum/8.1.141). Pairs without a way at either cost keep their trips, which are unserved.
 *
 * @param usual  u₀ by class and pair, minutes: pairCosts of the state that the trips belong to
 * Cost: an equilibrium and a tree an origin a round.
 */
export function elasticEquilibrium(
  input: FlowInput,
  usual: readonly Float64Array[],
  options: Partial<ElasticOptions> & Pick<ElasticOptions, 'theta'>,
): ElasticEquilibrium {
  const { theta, gap, tolerance, maxRounds, start } = { ...DEFAULT_ELASTIC, ...options };
  let trips = input.classes.map((group) => group.trips.slice());
  let assignment = start;
  let [oldTrips, oldLack]: [Float64Array[] | null, Float64Array[] | null] = [null, null];
  for (let round = 1; ; round++) {
    assignment = assignTrips(withTrips(input, trips), { gap, start: assignment });
    const costs = pairCosts(assignment);
    const lack = trips.map((own, place) =>
      own.map((made, pair) => {
        const change = (costs[place]?.[pair] ?? 0) - (usual[place]?.[pair] ?? 0);
        return Number.isFinite(change) ? (input.classes[place]?.trips[pair] ?? 0) * Math.exp(-theta * change) - made : 0;
      }),
    );
    const all = sum(trips, (made) => made);
    const residual =
      all > 0 ? Math.max(0, ...lack.flatMap((own) => [own.reduce((most, value) => Math.max(most, Math.abs(value)), 0)])) / all : 0;
    if (residual <= tolerance || round >= maxRounds) return { assignment, trips: all, residual, rounds: round };
    const step = oldTrips && oldLack ? secantStep(trips, oldTrips, lack, oldLack) : WHOLE_STEP;
    [oldTrips, oldLack] = [trips, lack];
    trips = trips.map((own, place) => own.map((made, pair) => Math.max(0, made + step * (lack[place]?.[pair] ?? 0))));
  }
}

/** Cost of the cheapest way by class and pair at the times of an assignment, charges with it, minutes; Infinity where there is none. */
export function pairCosts({ input, compiled, minutes }: Assignment): Float64Array[] {
  const { problem, arcOf } = compiled;
  const search = createTreeSearch(problem.network);
  const time = new Float64Array(problem.network.arcCount);
  arcOf.forEach((arc, row) => {
    if (arc >= 0) time[arc] = minutes[row] ?? 0;
  });
  return input.classes.map(({ from, to, trips }, place) => {
    const costs = new Float64Array(trips.length);
    const charge = problem.classes[place]?.charge ?? new Float64Array(problem.network.arcCount);
    const byOrigin = Array.from(trips.keys()).sort((a, b) => (from[a] ?? 0) - (from[b] ?? 0) || a - b);
    let last = -1;
    for (const pair of byOrigin) {
      const zone = from[pair] ?? 0;
      if (zone !== last) search.run(input.zones[zone]?.origin ?? 0, time, charge);
      last = zone;
      costs[pair] = zone === to[pair] ? 0 : (search.label[input.zones[to[pair] ?? 0]?.destination ?? 0] ?? Number.POSITIVE_INFINITY);
    }
    return costs;
  });
}

function withTrips(input: FlowInput, trips: readonly Float64Array[]): FlowInput {
  return { ...input, classes: input.classes.map((group, place) => ({ ...group, trips: trips[place] ?? group.trips })) };
}

function sum(parts: readonly Float64Array[], of: (value: number, place: number, pair: number) => number): number {
  return parts.reduce((total, own, place) => own.reduce((all, value, pair) => all + of(value, place, pair), total), 0);
}

/** -⟨Δd, ΔF⟩ / ⟨ΔF, ΔF⟩ within bounds. */
function secantStep(
  trips: readonly Float64Array[],
  oldTrips: readonly Float64Array[],
  lack: readonly Float64Array[],
  oldLack: readonly Float64Array[],
): number {
  const change = (place: number, pair: number) => (lack[place]?.[pair] ?? 0) - (oldLack[place]?.[pair] ?? 0);
  const across = sum(trips, (made, place, pair) => (made - (oldTrips[place]?.[pair] ?? 0)) * change(place, pair));
  const square = sum(trips, (_made, place, pair) => change(place, pair) ** 2);
  return square > 0 ? Math.min(WHOLE_STEP, Math.max(LEAST_STEP, -across / square)) : WHOLE_STEP;
}
