import { greatCircleKilometres } from '../../../model/place.ts';
import { pairMinutes, type ZoneTimes } from '../../zone-times.ts';
import { type BenchmarkInput, type Indicator, indicator } from './indicator.ts';

/** Speed of the ideal that efficiency is held against: a straight line at this speed, km/h. */
const IDEAL_KILOMETRES_PER_HOUR = 100;

/** How near people are to the cores and to each other. Cost O(zones²). */
export function reachIndicators({ region, times }: BenchmarkInput): Indicator[] {
  const { primaryCore, secondaryCores } = region.manifest;
  const rows: Indicator[] = [];
  for (const minutes of [60, 90, 120]) {
    const core = shareWithin(times.multimodal, [primaryCore], minutes);
    rows.push(indicator('Reach', `people within ${minutes} min of the primary core`, '%', 'high', core, 'door to door, road or rail'));
    const any = shareWithin(times.multimodal, [primaryCore, ...secondaryCores], minutes);
    rows.push(indicator('Reach', `people within ${minutes} min of any core`, '%', 'high', any, 'door to door, cores of region.json'));
  }
  for (const mode of ['road', 'rail', 'multimodal'] as const) {
    const { minutes, speed, unreachable } = weightedMeans(times[mode]);
    rows.push(
      indicator('Reach', `mean time between people, ${mode}`, 'min', 'low', minutes, 'Σ P_i P_j t_ij / Σ P_i P_j over reachable pairs'),
      indicator('Reach', `mean straight-line speed, ${mode}`, 'km/h', 'high', speed, 'Σ P_i P_j d_ij / Σ P_i P_j t_ij'),
      indicator('Reach', `pairs without a way, ${mode}`, '%', 'low', unreachable, 'Σ P_i P_j of pairs that cannot be travelled / all'),
    );
  }
  const how = `Σ P_i P_j (t of the straight line at ${IDEAL_KILOMETRES_PER_HOUR} km/h / t_ij) / Σ P_i P_j, no way = 0; after Gutiérrez 1998`;
  rows.push(indicator('Reach', 'network efficiency', '%', 'high', efficiency(times.multimodal), how));
  return rows;
}

/** Share of people whose quickest way to one of the cores is within the limit, %. */
function shareWithin(times: ZoneTimes, cores: readonly string[], limitMinutes: number): number {
  const targets = cores.map((core) => times.zones.findIndex((zone) => zone.id === core)).filter((index) => index >= 0);
  let inside = 0;
  let all = 0;
  times.zones.forEach((zone, from) => {
    all += zone.population;
    if (targets.some((to) => (pairMinutes(times, from, to) ?? Number.POSITIVE_INFINITY) <= limitMinutes)) inside += zone.population;
  });
  return (inside / all) * 100;
}

function weightedMeans(times: ZoneTimes): { minutes: number; speed: number; unreachable: number } {
  let weightSum = 0;
  let timeSum = 0;
  let lengthSum = 0;
  let cutOff = 0;
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      if (from === to) return;
      const minutes = pairMinutes(times, from, to);
      const weight = zone.population * other.population;
      if (minutes === null) cutOff += weight;
      else {
        weightSum += weight;
        timeSum += weight * minutes;
        lengthSum += weight * greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
      }
    });
  });
  return { minutes: timeSum / weightSum, speed: (lengthSum / timeSum) * 60, unreachable: (cutOff / (cutOff + weightSum)) * 100 };
}

/**
 * Mean of ideal over real time, weighted by people: between 0 and 1. (Σ 1/t, as Latora and Marchiori have it, is ruled by the few pairs whose
 * seats all but coincide.)
 */
function efficiency(times: ZoneTimes): number {
  let weightSum = 0;
  let ratioSum = 0;
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      if (from === to) return;
      const weight = zone.population * other.population;
      const minutes = pairMinutes(times, from, to);
      const kilometres = greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
      weightSum += weight;
      if (minutes) ratioSum += (weight * ((kilometres / IDEAL_KILOMETRES_PER_HOUR) * 60)) / minutes;
    });
  });
  return (ratioSum / weightSum) * 100;
}
