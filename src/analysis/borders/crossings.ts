import KDBush from 'kdbush';
import type { Place, Region } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import type { BorderSegment, JurisdictionMap } from './jurisdictions.ts';

type Point = readonly [number, number];

/** A link as a straight line on the map. */
interface LinkLine {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
}

/** How many links of a class cross a border, against lines drawn parallel to it inside the jurisdictions. */
export interface Permeability {
  readonly border: string;
  readonly class: string;
  readonly borderKilometres: number;
  readonly crossings: number;
  readonly parallelKilometres: number;
  readonly parallelCrossings: number;
  readonly crossingsPer100Kilometres: number;
  /** null where no parallel lies inside */
  readonly parallelPer100Kilometres: number | null;
}

/** Distances of the parallels from the border, both sides, in a region of full scale. */
const PARALLELS_KILOMETRES = [10, 20, 30];
/** Border pieces are cut this short before they are moved, so that bends do not tear the parallel. */
const PIECE_KILOMETRES = 10;

/**
 * Crossings per 100 km of each border and of lines parallel to it, 10, 20 and 30 km inside on both sides (times the map's scale), by class.
 *
 * A moved piece counts where both its ends and its middle lie in one of the two jurisdictions. Links are straight lines between their ends;
 * railways are counted once a pair of stations however many lines share the track. Cost O(pieces · links near).
 */
export function permeability(region: Region, map: JurisdictionMap): Permeability[] {
  const lines = linkLines(region, map);
  const rows: Permeability[] = [];
  for (const [name, own] of lines) {
    const crossers = crossingFinder(own);
    for (const border of [...new Set(map.segments.map((segment) => segment.border))].sort(byCodePoint)) {
      const segments = map.segments
        .filter((segment) => segment.border === border)
        .flatMap((segment) => cutShort(segment, PIECE_KILOMETRES * map.scale));
      const sides = border.split('|');
      const across = tally(segments, crossers);
      const inside = { kilometres: 0, crossings: 0 };
      for (const distance of PARALLELS_KILOMETRES.flatMap((value) => [value * map.scale, -value * map.scale])) {
        const moved = segments.map((segment) => shifted(segment, distance)).filter((segment) => isInside(segment, map, sides));
        const part = tally(moved, crossers);
        inside.kilometres += part.kilometres;
        inside.crossings += part.crossings;
      }
      rows.push({
        border,
        class: name,
        borderKilometres: across.kilometres,
        crossings: across.crossings,
        parallelKilometres: inside.kilometres,
        parallelCrossings: inside.crossings,
        crossingsPer100Kilometres: (across.crossings / across.kilometres) * 100,
        parallelPer100Kilometres: inside.kilometres > 0 ? (inside.crossings / inside.kilometres) * 100 : null,
      });
    }
  }
  return rows;
}

function linkLines(region: Region, map: JurisdictionMap): Map<string, LinkLine[]> {
  const at = (places: readonly Place[]) => new Map(places.map((place) => [place.id, map.project(place.longitude, place.latitude)]));
  const [junctions, stations] = [at(region.junctions), at(region.stations)];
  const byClass = new Map<string, LinkLine[]>();
  const seen = new Set<string>();
  const add = (name: string, id: string, from: Point | undefined, to: Point | undefined) => {
    if (from && to) byClass.set(name, [...(byClass.get(name) ?? []), { id, from, to }]);
  };
  for (const road of region.roads) {
    if (road.status === 'open') add(roadGroup(road.class), road.id, junctions.get(road.from), junctions.get(road.to));
  }
  for (const link of region.rail) {
    const track = byCodePoint(link.from, link.to) < 0 ? `${link.from}:${link.to}` : `${link.to}:${link.from}`;
    if (link.status !== 'open' || link.trainsPerDay === 0 || seen.has(track)) continue;
    seen.add(track);
    add('railway', track, stations.get(link.from), stations.get(link.to));
  }
  return new Map([...byClass].sort(([a], [b]) => byCodePoint(a, b)));
}

function roadGroup(roadClass: string): string {
  if (roadClass === 'motorway') return 'motorway';
  return roadClass === 'trunk' || roadClass === 'primary' ? 'trunk and primary road' : 'other road';
}

function cutShort(segment: BorderSegment, longest: number): BorderSegment[] {
  const pieces = Math.max(1, Math.ceil(segment.kilometres / longest));
  const point = (share: number): Point => [
    segment.from[0] + (segment.to[0] - segment.from[0]) * share,
    segment.from[1] + (segment.to[1] - segment.from[1]) * share,
  ];
  return Array.from({ length: pieces }, (_value, piece) => {
    return { ...segment, from: point(piece / pieces), to: point((piece + 1) / pieces), kilometres: segment.kilometres / pieces };
  });
}

function shifted(segment: BorderSegment, kilometres: number): BorderSegment {
  const [dx, dy] = [segment.to[0] - segment.from[0], segment.to[1] - segment.from[1]];
  const move: Point = [(-dy / segment.kilometres) * kilometres, (dx / segment.kilometres) * kilometres];
  const moved = (point: Point): Point => [point[0] + move[0], point[1] + move[1]];
  return { ...segment, from: moved(segment.from), to: moved(segment.to) };
}

function isInside(segment: BorderSegment, map: JurisdictionMap, sides: readonly string[]): boolean {
  const middle: Point = [(segment.from[0] + segment.to[0]) / 2, (segment.from[1] + segment.to[1]) / 2];
  const names = [segment.from, middle, segment.to].map((point) => map.at(point));
  return sides.includes(names[0] ?? '') && names.every((name) => name === names[0]);
}

/** Ids of the links that cross a segment. */
type CrossingFinder = (segment: BorderSegment) => string[];

function crossingFinder(lines: readonly LinkLine[]): CrossingFinder {
  if (lines.length === 0) return () => [];
  const index = new KDBush(lines.length);
  let longestHalf = 0;
  for (const { from, to } of lines) {
    index.add((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    longestHalf = Math.max(longestHalf, Math.hypot(to[0] - from[0], to[1] - from[1]) / 2);
  }
  index.finish();
  return (segment) => {
    const [x, y] = [(segment.from[0] + segment.to[0]) / 2, (segment.from[1] + segment.to[1]) / 2];
    return index
      .within(x, y, segment.kilometres / 2 + longestHalf)
      .flatMap((position) => lines[position] ?? [])
      .filter((line) => doCross(line, segment))
      .map((line) => line.id);
  };
}

function doCross(a: { from: Point; to: Point }, b: { from: Point; to: Point }): boolean {
  const side = (p: Point, q: Point, r: Point) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  // half-open on one side, so that a link through the joint of two border pieces counts once
  const isApart = (p: number, q: number) => (p >= 0 && q < 0) || (p < 0 && q >= 0);
  return isApart(side(b.from, b.to, a.from), side(b.from, b.to, a.to)) && isApart(side(a.from, a.to, b.from), side(a.from, a.to, b.to));
}

function tally(segments: readonly BorderSegment[], crossers: CrossingFinder): { kilometres: number; crossings: number } {
  const ids = new Set(segments.flatMap(crossers));
  return { kilometres: segments.reduce((sum, segment) => sum + segment.kilometres, 0), crossings: ids.size };
}
