import type { Zone } from '../../model/tables.ts';
import type { JurisdictionMap } from './jurisdictions.ts';
import type { ZonePair } from './zone-pairs.ts';

/** Speed of pairs by how far their middle lies from a border; negative on the side of the jurisdiction named first. */
export interface ProfileBin {
  readonly border: string;
  readonly fromKilometres: number;
  readonly toKilometres: number;
  readonly pairs: number;
  /** mean straight-line km/h; null with fewer than 5 pairs */
  readonly speed: number | null;
}

const BIN_KILOMETRES = 10;
const FARTHEST_KILOMETRES = 40;
const FEWEST_PAIRS = 5;
/** Pairs of this length: long enough to be a trip between towns, short enough to lie at a place. */
const SPAN_KILOMETRES = [15, 60] as const;

/** The speed profile across every border, in bins of 10 km up to 40 km to both sides, times the map's scale. Cost O(pairs · border pieces). */
export function speedProfile(pairs: readonly ZonePair[], zones: readonly Zone[], map: JurisdictionMap): ProfileBin[] {
  const bins = new Map<string, { sum: number; count: number }>();
  const places = zones.map((zone) => map.project(zone.longitude, zone.latitude));
  for (const { from, to, kilometres, minutes } of pairs) {
    if (kilometres < SPAN_KILOMETRES[0] * map.scale || kilometres > SPAN_KILOMETRES[1] * map.scale || minutes <= 0) continue;
    const key = binOf(places[from], places[to], map);
    if (key === null) continue;
    const entry = bins.get(key) ?? { sum: 0, count: 0 };
    entry.sum += (kilometres / minutes) * 60;
    entry.count += 1;
    bins.set(key, entry);
  }
  const width = BIN_KILOMETRES * map.scale;
  const rows: ProfileBin[] = [];
  for (const border of [...new Set(map.segments.map((segment) => segment.border))].sort()) {
    for (let bin = -FARTHEST_KILOMETRES / BIN_KILOMETRES; bin < FARTHEST_KILOMETRES / BIN_KILOMETRES; bin++) {
      const { sum, count } = bins.get(`${border}\n${bin}`) ?? { sum: 0, count: 0 };
      const speed = count >= FEWEST_PAIRS ? sum / count : null;
      rows.push({ border, fromKilometres: bin * width, toKilometres: (bin + 1) * width, pairs: count, speed });
    }
  }
  return rows;
}

type Point = readonly [number, number];

function binOf(a: Point | undefined, b: Point | undefined, map: JurisdictionMap): string | null {
  if (!a || !b) return null;
  const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const nearest = map.nearestBorder(middle);
  if (!nearest || nearest.kilometres >= FARTHEST_KILOMETRES * map.scale) return null;
  const side = map.at(middle) === nearest.segment.border.split('|')[0] ? -1 : 1;
  return `${nearest.segment.border}\n${Math.floor((side * nearest.kilometres) / (BIN_KILOMETRES * map.scale))}`;
}
