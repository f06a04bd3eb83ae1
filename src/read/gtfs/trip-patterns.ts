import { greatCircleKilometres } from '../../model/place.ts';
import type { FeedTables } from './feed-tables.ts';
import type { StopsOnShape } from './link-shape.ts';
import type { ShapeLine } from './read-shapes.ts';
import { placeByDistance, projectStops, shapeKilometres } from './shape-projection.ts';
import type { StopTimeColumns } from './stop-time-columns.ts';

/** Trips of one route that serve the same stops in the same way along the same shape. */
export interface TripPattern {
  readonly route: number;
  /** positions in stops */
  readonly stops: Uint32Array;
  /** as StopTimeColumns.flags */
  readonly flags: Uint8Array;
  /** kilometres from the first stop, along the shape where it fits, else straight from stop to stop */
  readonly kilometres: Float64Array;
  readonly hasShape: boolean;
  /** a stop: 1 where the kilometres to it were measured along the shape */
  readonly isAlongShape: Uint8Array;
  /** null where there is none or it does not fit */
  readonly onShape: StopsOnShape | null;
  readonly trips: readonly number[];
}

/** Along a shape a hop is never shorter than this share of the straight line; else the shape does not fit. */
const LEAST_SHARE_OF_STRAIGHT = 0.95;

/** Group a day's trips by what they serve. Cost O(stop times + patterns · stops · points of a shape). */
export function groupTrips(tables: FeedTables, times: StopTimeColumns, shapes: ReadonlyMap<string, ShapeLine>): TripPattern[] {
  const tripsOf = new Map<string, number[]>();
  tables.trips.forEach(({ route, shape }, trip) => {
    const [from = 0, to = 0] = [times.first[trip], times.first[trip + 1]];
    if (from === to) return;
    const key = `${route}\n${shape}\n${times.stop.subarray(from, to).join()}\n${times.flags.subarray(from, to).join('')}`;
    const known = tripsOf.get(key);
    if (known) known.push(trip);
    else tripsOf.set(key, [trip]);
  });
  const alongOf = new Map<string, Float64Array>();
  for (const [id, shape] of shapes) alongOf.set(id, shapeKilometres(shape));
  return [...tripsOf.values()].map((trips): TripPattern => {
    const trip = trips[0] ?? 0;
    const [from = 0, to = 0] = [times.first[trip], times.first[trip + 1]];
    const { route = 0, shape: shapeId = '' } = tables.trips[trip] ?? {};
    const stops = times.stop.slice(from, to);
    const [shape, along] = [shapes.get(shapeId), alongOf.get(shapeId)];
    const travelled = Array.from(times.shapeDistance.subarray(from, to));
    const kilometres = distances(tables, stops, shape && along ? { id: shapeId, shape, along, travelled } : null);
    return { route, stops, flags: times.flags.slice(from, to), trips, ...kilometres };
  });
}

function distances(
  tables: FeedTables,
  stops: Uint32Array,
  line: { id: string; shape: ShapeLine; along: Float64Array; travelled: readonly number[] } | null,
): Pick<TripPattern, 'kilometres' | 'hasShape' | 'isAlongShape' | 'onShape'> {
  const places = Array.from(stops, (stop): readonly [number, number] => {
    const { longitude = 0, latitude = 0 } = tables.stops[stop] ?? {};
    return [longitude, latitude];
  });
  const straight = places.map(([longitude, latitude], index) => {
    const [x, y] = places[index - 1] ?? [longitude, latitude];
    return greatCircleKilometres(x, y, longitude, latitude);
  });
  const placed = line
    ? (placeByDistance(places, line.travelled, line.shape, line.along) ?? projectStops(places, line.shape, line.along))
    : null;
  const kilometres = new Float64Array(stops.length);
  const isAlongShape = new Uint8Array(stops.length);
  for (let index = 1; index < stops.length; index++) {
    const hop = placed ? (placed[index] ?? 0) - (placed[index - 1] ?? 0) : 0;
    const least = straight[index] ?? 0;
    const isAlong = placed !== null && hop >= LEAST_SHARE_OF_STRAIGHT * least;
    isAlongShape[index] = Number(isAlong);
    kilometres[index] = (kilometres[index - 1] ?? 0) + (isAlong ? hop : least);
  }
  const onShape = line && placed ? { id: line.id, shape: line.shape, along: line.along, placed } : null;
  return { kilometres, hasShape: placed !== null, isAlongShape, onShape };
}
