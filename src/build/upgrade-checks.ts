import { greatCircleKilometres } from '../model/place.ts';
import type { RailLink, Region, RoadLink, Service } from '../model/tables.ts';

/** Tells a fault or a suspicion of the change at hand. */
export type Tell = (severity: 'error' | 'warning', kind: string, property: string, found: string, expected: string) => void;

/** Limits of the region reader, held for added links too. */
const SPEED = { least: 1, most: 450 } as const;
const SHORTEST = 0.95;

/** Ends known and different, speed possible; a length under 0.95 of the straight line and a twin of an open link are suspicions. */
export function checkLinkEnds(region: Region, table: 'roads' | 'rail', link: RoadLink | RailLink, tell: Tell): boolean {
  const places = table === 'roads' ? region.junctions : region.stations;
  const from = places.find(({ id }) => id === link.from);
  const to = places.find(({ id }) => id === link.to);
  const kind = table === 'roads' ? 'junction' : 'station';
  if (!from) tell('error', 'dangling-end', 'from', link.from, `the id of a ${kind}`);
  if (!to) tell('error', 'dangling-end', 'to', link.to, `the id of a ${kind}`);
  if (link.from === link.to) tell('error', 'self-loop', 'to', link.to, 'another place than from');
  if (!from || !to || from === to) return false;
  if (!checkSpeed(link, tell)) return false;
  const straight = greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude);
  if (link.lengthKilometres < SHORTEST * straight) {
    tell('warning', 'too-short', 'length_km', `${link.lengthKilometres} km`, `at least ${SHORTEST} × ${straight.toFixed(2)} km straight`);
  }
  const routeOf = (row: RoadLink | RailLink) => ('route' in row ? row.route : row.line);
  const twin = region[table].find(
    (row) =>
      row.status === 'open' &&
      routeOf(row) === routeOf(link) &&
      ((row.from === link.from && row.to === link.to) || (row.from === link.to && row.to === link.from)),
  );
  if (twin) tell('warning', 'twin', 'id', link.id, `a link that is not yet there; ${twin.id} joins the same places on ${routeOf(link)}`);
  return true;
}

/** A speed that trains or cars can have, by the limits of the region reader. */
export function checkSpeed(link: RoadLink | RailLink, tell: Tell): boolean {
  const speed = 'minutes' in link ? (link.lengthKilometres / link.minutes) * 60 : link.speedKilometresPerHour;
  const isPossible = speed >= SPEED.least && speed <= SPEED.most;
  if (!isPossible) tell('error', 'absurd-speed', link.id, `${speed.toFixed(1)} km/h`, `${SPEED.least} to ${SPEED.most} km/h`);
  return isPossible;
}

/** Stops known, as many minutes as stops, minutes that never fall. */
export function checkServiceStops(region: Region, service: Service, tell: Tell): boolean {
  const known = new Set(region.stations.map(({ id }) => id));
  const strangers = service.stops.filter((stop) => !known.has(stop));
  if (strangers.length > 0) tell('error', 'unknown-stop', 'stops', strangers.join(', '), 'ids of stations');
  const rises = service.minutes.length === service.stops.length && service.minutes.every((m, i) => m >= (service.minutes[i - 1] ?? 0));
  if (!rises) tell('error', 'bad-minutes', 'minutes', service.minutes.join('|'), `${service.stops.length} rising numbers`);
  return strangers.length === 0 && rises;
}
