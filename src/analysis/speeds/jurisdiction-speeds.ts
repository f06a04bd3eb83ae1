import { greatCircleKilometres } from '../../model/place.ts';
import { byCodePoint } from '../../model/units.ts';
import { pairMinutes, type ZoneTimes } from '../zone-times.ts';

/** How fast pairs of zones across the border of two jurisdictions travel, against pairs inside jurisdictions as far apart. */
export interface JurisdictionSpeed {
  readonly a: string;
  readonly b: string;
  readonly pairs: number;
  /** pairs that no link of the network in use joins: not in the ratio */
  readonly unreachable: number;
  /** mean over pairs of straight-line speed / mean speed within at the same distance; under 1 is slower */
  readonly ratio: number;
}

const BAND_KILOMETRES = 10;
const LAST_KILOMETRES = 150;
/** Fewer pairs say nothing. */
const FEWEST_PAIRS = 20;

/**
 * Pairs of jurisdictions (admin1), slowest first, ties by name. Pairs up to 150 km apart are compared with the mean speed within any one
 * jurisdiction in the same band of 10 km.
 *
 * @param times  on links that may carry a figure about borders
 * Cost O(zones²).
 */
export function jurisdictionSpeeds(times: ZoneTimes): JurisdictionSpeed[] {
  const within = Array.from({ length: LAST_KILOMETRES / BAND_KILOMETRES }, () => ({ sum: 0, count: 0 }));
  const across: { key: string; band: number; speed: number | null }[] = [];
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const kilometres = greatCircleKilometres(zone.longitude, zone.latitude, other.longitude, other.latitude);
      const band = Math.floor(kilometres / BAND_KILOMETRES);
      const inside = within[band];
      if (from === to || !inside) return;
      const minutes = pairMinutes(times, from, to);
      const speed = minutes === null || minutes === 0 ? null : (kilometres / minutes) * 60;
      if (zone.admin1 !== other.admin1) across.push({ key: [zone.admin1, other.admin1].sort(byCodePoint).join('\n'), band, speed });
      else if (speed !== null) {
        inside.sum += speed;
        inside.count += 1;
      }
    });
  });
  const groups = new Map<string, { sum: number; pairs: number; unreachable: number }>();
  for (const { key, band, speed } of across) {
    const group = groups.get(key) ?? { sum: 0, pairs: 0, unreachable: 0 };
    groups.set(key, group);
    const inside = within[band];
    if (speed === null) group.unreachable += 1;
    else if (inside && inside.count >= FEWEST_PAIRS) {
      group.sum += speed / (inside.sum / inside.count);
      group.pairs += 1;
    }
  }
  return [...groups]
    .filter(([, group]) => group.pairs >= FEWEST_PAIRS)
    .map(([key, { sum, pairs, unreachable }]) => {
      const [a = '', b = ''] = key.split('\n');
      return { a, b, pairs, unreachable, ratio: sum / pairs };
    })
    .sort((one, two) => one.ratio - two.ratio || byCodePoint(one.a + one.b, two.a + two.b));
}
