import { UNREACHED } from '../../model/network.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Hierarchy } from './hierarchy.ts';
import { createLaneMemory, type LaneMemory, type LaneSteps } from './lane-memory.ts';
import { bestEngine, type Engine } from './lanes-engine.ts';
import { LANES } from './lanes-plain.ts';
import { markOrigins } from './sweeper.ts';

/**
 * What to add up over all nodes that an origin reaches, itself included unless said; amounts are by node of the network.
 *
 * - times: Σ t, milliseconds, and how many nodes are reached
 * - inverse: Σ scale / t over the others
 * - within: Σ amount [t ≤ limit]
 * - exponential: Σ amount · exp(-perMillisecond · t)
 * - power: Σ amount · max(t / unitMilliseconds, 1) ^ -exponent; slower, since it runs outside the lanes
 * - straight: Σ straight line / t over the others, of places by node in degrees and costs in metres; outside the lanes too
 */
export type Accumulation =
  | { readonly kind: 'times' }
  | { readonly kind: 'inverse'; readonly scale: number }
  | { readonly kind: 'within'; readonly limitMilliseconds: number; readonly amounts: Float64Array }
  | { readonly kind: 'exponential'; readonly perMillisecond: number; readonly amounts: Float64Array }
  | { readonly kind: 'power'; readonly unitMilliseconds: number; readonly exponent: number; readonly amounts: Float64Array }
  | { readonly kind: 'straight'; readonly longitude: Float64Array; readonly latitude: Float64Array };

/** Sums by origin; `counts` of the reached for times, empty for the others. */
export interface Accumulated {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

export interface AccumulateOptions {
  readonly direction: 'forward' | 'backward';
  readonly engine?: Engine;
  readonly progress: Progress;
}

export const DEFAULT_ACCUMULATE: AccumulateOptions = { direction: 'forward', progress: SILENT };

/** Positions swept before they are added up: 16 KiB of rows, which stay in the first cache. */
const BLOCK = 256;
/** Where more than one node in so many was within the limit, the next sweep looks at all instead of telling them apart: it is the quicker. */
const SPARSE = 3;
const NO_LIST = new Uint32Array(0);

/**
 * Sums over all nodes from each origin, added up from the lanes of a sweep as it passes: no matrix is ever stored.
 *
 * Sums are taken in the order of positions, so they do not depend on lanes, engine or threads. A single pass serves all accumulations; where
 * only `within` is asked for, what lies beyond the largest limit is passed over as long as that is most of the network.
 *
 * @throws RangeError for an unknown origin or amounts that are not one a node
 * Cost: one sweep of the hierarchy for 16 origins. Memory: nodes · (72 + 8 a column of amounts) + arcs of the hierarchy · 8 bytes.
 */
export function accumulate(
  hierarchy: Hierarchy,
  origins: ArrayLike<number>,
  accumulations: readonly Accumulation[],
  options: AccumulateOptions = DEFAULT_ACCUMULATE,
): Accumulated[] {
  const { nodeCount, positionOf, nodeAt, out, into } = hierarchy;
  const [rising, falling] = options.direction === 'forward' ? [out, into] : [into, out];
  const columns = distinctColumns(accumulations);
  const amounts = columns.amounts.map((column) => byPosition(column, nodeAt));
  const counts = columns.counts.map((column) => Uint32Array.from(byPosition(column, nodeAt)));
  const engine = options.engine ?? bestEngine();
  const { memory, steps } = createLaneMemory({ nodeCount, rising, falling, list: NO_LIST, amounts, counts, engine });
  const runs = accumulations.map((accumulation) => {
    const adder = adderOf(accumulation, columns, memory, steps, nodeAt);
    const counts = new Float64Array(accumulation.kind === 'times' ? origins.length : 0);
    return { adder, totals: new Float64Array(LANES * 2), sums: new Float64Array(origins.length), counts };
  });
  const limit = commonLimit(accumulations);
  let isSparse = limit !== null;
  for (let start = 0; start < origins.length; start += LANES) {
    const batch = Array.from({ length: Math.min(LANES, origins.length - start) }, (_value, lane) => origins[start + lane]!);
    markOrigins(batch, positionOf, memory.marks, memory.rows);
    steps.climb();
    if (isSparse) memory.active.fill(0);
    for (const run of runs) run.totals.fill(0);
    for (let block = 0; block < nodeCount; block += BLOCK) {
      const end = Math.min(block + BLOCK, nodeCount);
      if (isSparse) steps.descendWithin(block, end, limit!);
      else steps.descend(block, end);
      for (const { adder, totals } of runs) {
        memory.totals.set(totals);
        adder(block, end, batch);
        totals.set(memory.totals);
      }
    }
    isSparse &&= bitsOf(memory.active) * SPARSE < nodeCount;
    for (const { totals, sums, counts } of runs) {
      sums.set(totals.subarray(0, batch.length), start);
      if (counts.length > 0) counts.set(totals.subarray(LANES, LANES + batch.length), start);
    }
    options.progress('sweeps', Math.min(start + LANES, origins.length), origins.length);
  }
  return runs.map(({ sums, counts }) => ({ sums, counts }));
}

/** The farthest that any accumulation looks, milliseconds; null where one looks everywhere. */
function commonLimit(accumulations: readonly Accumulation[]): number | null {
  let limit = 0;
  for (const accumulation of accumulations) {
    if (accumulation.kind !== 'within') return null;
    limit = Math.max(limit, accumulation.limitMilliseconds);
  }
  return limit;
}

function byPosition(column: Float64Array, nodeAt: Uint32Array): Float64Array {
  if (column.length !== nodeAt.length) throw new RangeError(`${column.length} amounts; expected one for each of ${nodeAt.length} nodes`);
  return Float64Array.from(nodeAt, (node) => column[node]!);
}

/** Columns of amounts that accumulations ask for, each once. */
interface Columns {
  readonly amounts: readonly Float64Array[];
  readonly counts: readonly Float64Array[];
}

function distinctColumns(accumulations: readonly Accumulation[]): Columns {
  const amounts = new Set<Float64Array>();
  const counts = new Set<Float64Array>();
  for (const accumulation of accumulations) {
    if (!('amounts' in accumulation)) continue;
    (accumulation.kind === 'within' && areCounts(accumulation.amounts) ? counts : amounts).add(accumulation.amounts);
  }
  return { amounts: [...amounts], counts: [...counts] };
}

/** Whole numbers that 32 bits hold together: they can be added as such, with the same sums. */
function areCounts(amounts: Float64Array): boolean {
  let sum = 0;
  for (const amount of amounts) {
    if (!(amount >= 0) || !Number.isInteger(amount)) return false;
    sum += amount;
  }
  return sum < 2 ** 32;
}

function bitsOf(words: Uint32Array): number {
  let count = 0;
  for (let word of words) {
    for (; word !== 0; word &= word - 1) count++;
  }
  return count;
}

/** Adds positions start … end - 1 to the totals; `batch` is the origins of the lanes. */
type Adder = (start: number, end: number, batch: readonly number[]) => void;

function adderOf(accumulation: Accumulation, columns: Columns, memory: LaneMemory, steps: LaneSteps, nodeAt: Uint32Array): Adder {
  const column = 'amounts' in accumulation ? columns.amounts.indexOf(accumulation.amounts) : -1;
  switch (accumulation.kind) {
    case 'times':
      return steps.addTimes;
    case 'inverse':
      return (start, end) => steps.addInverse(start, end, accumulation.scale);
    case 'within':
      if (areCounts(accumulation.amounts)) {
        const count = columns.counts.indexOf(accumulation.amounts);
        return (start, end) => steps.countWithin(start, end, count, accumulation.limitMilliseconds);
      }
      return (start, end) => steps.addWithin(start, end, column, accumulation.limitMilliseconds);
    case 'exponential':
      return (start, end) => steps.addDecayed(start, end, column, -accumulation.perMillisecond);
    case 'power':
      return (start, end) => addPower(memory, column, accumulation, start, end);
    default:
      return (start, end, batch) => addStraight(memory, accumulation, nodeAt, batch, start, end);
  }
}

/** Σ of an accumulation of power grows by this for an amount of 1. */
export function powerDecay(milliseconds: number, { unitMilliseconds, exponent }: { unitMilliseconds: number; exponent: number }): number {
  return Math.max(milliseconds / unitMilliseconds, 1) ** -exponent;
}

function addPower(
  memory: LaneMemory,
  column: number,
  decay: { readonly unitMilliseconds: number; readonly exponent: number },
  start: number,
  end: number,
): void {
  const { rows, totals } = memory;
  const amounts = memory.amounts[column]!;
  for (let position = start; position < end; position++) {
    const amount = amounts[position]!;
    if (amount === 0) continue;
    for (let lane = 0; lane < LANES; lane++) {
      const time = rows[position * LANES + lane]!;
      if (time !== UNREACHED) totals[lane]! += amount * powerDecay(time, decay);
    }
  }
}

function addStraight(
  { rows, totals }: LaneMemory,
  { longitude, latitude }: { readonly longitude: Float64Array; readonly latitude: Float64Array },
  nodeAt: Uint32Array,
  batch: readonly number[],
  start: number,
  end: number,
): void {
  for (let position = start; position < end; position++) {
    const node = nodeAt[position]!;
    const [nodeLongitude, nodeLatitude] = [longitude[node]!, latitude[node]!];
    for (let lane = 0; lane < batch.length; lane++) {
      const metres = rows[position * LANES + lane]!;
      const origin = batch[lane]!;
      if (metres === UNREACHED || node === origin) continue;
      totals[lane]! += (greatCircleKilometres(longitude[origin]!, latitude[origin]!, nodeLongitude, nodeLatitude) * 1000) / metres;
    }
  }
}
