import { type BalanceOptions, type BalanceReport, balance } from './furness.ts';

/** What a model of trips between zones is made from. */
export interface DemandSetting {
  /** trips that start in a zone */
  readonly productions: Float64Array;
  /** what draws trips to a zone: jobs, or observed trips that end there */
  readonly attractions: Float64Array;
  /** minutes between zones, row-major; Infinity where there is no way; the diagonal holds times within zones */
  readonly minutes: Float64Array;
  /** false: no trips within a zone are modelled */
  readonly countsWithin: boolean;
}

/** production: every zone sends what it has, attractions only weigh; doubly: the sums of columns are met as well. */
export type Constraint = 'production' | 'doubly';

/** Decay of trips with minutes t: exp(-βt), t^-α, or t^-α exp(-βt) (Tanner 1961). */
export interface Decay {
  readonly alpha: number;
  readonly betaPerMinute: number;
}

/** Sums met to a millionth: a nearly separate corner of a region takes thousands of rounds. */
const BALANCING: BalanceOptions = { tolerance: 1e-6, maxIterations: 5000 };

/** Times below this count as this in a power of time. */
const LEAST_MINUTES = 1;

function decayAt({ alpha, betaPerMinute }: Decay, minutes: number): number {
  if (minutes === Number.POSITIVE_INFINITY) return 0;
  return Math.max(minutes, LEAST_MINUTES) ** -alpha * Math.exp(-betaPerMinute * minutes);
}

export interface ModelledTrips {
  /** trips, row-major */
  readonly trips: Float64Array;
  /** null for the production constraint, which is met in one step */
  readonly report: BalanceReport | null;
}

/**
 * Gravity model T_ij = a_i O_i b_j D_j f(t_ij), b_j = 1 where only productions are met.
 *
 * Cost O(zones²), times the rounds of balancing. Source: Wilson (1971) doi:10.1068/a030001.
 */
export function gravityTrips(
  setting: DemandSetting,
  decay: Decay,
  constraint: Constraint,
  balancing: BalanceOptions = BALANCING,
): ModelledTrips {
  const size = setting.productions.length;
  const seed = new Float64Array(size * size);
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) {
      if (from === to && !setting.countsWithin) continue;
      seed[from * size + to] =
        (setting.attractions[to] ?? 0) * decayAt(decay, setting.minutes[from * size + to] ?? Number.POSITIVE_INFINITY);
    }
  }
  return constrain(seed, setting, constraint, balancing);
}

/**
 * Radiation model: T_ij ∝ m_i n_j / ((m_i + s_ij)(m_i + n_j + s_ij)), s_ij the attractions nearer to i than j is, i and j apart. No parameter.
 *
 * Zones at the same minutes count as nearer by order of their number. m and n are both attractions here (jobs draw trips as they satisfy them).
 * Cost O(zones² log zones). Source: Simini, González, Maritan and Barabási (2012) doi:10.1038/nature10856; rows scaled to the productions as
 * in Masucci et al. (2013) doi:10.1103/PhysRevE.88.022812.
 */
export function radiationTrips(setting: DemandSetting, constraint: Constraint, balancing: BalanceOptions = BALANCING): ModelledTrips {
  const { productions, attractions, minutes, countsWithin } = setting;
  const size = productions.length;
  const seed = new Float64Array(size * size);
  const order = Array.from({ length: size }, (_value, place) => place);
  for (let from = 0; from < size; from++) {
    const time = (to: number) => minutes[from * size + to] ?? Number.POSITIVE_INFINITY;
    const reached = order.filter((to) => to !== from && time(to) !== Number.POSITIVE_INFINITY).sort((a, b) => time(a) - time(b) || a - b);
    const own = attractions[from] ?? 0;
    let between = 0;
    if (countsWithin && own > 0) seed[from * size + from] = own / (own + own);
    for (const to of reached) {
      const there = attractions[to] ?? 0;
      const nearer = own + between;
      if (nearer > 0) seed[from * size + to] = (own * there) / (nearer * (nearer + there));
      between += there;
    }
  }
  return constrain(seed, setting, constraint, balancing);
}

function constrain(
  seed: Float64Array,
  { productions, attractions }: DemandSetting,
  constraint: Constraint,
  balancing: BalanceOptions,
): ModelledTrips {
  if (constraint === 'doubly') {
    const { matrix, report } = balance(seed, productions, attractions, balancing);
    return { trips: matrix, report };
  }
  const size = productions.length;
  const trips = new Float64Array(size * size);
  for (let from = 0; from < size; from++) {
    let sum = 0;
    for (let to = 0; to < size; to++) sum += seed[from * size + to] ?? 0;
    if (sum === 0) continue;
    const factor = (productions[from] ?? 0) / sum;
    for (let to = 0; to < size; to++) trips[from * size + to] = (seed[from * size + to] ?? 0) * factor;
  }
  return { trips, report: null };
}
