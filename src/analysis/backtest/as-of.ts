import type { RailLink, Region, RoadLink, Service } from '../../model/tables.ts';

/** A region as it was in a year, and what had to be left out or taken on trust. */
export interface RegionAsOf {
  readonly region: Region;
  /** open links that carry no year: counted as old */
  readonly undatedRoads: number;
  readonly undatedRail: number;
  /** junctions that only later links touch, with the assumed links to them */
  readonly laterJunctions: readonly string[];
  readonly assumedLinksDropped: number;
  /** services that ran over links opened later */
  readonly servicesDropped: number;
}

type Dated = { readonly status: string; readonly opened: number | null };

const isOpen = (link: Dated) => link.status === 'open';
const isLater = (link: Dated, year: number) => link.opened !== null && link.opened > year;

/** Links opened after a year and open today. */
export function openedSince<Link extends Dated>(links: readonly Link[], year: number): Link[] {
  return links.filter((link) => isOpen(link) && isLater(link, year));
}

/**
 * The network as of a year, without what only the future knows (rule "leak").
 *
 * - links opened later are out; links without a year count as old, and are counted;
 * - a junction that only later links and assumed ones touch does not exist yet, nor do the assumed links to it; seats of zones, cities and
 *   towns exist always;
 * - a service runs only where its line's links of that year join each of its neighbouring stops that today's links join;
 * - plans are out. Zones keep the people of today: tables by zone and year do not exist for all regions.
 * Cost O(links + stops).
 */
export function regionAsOf(region: Region, year: number): RegionAsOf {
  const laterJunctions = junctionsOfLater(region, year);
  let assumedLinksDropped = 0;
  const roads = region.roads.filter((road) => {
    if (!isOpen(road) || isLater(road, year)) return false;
    const isLeak = isAssumed(road) && (laterJunctions.has(road.from) || laterJunctions.has(road.to));
    if (isLeak) assumedLinksDropped += 1;
    return !isLeak;
  });
  const rail = region.rail.filter((link) => isOpen(link) && !isLater(link, year));
  const services = region.services.filter((service) => isRunning(service, region.rail.filter(isOpen), rail));
  return {
    region: { ...region, roads, rail, services, plans: [] },
    undatedRoads: roads.filter((road) => road.opened === null).length,
    undatedRail: rail.filter((link) => link.opened === null).length,
    laterJunctions: [...laterJunctions].sort(),
    assumedLinksDropped,
    servicesDropped: region.services.length - services.length,
  };
}

const isAssumed = (road: RoadLink) => road.basis === 'assumed-access' || road.basis === 'assumed-neighbour';

function junctionsOfLater(region: Region, year: number): Set<string> {
  const old = new Set<string>();
  const later = new Set<string>();
  for (const road of region.roads) {
    if (!isOpen(road) || isAssumed(road)) continue;
    for (const end of [road.from, road.to]) (isLater(road, year) ? later : old).add(end);
  }
  const seats = new Set(region.junctions.filter((place) => place.kind === 'city' || place.kind === 'town').map((place) => place.id));
  return new Set([...later].filter((id) => !old.has(id) && !seats.has(id)));
}

/** Whether each pair of neighbouring stops that the line's links join today is still joined by those of another state of the network. */
export function isRunning(service: Service, today: readonly RailLink[], then: readonly RailLink[]): boolean {
  const joinedToday = joiner(today.filter((link) => link.line === service.line));
  const joinedThen = joiner(then.filter((link) => link.line === service.line));
  return service.stops.every((stop, position) => {
    const before = service.stops[position - 1];
    return before === undefined || !joinedToday(before, stop) || joinedThen(before, stop);
  });
}

type Ends = { readonly from: string; readonly to: string };

/** Whether two ends lie in one piece of these links. */
function joiner(links: readonly Ends[]): (a: string, b: string) => boolean {
  const pieceOf = pieces(links);
  return (a, b) => pieceOf.has(a) && pieceOf.get(a) === pieceOf.get(b);
}

/** The piece that each end of some links lies in, named by one of its ends. Cost O(links), nearly (union by parent, halved paths). */
export function pieces(links: readonly Ends[]): Map<string, string> {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    let top = id;
    for (let above = parent.get(top) ?? top; above !== top; above = parent.get(top) ?? top) {
      parent.set(top, parent.get(above) ?? above);
      top = above;
    }
    return top;
  };
  for (const { from, to } of links) parent.set(root(from), root(to));
  const named = new Map<string, string>();
  for (const { from, to } of links) for (const end of [from, to]) named.set(end, root(end));
  return named;
}
