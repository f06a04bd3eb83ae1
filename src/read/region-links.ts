import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OSM_CAR_CLASSES, OSM_RAIL_CLASSES, RAIL_CLASSES, ROAD_CLASSES } from '../model/classes.ts';
import { greatCircleKilometres } from '../model/place.ts';
import type { Problem } from '../model/problem.ts';
import type { Drawn, ModeDefaults, Place, Plan, RailLink, RoadLink } from '../model/tables.ts';
import { travelMinutes } from '../model/units.ts';
import { type Fault, faultsInto, readFeatures } from './features.ts';
import { planSchema, railSchema, roadSchema } from './schemas.ts';

const FASTEST_KILOMETRES_PER_HOUR = 450;
const SLOWEST_KILOMETRES_PER_HOUR = 1;

/** Classes of our own, of OpenStreetMap, and of connectors that a repair puts in. */
const KNOWN_ROADS: ReadonlySet<string> = new Set([...ROAD_CLASSES, ...OSM_CAR_CLASSES, 'track', 'connector']);
const KNOWN_RAIL: ReadonlySet<string> = new Set([...RAIL_CLASSES, ...OSM_RAIL_CLASSES]);

/** What a reader of links needs beside the file: where problems go, and the region's defaults. */
interface LinkContext {
  readonly folder: string;
  readonly fault: Fault;
  readonly problems: Problem[];
  readonly defaults: ModeDefaults;
}

/** Rail links of a folder; lengths and minutes that are absent are worked out and noted one by one, or refused. */
export function readRail(context: LinkContext): RailLink[] {
  const { folder, fault, defaults } = context;
  const file = 'rail.geojson';
  const features = readFeatures(folder, file, 'LineString', railSchema, fault);
  suspectClasses(
    context,
    file,
    features.map(({ row }) => row),
    KNOWN_RAIL,
  );
  return features.flatMap(({ row, kept, positions }): RailLink[] => {
    const { line_name, length_km, trains_per_day, headway_min, minutes: given, ...link } = row;
    const lengthKilometres = length_km ?? measuredLength(context, file, row.id, positions);
    if (lengthKilometres === null) return [];
    const minutes = given ?? minutesByClass(context, file, row.id, row.class, lengthKilometres);
    if (minutes === null) return [];
    const speed = (lengthKilometres / minutes) * 60;
    if (speed < SLOWEST_KILOMETRES_PER_HOUR || speed > FASTEST_KILOMETRES_PER_HOUR) {
      const expected = `${SLOWEST_KILOMETRES_PER_HOUR} to ${FASTEST_KILOMETRES_PER_HOUR} km/h`;
      fault('absurd-speed', file, row.id, 'minutes', `${speed.toFixed(1)} km/h`, expected);
      return [];
    }
    const byHeadway = headway_min ? (defaults.serviceHoursPerDay * 60) / headway_min : null;
    return [
      { ...link, kept, ...drawn(positions), minutes, lineName: line_name, lengthKilometres, trainsPerDay: trains_per_day ?? byHeadway },
    ];
  });
}

/** Road links of a folder; lengths and speeds that are absent are worked out and noted one by one, or refused. */
export function readRoads(context: LinkContext): RoadLink[] {
  const { folder, fault, defaults } = context;
  const file = 'roads.geojson';
  const features = readFeatures(folder, file, 'LineString', roadSchema, fault);
  suspectClasses(
    context,
    file,
    features.map(({ row }) => row),
    KNOWN_ROADS,
  );
  return features.flatMap(({ row, kept, positions }): RoadLink[] => {
    const { length_km, speed_kmh, ...link } = row;
    const lengthKilometres = length_km ?? measuredLength(context, file, row.id, positions);
    const speed = speed_kmh ?? defaults.speedKilometresPerHourByClass[row.class] ?? null;
    if (speed === null) fault('missing-speed', file, row.id, 'speed_kmh', 'nothing', speedExpectation(row.class));
    else if (speed_kmh === null) note(context, file, row.id, 'speed_kmh', `${speed} km/h, the speed of ${row.class} in region.json`);
    if (lengthKilometres === null || speed === null) return [];
    return [{ ...link, kept, ...drawn(positions), lengthKilometres, speedKilometresPerHour: speed }];
  });
}

/** Line of more than two positions; a straight one is drawn again from its ends. */
function drawn(positions: readonly (readonly [number, number])[]): Drawn {
  return positions.length > 2 ? { geometry: positions } : {};
}

function speedExpectation(linkClass: string): string {
  return `a number, or a speed of class "${linkClass}" in region.json (defaults.speedKilometresPerHourByClass)`;
}

function note({ problems }: LinkContext, file: string, feature: string, property: string, used: string): void {
  problems.push({
    severity: 'note',
    kind: `imputed-${property}`,
    file,
    feature,
    property,
    found: 'nothing',
    expected: `a number; took ${used}`,
  });
}

/** Classes that no rule knows, a warning a class. */
function suspectClasses(
  { problems }: LinkContext,
  file: string,
  links: readonly { id: string; class: string }[],
  known: ReadonlySet<string>,
): void {
  const unknown = new Map<string, { first: string; count: number }>();
  for (const { id, class: own } of links) {
    if (known.has(own)) continue;
    const seen = unknown.get(own);
    if (seen) seen.count += 1;
    else unknown.set(own, { first: id, count: 1 });
  }
  for (const [found, { first, count }] of unknown) {
    const feature = count === 1 ? first : `${count} links, ${first} first`;
    problems.push({ severity: 'warning', kind: 'unknown-class', file, feature, property: 'class', found, expected: [...known].join(', ') });
  }
}

/** Length along the vertices on the mean sphere, noted; null, with a fault, where there is no geometry. */
function measuredLength(
  context: LinkContext,
  file: string,
  feature: string,
  positions: readonly (readonly [number, number])[],
): number | null {
  if (positions.length < 2) {
    context.fault('missing-length', file, feature, 'length_km', 'nothing', 'a number, or a geometry to measure');
    return null;
  }
  let kilometres = 0;
  for (let index = 1; index < positions.length; index++) {
    const [a, b] = [positions[index - 1], positions[index]];
    if (a && b) kilometres += greatCircleKilometres(a[0], a[1], b[0], b[1]);
  }
  note(context, file, feature, 'length_km', `${kilometres.toFixed(3)} km along the geometry on the mean sphere`);
  return kilometres;
}

function minutesByClass(context: LinkContext, file: string, feature: string, linkClass: string, lengthKilometres: number): number | null {
  const speed = context.defaults.speedKilometresPerHourByClass[linkClass];
  if (speed === undefined) {
    context.fault('missing-minutes', file, feature, 'minutes', 'nothing', speedExpectation(linkClass));
    return null;
  }
  note(context, file, feature, 'minutes', `${speed} km/h, the speed of ${linkClass} in region.json`);
  return travelMinutes(lengthKilometres, speed);
}

export function readPlans(folder: string, fault: Fault): Plan[] {
  if (!existsSync(join(folder, 'plans.geojson'))) return [];
  return readFeatures(folder, 'plans.geojson', 'LineString', planSchema, fault).map(({ row, positions }) => ({
    id: row.id,
    name: row.name,
    mode: row.mode,
    from: row.from,
    to: row.to,
    fromLonLat: positions[0] ?? [0, 0],
    toLonLat: positions.at(-1) ?? [0, 0],
    lengthKilometres: row.length_km,
    minutes: row.minutes,
    speedKilometresPerHour: row.speed_kmh,
    cost: row.cost,
    costCurrency: row.cost_currency,
    costYear: row.cost_year,
    status: row.status,
    openingYear: row.opening_year,
    source: row.source,
    confidence: row.confidence,
    basis: row.basis,
  }));
}

/** Links with known ends that differ; lengths under 0.95 of the straight line are suspicions. */
export function keepSound<T extends { id: string; from: string; to: string; lengthKilometres: number }>(
  links: readonly T[],
  places: readonly Place[],
  file: string,
  problems: Problem[],
): T[] {
  const fault = faultsInto(problems);
  const placeOf = new Map(places.map((place) => [place.id, place]));
  return links.filter((link) => {
    const from = placeOf.get(link.from);
    const to = placeOf.get(link.to);
    if (!from) fault('dangling-end', file, link.id, 'from', link.from, 'the id of a place');
    if (!to) fault('dangling-end', file, link.id, 'to', link.to, 'the id of a place');
    if (link.from === link.to) fault('self-loop', file, link.id, 'to', link.to, 'another place than from');
    if (!from || !to || from === to) return false;
    const straight = greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude);
    if (link.lengthKilometres < 0.95 * straight) {
      const found = `${link.lengthKilometres} km`;
      const expected = `at least 0.95 × ${straight.toFixed(2)} km straight`;
      problems.push({ severity: 'warning', kind: 'too-short', file, feature: link.id, property: 'length_km', found, expected });
    }
    return true;
  });
}
