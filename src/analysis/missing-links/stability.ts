import { seededRandom } from '../../kernels/seeded-random.ts';
import { KEEP_NOTHING, type KeptParts } from '../../model/kept-parts.ts';
import type { NewLink } from './candidate.ts';
import type { LinkGains } from './link-gains.ts';

/** Standard deviations of the logarithms that a ranking is shaken by. */
export interface StabilityOptions {
  readonly runs: number;
  readonly seed: number;
  /** of today's network as a whole */
  readonly networkSpeed: number;
  /** of each new link on its own */
  readonly linkSpeed: number;
  /** trips from and to each zone */
  readonly zoneDemand: number;
  /** cost of each link; counts only where the worth divides by cost */
  readonly cost: number;
}

export const DEFAULT_STABILITY: StabilityOptions = {
  runs: 200,
  seed: 1,
  networkSpeed: 0.1,
  linkSpeed: 0.15,
  zoneDemand: 0.2,
  cost: 0.3,
};

/** Where a link stands when speeds, demand and costs vary. */
export interface StabilityBand {
  readonly id: string;
  /** share of runs in which the link has the rank it has in the list */
  readonly keepsPlace: number;
  /** 5th and 95th percentile of its rank */
  readonly rankLow: number;
  readonly rankHigh: number;
  /** share of runs in which it is worth more than the next in the list; null for the last */
  readonly aheadOfNext: number | null;
}

/** What a link is ranked by: its gain in the run and the factor on its cost. */
export type Worth = (link: NewLink, gainPersonMinutes: number, costFactor: number) => number;

/** Rank by gain: cost plays no part. */
const WORTH_BY_GAIN: Worth = (_link, gain) => gain;

/**
 * Ranks of links over runs with other speeds, demand and costs, each gain exact within its run.
 *
 * Slowing the whole network by a factor is the same as quickening the new link by it and scaling every gain. Draws are lognormal.
 * @param links  in the order of the list
 * Cost O(runs · (zones² + links · arcGain)).
 */
export function stabilityBands(
  links: readonly NewLink[],
  gains: LinkGains,
  worth: Worth = WORTH_BY_GAIN,
  options: StabilityOptions = DEFAULT_STABILITY,
  keep: KeptParts = KEEP_NOTHING,
): StabilityBand[] {
  const random = seededRandom(options.seed);
  const draw = (deviation: number) => Math.exp(deviation * random.normal());
  const { zoneCount } = gains.tables;
  const ranks = links.map(() => new Uint32Array(options.runs));
  const ahead = new Uint32Array(links.length);
  const trips = new Float64Array(gains.trips.length);
  for (let run = 0; run < options.runs; run++) {
    const network = draw(options.networkSpeed);
    const zones = Float64Array.from({ length: zoneCount }, () => draw(options.zoneDemand));
    // drawn whether or not the run is kept: the next run goes on from here
    const factors = links.map(() => ({ speed: draw(options.linkSpeed), cost: draw(options.cost) }));
    const values = keep.part(`band ${run}`, () => {
      for (let pair = 0; pair < trips.length; pair++) {
        trips[pair] = (gains.trips[pair] ?? 0) * (zones[Math.floor(pair / zoneCount)] ?? 1) * (zones[pair % zoneCount] ?? 1);
      }
      return links.map((link, index) => {
        const { speed, cost } = factors[index] ?? { speed: 1, cost: 1 };
        const scale = network / speed;
        const arcs = link.arcs.map((arc) => ({ ...arc, minutes: arc.minutes * scale }));
        return worth(link, gains.personMinutesUnder(arcs, trips) / network, cost);
      });
    });
    const order = values.map((_value, index) => index).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
    order.forEach((index, position) => {
      const own = ranks[index];
      if (own) own[run] = position + 1;
    });
    values.forEach((value, index) => {
      if (index + 1 < values.length && value > (values[index + 1] ?? 0)) ahead[index] = (ahead[index] ?? 0) + 1;
    });
  }
  return links.map((link, index) => band(link.id, index, ranks[index] ?? new Uint32Array(), ahead[index] ?? 0, links.length, options.runs));
}

function band(id: string, index: number, ranks: Uint32Array, ahead: number, count: number, runs: number): StabilityBand {
  const sorted = ranks.slice().sort();
  const at = (share: number) => sorted[Math.min(runs - 1, Math.floor(share * runs))] ?? index + 1;
  return {
    id,
    keepsPlace: ranks.filter((rank) => rank === index + 1).length / runs,
    rankLow: at(0.05),
    rankHigh: at(0.95),
    aheadOfNext: index + 1 < count ? ahead / runs : null,
  };
}

/** Neighbours in the list that this many runs and more would put the other way round are not told apart. */
const NOISE_SHARE = 0.25;

/** In words: which stretches of a ranking hold neighbours that differ by less than the noise. */
export function noiseInWords(links: readonly NewLink[], bands: readonly StabilityBand[]): string[] {
  const stretches: [first: number, last: number][] = [];
  bands.forEach(({ aheadOfNext }, index) => {
    if (aheadOfNext === null || aheadOfNext > 1 - NOISE_SHARE) return;
    const [first, last] = [links[index]?.rank ?? 0, links[index + 1]?.rank ?? 0];
    const open = stretches.at(-1);
    if (open?.[1] === first) open[1] = last;
    else stretches.push([first, last]);
  });
  if (stretches.length === 0) return [];
  const words = stretches.map(([first, last]) => `${first}–${last}`).join(', ');
  return [
    `differences smaller than the noise: within ranks ${words} neighbours change places in ${NOISE_SHARE * 100}% of the runs and more`,
  ];
}
