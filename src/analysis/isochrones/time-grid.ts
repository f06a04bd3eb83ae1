import type { MultiPolygon } from 'geojson';

/** Great-circle kilometres of one degree of latitude on the mean sphere. */
export const KILOMETRES_PER_DEGREE = 111.195;

/** A place that is reached, and when. */
export interface ReachedPlace {
  readonly longitude: number;
  readonly latitude: number;
  readonly minutes: number;
}

/** Samples at even steps of longitude and latitude; sample (column, row) lies at west + column · step, north − row · step. */
export interface TimeGrid {
  readonly columns: number;
  readonly rows: number;
  readonly west: number;
  readonly north: number;
  readonly longitudeStep: number;
  readonly latitudeStep: number;
  /** values are cut off at this many kilometres either way: only the sign and the nearest sample matter to a contour */
  readonly depthKilometres: number;
}

/** A grid over the places with a margin of `reachKilometres` and two cells, square at the mean latitude. */
export function gridAround(places: readonly ReachedPlace[], cellKilometres: number, reachKilometres: number): TimeGrid {
  const longitudes = places.map((place) => place.longitude);
  const latitudes = places.map((place) => place.latitude);
  const [south, north] = [extreme(latitudes, Math.min), extreme(latitudes, Math.max)];
  const latitudeStep = cellKilometres / KILOMETRES_PER_DEGREE;
  const longitudeStep = latitudeStep / cosine((south + north) / 2);
  const farthest = Math.max(Math.abs(south), Math.abs(north));
  const padRows = Math.ceil(reachKilometres / cellKilometres) + 3;
  const padColumns = Math.ceil((padRows * cosine((south + north) / 2)) / cosine(farthest)) + 1;
  const west = extreme(longitudes, Math.min) - padColumns * longitudeStep;
  const top = north + padRows * latitudeStep;
  return {
    columns: Math.ceil((extreme(longitudes, Math.max) - west) / longitudeStep) + padColumns,
    rows: Math.ceil((top - south) / latitudeStep) + padRows,
    west,
    north: top,
    longitudeStep,
    latitudeStep,
    depthKilometres: 1.5 * cellKilometres,
  };
}

function extreme(values: readonly number[], pick: (a: number, b: number) => number): number {
  return values.reduce((most, value) => pick(most, value), values[0] ?? 0);
}

export function cosine(latitude: number): number {
  return Math.cos((latitude * Math.PI) / 180);
}

/**
 * Kilometres inside (+) or outside (−) the discs that can be reached in time: the maximum over places of radius − distance, cut off at the
 * grid's depth. The radius of a place is what is left of the limit at the off-network speed, at most the longest leg.
 *
 * As radii grow with the limit, so does the field at every sample: contours of two limits nest.
 * Cost O(places · samples of a disc).
 */
export function reachField(
  grid: TimeGrid,
  places: readonly ReachedPlace[],
  limitMinutes: number,
  legs: { readonly kilometresPerHour: number; readonly kilometres: number },
): Float64Array {
  const field = new Float64Array(grid.columns * grid.rows).fill(-grid.depthKilometres);
  for (const place of places) {
    const radius = Math.min(legs.kilometres, ((limitMinutes - place.minutes) / 60) * legs.kilometresPerHour);
    if (radius > 0) raiseDisc(grid, field, place, radius);
  }
  return field;
}

function raiseDisc(grid: TimeGrid, field: Float64Array, place: ReachedPlace, radius: number): void {
  const extent = radius + grid.depthKilometres;
  const rowReach = extent / KILOMETRES_PER_DEGREE / grid.latitudeStep;
  const middleRow = (grid.north - place.latitude) / grid.latitudeStep;
  const middleColumn = (place.longitude - grid.west) / grid.longitudeStep;
  const lastRow = Math.min(grid.rows - 1, Math.floor(middleRow + rowReach));
  for (let row = Math.max(0, Math.ceil(middleRow - rowReach)); row <= lastRow; row++) {
    const latitude = grid.north - row * grid.latitudeStep;
    const columnKilometres = grid.longitudeStep * KILOMETRES_PER_DEGREE * cosine((latitude + place.latitude) / 2);
    const north = (latitude - place.latitude) * KILOMETRES_PER_DEGREE;
    const columnReach = extent / columnKilometres;
    const lastColumn = Math.min(grid.columns - 1, Math.floor(middleColumn + columnReach));
    for (let column = Math.max(0, Math.ceil(middleColumn - columnReach)); column <= lastColumn; column++) {
      const east = (column - middleColumn) * columnKilometres;
      const inside = Math.min(grid.depthKilometres, radius - Math.sqrt(east * east + north * north));
      const sample = row * grid.columns + column;
      if (inside > field[sample]!) field[sample] = inside;
    }
  }
}

/**
 * Kilometres from the coast, + on land and − at sea, cut off at the grid's depth. Sign by even-odd crossings of each row.
 *
 * @param islets  seats that lie off the known land: a disc of two kilometres around each counts as land
 * Cost O(vertices · rows a segment spans).
 */
export function landField(grid: TimeGrid, land: MultiPolygon, islets: readonly { longitude: number; latitude: number }[]): Float64Array {
  const field = new Float64Array(grid.columns * grid.rows).fill(grid.depthKilometres);
  const crossings: number[][] = Array.from({ length: grid.rows }, () => []);
  for (const ring of land.coordinates.flat()) {
    for (let point = 1; point < ring.length; point++) {
      const [a = [], b = []] = [ring[point - 1], ring[point]];
      const segment = { x1: a[0] ?? 0, y1: a[1] ?? 0, x2: b[0] ?? 0, y2: b[1] ?? 0 };
      crossRows(grid, crossings, segment);
      lowerNearSegment(grid, field, segment);
    }
  }
  signRows(grid, field, crossings);
  for (const seat of islets) raiseDisc(grid, field, { ...seat, minutes: 0 }, ISLET_KILOMETRES);
  return field;
}

/** Turn samples at sea negative: those with an even number of crossings to their west. */
function signRows(grid: TimeGrid, field: Float64Array, crossings: readonly number[][]): void {
  for (let row = 0; row < grid.rows; row++) {
    const sorted = (crossings[row] ?? []).sort((a, b) => a - b);
    let passed = 0;
    for (let column = 0; column < grid.columns; column++) {
      const longitude = grid.west + column * grid.longitudeStep;
      while (passed < sorted.length && (sorted[passed] ?? 0) < longitude) passed++;
      if (passed % 2 === 0) field[row * grid.columns + column]! *= -1;
    }
  }
}

/** Radius of the land that is assumed around a seat on an islet that the coastline leaves out. */
export const ISLET_KILOMETRES = 2;

interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

function crossRows(grid: TimeGrid, crossings: number[][], { x1, y1, x2, y2 }: Segment): void {
  if (y1 === y2) return;
  const [low, high] = y1 < y2 ? [y1, y2] : [y2, y1];
  // half-open in latitude, so that a vertex on a row is crossed once
  const last = Math.min(grid.rows - 1, Math.ceil((grid.north - low) / grid.latitudeStep));
  for (let row = Math.max(0, Math.floor((grid.north - high) / grid.latitudeStep)); row <= last; row++) {
    const latitude = grid.north - row * grid.latitudeStep;
    if (latitude >= low && latitude < high) crossings[row]?.push(x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1));
  }
}

function lowerNearSegment(grid: TimeGrid, field: Float64Array, { x1, y1, x2, y2 }: Segment): void {
  const scale = KILOMETRES_PER_DEGREE * cosine((y1 + y2) / 2);
  const rowReach = grid.depthKilometres / KILOMETRES_PER_DEGREE;
  const columnReach = grid.depthKilometres / scale;
  const firstRow = Math.max(0, Math.ceil((grid.north - Math.max(y1, y2) - rowReach) / grid.latitudeStep));
  const lastRow = Math.min(grid.rows - 1, Math.floor((grid.north - Math.min(y1, y2) + rowReach) / grid.latitudeStep));
  const firstColumn = Math.max(0, Math.ceil((Math.min(x1, x2) - columnReach - grid.west) / grid.longitudeStep));
  const lastColumn = Math.min(grid.columns - 1, Math.floor((Math.max(x1, x2) + columnReach - grid.west) / grid.longitudeStep));
  const [east, north] = [(x2 - x1) * scale, (y2 - y1) * KILOMETRES_PER_DEGREE];
  const square = east * east + north * north;
  for (let row = firstRow; row <= lastRow; row++) {
    const y = (grid.north - row * grid.latitudeStep - y1) * KILOMETRES_PER_DEGREE;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const x = (grid.west + column * grid.longitudeStep - x1) * scale;
      const along = square > 0 ? Math.min(1, Math.max(0, (x * east + y * north) / square)) : 0;
      const distance = Math.hypot(x - along * east, y - along * north);
      const sample = row * grid.columns + column;
      if (distance < field[sample]!) field[sample] = distance;
    }
  }
}
