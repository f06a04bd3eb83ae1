import { seededRandom } from '../../kernels/seeded-random.ts';
import { REFERENCE_CLASSES } from './risk.ts';
import { lognormalAt, quantile, type Spread } from './spread.ts';

/** Something ranked by worth over cost. */
export interface RankedItem {
  readonly id: string;
  readonly kind: keyof typeof REFERENCE_CLASSES;
  readonly benefit: number;
  readonly cost: number;
}

export interface StabilityOptions {
  readonly runs: number;
  readonly seed: number;
  /** relative error of the minutes saved by wrong speeds, of each item by itself */
  readonly speeds: Spread;
  /** an item keeps its place when it stays within this many ranks */
  readonly places: number;
}

export const DEFAULT_STABILITY: StabilityOptions = { runs: 1000, seed: 1, speeds: { mean: 1, deviation: 0.15 }, places: 1 };

export interface ItemStability {
  readonly id: string;
  /** 1 is best, by benefit over cost as given */
  readonly rank: number;
  /** share of runs in which the rank stays within `places` */
  readonly keepsPlace: number;
  /** 10th and 90th percentile of the rank */
  readonly rankLow: number;
  readonly rankHigh: number;
  /** share of runs in which the item is ahead of the next in rank; null for the last */
  readonly beatsNext: number | null;
  /** in words, whether the lead over the next is more than the noise */
  readonly verdict: string;
}

/** A lead that holds in fewer runs than this is within the noise. */
const SURE = 0.8;

/**
 * How firmly a ranking by benefit over cost stands when costs, demand and speeds vary, each item by itself.
 *
 * Errors that all items share (a value of time, a discount rate) move every ratio alike and change no rank, so they are not drawn. Costs are
 * drawn from the reference class of the item's kind with its mean, since a mean that differs between road and rail does change ranks.
 * Cost O(runs · items log items). Same seed, same answer; ties by id.
 */
export function rankStability(items: readonly RankedItem[], options: StabilityOptions = DEFAULT_STABILITY): ItemStability[] {
  const order = items.slice().sort((a, b) => b.benefit / b.cost - a.benefit / a.cost || (a.id < b.id ? -1 : 1));
  const random = seededRandom(options.seed);
  const ranks = order.map(() => new Float64Array(options.runs));
  const ahead = order.map(() => 0);
  for (let run = 0; run < options.runs; run++) {
    const ratios = order.map((item) => {
      const { cost, demand } = REFERENCE_CLASSES[item.kind];
      const benefit = item.benefit * lognormalAt(demand, random.normal()) * lognormalAt(options.speeds, random.normal());
      return benefit / (item.cost * lognormalAt(cost, random.normal()));
    });
    const places = ratios.map((_ratio, index) => index).sort((a, b) => (ratios[b] ?? 0) - (ratios[a] ?? 0) || a - b);
    places.forEach((item, place) => {
      const own = ranks[item];
      if (own) own[run] = place + 1;
    });
    for (let index = 0; index + 1 < order.length; index++) {
      if ((ratios[index] ?? 0) > (ratios[index + 1] ?? 0)) ahead[index] = (ahead[index] ?? 0) + 1;
    }
  }
  return order.map((item, index) => {
    const own = (ranks[index] ?? new Float64Array()).sort();
    const kept = own.filter((rank) => Math.abs(rank - (index + 1)) <= options.places).length;
    const beatsNext = index + 1 < order.length ? (ahead[index] ?? 0) / options.runs : null;
    return {
      id: item.id,
      rank: index + 1,
      keepsPlace: kept / options.runs,
      rankLow: quantile(own, 0.1) ?? index + 1,
      rankHigh: quantile(own, 0.9) ?? index + 1,
      beatsNext,
      verdict: verdictOf(beatsNext),
    };
  });
}

function verdictOf(beatsNext: number | null): string {
  if (beatsNext === null) return 'last of the list';
  const share = `${Math.round(beatsNext * 100)}% of runs`;
  return beatsNext >= SURE ? `ahead of the next in ${share}` : `not told apart from the next: ahead in ${share}`;
}
