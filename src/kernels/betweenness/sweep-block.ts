import { FIRST_PATH, LANES, NO_ORIGIN } from './lanes.ts';
import type { PathHierarchy } from './path-hierarchy.ts';
import { createPathMemory, type PathMemory } from './path-memory.ts';
import { sweepBatch } from './sweep-batch.ts';
import { type BetweennessWork, type BlockFlows, type BlockRunner, isWithin } from './work.ts';

/**
 * Prepare blocks of origins that are swept LANES at a time.
 *
 * @throws LimitError as createPathMemory and sweepBatch
 * Cost of a block: a sweep for every LANES origins. Memory: pathMemoryBytes.
 */
export function createSweepBlocks(work: BetweennessWork, hierarchy: PathHierarchy): BlockRunner {
  const memory = createPathMemory(hierarchy, work.demand !== null, work.engine);
  memory.batch.attraction.set(work.attraction);
  const run = (block: number, spare?: BlockFlows): BlockFlows => runBlock(memory, work, block, spare);
  return Object.assign(run, { release: memory.release });
}

// of the module, not a closure of createSweepBlocks: a closure is compiled anew for every runner
function runBlock(memory: PathMemory, work: BetweennessWork, block: number, spare: BlockFlows | undefined): BlockFlows {
  const { arc, through, arrivals } = memory.flows;
  const begin = work.starts[block]!;
  const end = work.starts[block + 1]!;
  arc.fill(0);
  through.fill(0);
  arrivals.fill(0);
  const departures = new Float64Array(end - begin);
  const served = { trips: 0, tripMilliseconds: 0 };
  for (let first = begin; first < end; first += LANES) {
    const lanes = Math.min(LANES, end - first);
    layOrigins(work, memory, first, lanes);
    layDemand(work, memory, first, lanes);
    sweepBatch(memory, work.limitMilliseconds);
    noteDepartures(memory, departures, first - begin, lanes);
    countServed(work, memory, served);
  }
  return {
    flow: copied(arc, spare?.flow),
    through: copied(through, spare?.through),
    arrivals: copied(arrivals, spare?.arrivals),
    departures,
    served: served.trips,
    servedMilliseconds: served.tripMilliseconds,
  };
}

function layOrigins({ origins, weights }: BetweennessWork, { batch }: PathMemory, first: number, lanes: number): void {
  batch.origin.fill(NO_ORIGIN);
  batch.weight.fill(0);
  for (let lane = 0; lane < lanes; lane++) {
    batch.origin[lane] = origins[first + lane]!;
    batch.weight[lane] = weights[first + lane]!;
  }
}

function noteDepartures({ batch, scratch }: PathMemory, departures: Float64Array, index: number, lanes: number): void {
  for (let lane = 0; lane < lanes; lane++) {
    // all that comes home to an origin is what it reaches; a whole number but for rounding
    const home = scratch.worth[batch.origin[lane]! * LANES + lane]! * FIRST_PATH;
    departures[index + lane] = Math.round(home / batch.weight[lane]!);
  }
}

function copied(values: Float64Array, spare: Float64Array | undefined): Float64Array {
  if (spare?.length !== values.length) return values.slice();
  spare.set(values);
  return spare;
}

function layDemand({ demand }: BetweennessWork, { batch }: PathMemory, first: number, lanes: number): void {
  if (!demand || !batch.demand) return;
  const { targets, trips } = demand;
  for (let column = 0; column < targets.length; column++) {
    const row = targets[column]! * LANES;
    for (let lane = 0; lane < LANES; lane++) batch.demand[row + lane] = lane < lanes ? trips[(first + lane) * targets.length + column]! : 0;
  }
}

function countServed(work: BetweennessWork, { batch, scratch }: PathMemory, served: { trips: number; tripMilliseconds: number }): void {
  if (!work.demand || !batch.demand) return;
  for (const target of work.demand.targets) {
    for (let lane = 0; lane < LANES; lane++) {
      const cell = target * LANES + lane;
      if (batch.demand[cell] === 0 || batch.origin[lane] === target || !isWithin(scratch.cost[cell]!, work.limitMilliseconds)) continue;
      served.trips += batch.demand[cell]!;
      served.tripMilliseconds += batch.demand[cell]! * scratch.cost[cell]!;
    }
  }
}
