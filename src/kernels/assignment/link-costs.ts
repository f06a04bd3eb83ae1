/** Volume-delay functions, one a link. */
export const BPR = 0;
export const CONICAL = 1;
export const DAVIDSON = 2;

/**
 * Volume-delay functions by arc, with r = flow / capacity:
 * BPR       t₀ (1 + b r^p), Bureau of Public Roads (1964); p of 0 gives a constant;
 * CONICAL   t₀ (2 + √(p²(1-r)² + β²) - p(1-r) - β), β = (2p-1)/(2p-2), p > 1, Spiess (1990) doi:10.1287/trsc.24.2.153;
 * DAVIDSON  t₀ (1 + b r/(1-r)) up to r = p < 1, straight on from there (Davidson 1966; Taylor 1984 for the straight part).
 * All rise with flow, so the equilibrium has one vector of costs, and one of flows on links whose cost is not constant.
 */
export interface LinkCosts {
  readonly kind: Uint8Array;
  readonly freeTime: Float64Array;
  readonly capacity: Float64Array;
  readonly b: Float64Array;
  readonly power: Float64Array;
  /** true: each traveller is charged what the others lose, t + x t′: the equilibrium is then the system optimum */
  readonly isMarginal: boolean;
}

function raised(base: number, power: number): number {
  if (power === 4) return base * base * (base * base);
  if (power === 1) return base;
  if (power === 0) return 1;
  return base ** power;
}

/** Time of an arc at a flow, without charges. */
export function timeAt(costs: LinkCosts, arc: number, flow: number): number {
  const free = costs.freeTime[arc]!;
  const b = costs.b[arc]!;
  const power = costs.power[arc]!;
  const kind = costs.kind[arc]!;
  if (kind === BPR) return b === 0 ? free : free * (1 + b * raised(flow / costs.capacity[arc]!, power));
  const ratio = flow / costs.capacity[arc]!;
  if (kind === CONICAL) {
    const beta = (2 * power - 1) / (2 * power - 2);
    const u = power * (1 - ratio);
    return free * (2 + Math.sqrt(u * u + beta * beta) - u - beta);
  }
  if (ratio <= power) return free * (1 + (b * ratio) / (1 - ratio));
  return free * (1 + (b * power) / (1 - power) + (b * (ratio - power)) / (1 - power) ** 2);
}

/** First derivative of timeAt by flow. */
function slopeAt(costs: LinkCosts, arc: number, flow: number): number {
  const free = costs.freeTime[arc]!;
  const b = costs.b[arc]!;
  const power = costs.power[arc]!;
  const capacity = costs.capacity[arc]!;
  const kind = costs.kind[arc]!;
  if (kind === BPR) return b === 0 || power === 0 ? 0 : (free * b * power * raised(flow / capacity, power - 1)) / capacity;
  const ratio = flow / capacity;
  if (kind === CONICAL) {
    const beta = (2 * power - 1) / (2 * power - 2);
    const u = power * (1 - ratio);
    return (free * power * (1 - u / Math.sqrt(u * u + beta * beta))) / capacity;
  }
  return (free * b) / (1 - Math.min(ratio, power)) ** 2 / capacity;
}

/** Second derivative of timeAt by flow. */
function curvatureAt(costs: LinkCosts, arc: number, flow: number): number {
  const free = costs.freeTime[arc]!;
  const b = costs.b[arc]!;
  const power = costs.power[arc]!;
  const capacity = costs.capacity[arc]!;
  const kind = costs.kind[arc]!;
  const ratio = flow / capacity;
  if (kind === BPR) {
    if (b === 0 || power === 0 || power === 1) return 0;
    return (free * b * power * (power - 1) * raised(ratio, power - 2)) / (capacity * capacity);
  }
  if (kind === CONICAL) {
    const beta = (2 * power - 1) / (2 * power - 2);
    const u = power * (1 - ratio);
    return (free * power * power * beta * beta) / (u * u + beta * beta) ** 1.5 / (capacity * capacity);
  }
  return ratio > power ? 0 : (2 * free * b) / (1 - ratio) ** 3 / (capacity * capacity);
}

/** Integral of timeAt from 0 to a flow. */
function areaAt(costs: LinkCosts, arc: number, flow: number): number {
  const free = costs.freeTime[arc]!;
  const b = costs.b[arc]!;
  const power = costs.power[arc]!;
  const capacity = costs.capacity[arc]!;
  const kind = costs.kind[arc]!;
  if (kind === BPR) return b === 0 ? free * flow : free * flow * (1 + (b / (power + 1)) * raised(flow / capacity, power));
  const ratio = flow / capacity;
  if (kind === CONICAL) {
    const beta = (2 * power - 1) / (2 * power - 2);
    const root = (u: number) => (u * Math.sqrt(u * u + beta * beta) + beta * beta * Math.asinh(u / beta)) / 2;
    const straight = (2 - beta) * flow - power * (flow - (flow * flow) / (2 * capacity));
    return free * (straight + (capacity / power) * (root(power) - root(power * (1 - ratio))));
  }
  const bent = Math.min(ratio, power);
  const area = free * capacity * (bent + b * (-bent - Math.log1p(-bent)));
  const over = flow - bent * capacity;
  if (over <= 0) return area;
  return area + over * (timeAt(costs, arc, bent * capacity) + (slopeAt(costs, arc, bent * capacity) * over) / 2);
}

/** What a traveller minds on an arc: its time, or its marginal time in the system optimum. Charges come on top, by class. */
export function costAt(costs: LinkCosts, arc: number, flow: number): number {
  const time = timeAt(costs, arc, flow);
  return costs.isMarginal ? time + (flow > 0 ? flow * slopeAt(costs, arc, flow) : 0) : time;
}

/** First derivative of costAt by flow. */
export function costSlopeAt(costs: LinkCosts, arc: number, flow: number): number {
  const slope = slopeAt(costs, arc, flow);
  return costs.isMarginal ? 2 * slope + (flow > 0 ? flow * curvatureAt(costs, arc, flow) : 0) : slope;
}

/** Integral of costAt from 0 to a flow: the arc's part of the objective of Beckmann, McGuire and Winsten (1956). */
export function costAreaAt(costs: LinkCosts, arc: number, flow: number): number {
  return costs.isMarginal ? flow * timeAt(costs, arc, flow) : areaAt(costs, arc, flow);
}
