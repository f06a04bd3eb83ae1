import { greatCircleKilometres } from '../../model/place.ts';
import { pairMinutes, type ZoneTimes } from '../zone-times.ts';

export interface SpeedBand {
  /** upper end of the band */
  readonly kilometres: number;
  /** straight-line km/h, demand unweighted mean over pairs; null where the band has fewer than 10 pairs */
  readonly within: number | null;
  readonly across: number | null;
}

const BAND_KILOMETRES = 25;
const LAST_BAND = 12;
const FEWEST_PAIRS = 10;

/**
 * Straight-line speed of zone pairs by distance, inside one jurisdiction (admin1) and across a border.
 * Cost O(zones²).
 */
export function speedsByDistance(times: ZoneTimes): SpeedBand[] {
  const sums = Array.from({ length: LAST_BAND }, () => ({ within: [0, 0], across: [0, 0] }));
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const minutes = from === to ? null : pairMinutes(times, from, to);
      if (!minutes) return;
      const kilometres = greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
      const band = sums[Math.floor(kilometres / BAND_KILOMETRES)];
      if (!band) return;
      const side = zone.admin1 === other.admin1 ? band.within : band.across;
      side[0] = (side[0] ?? 0) + (kilometres / minutes) * 60;
      side[1] = (side[1] ?? 0) + 1;
    });
  });
  const mean = ([sum = 0, count = 0]: number[]) => (count >= FEWEST_PAIRS ? sum / count : null);
  return sums.map((band, index) => ({
    kilometres: (index + 1) * BAND_KILOMETRES,
    within: mean(band.within),
    across: mean(band.across),
  }));
}

/** Mean over the bands that have both of across / within: under 1, pairs across a border are slower at equal distance. */
export function borderSpeedRatio(bands: readonly SpeedBand[]): number | null {
  const ratios = bands.flatMap(({ within, across }) => (within && across ? [across / within] : []));
  return ratios.length > 0 ? ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length : null;
}
