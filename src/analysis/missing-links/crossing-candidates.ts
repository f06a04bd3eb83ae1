import type { FrozenNetwork } from '../../build/freeze.ts';
import { projectKilometres } from '../../build/nearby-pairs.ts';
import { roadSpeed, type SpeedModel } from '../../build/road-speeds.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Place, RailLink, Region, RoadLink } from '../../model/tables.ts';
import { byCodePoint, travelMinutes } from '../../model/units.ts';
import type { Candidate, CandidateRules, NewArc } from './candidate.ts';

/** Ends this near to each other are an interchange of sorts already. */
const JOINED_KILOMETRES = 3;
/** Ramps, or stairs and platforms: what is paid for. */
const INTERCHANGE_KILOMETRES = 1;

interface MapLink {
  readonly link: RoadLink | RailLink;
  readonly route: string;
  readonly minutes: number;
  readonly from: Place;
  readonly to: Place;
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
}

/**
 * Source (c): motorways, or railway lines, that cross without a connection, each crossing a new interchange.
 *
 * Links are drawn straight between their ends, so a crossing is placed as well as the links are long: a hint, to be looked at on a map. The
 * turns of an interchange are its arcs: from an end of one link to an end of the other through the crossing, with a change of trains for
 * rail. Cost O(links²), links of one mode and class.
 */
export function crossingCandidates(region: Region, frozen: FrozenNetwork, rules: CandidateRules, speeds: SpeedModel): Candidate[] {
  const links = mapLinks(region, frozen, rules.mode, speeds);
  const found = new Map<string, Candidate>();
  links.forEach((first, index) => {
    for (const second of links.slice(index + 1)) {
      if (first.route === second.route) continue;
      const shares = crossing(first, second);
      if (!shares || areJoined(first, second)) continue;
      const candidate = interchange(first, second, shares, rules, frozen);
      const key = [first.route, second.route].sort(byCodePoint).join('\n');
      if (!found.has(key)) found.set(key, candidate);
    }
  });
  return [...found.values()].sort((a, b) => byCodePoint(a.id, b.id));
}

function mapLinks(region: Region, frozen: FrozenNetwork, mode: 'road' | 'rail', speeds: SpeedModel): MapLink[] {
  const places = new Map((mode === 'road' ? region.junctions : region.stations).map((place) => [place.id, place]));
  const project = projectKilometres(region.zones);
  const speedOf = roadSpeed(region, speeds);
  const chosen: readonly (RoadLink | RailLink)[] =
    mode === 'road'
      ? region.roads.filter((road) => road.status === 'open' && road.class === 'motorway')
      : region.rail.filter((link) => link.status === 'open' && link.trainsPerDay !== 0);
  return chosen
    .slice()
    .sort((a, b) => byCodePoint(a.id, b.id))
    .flatMap((link): MapLink[] => {
      const [from, to] = [places.get(link.from), places.get(link.to)];
      if (!from || !to) return [];
      const isRoad = 'route' in link;
      const route = isRoad ? link.route : link.line;
      const node = isRoad ? `before/${link.from}` : `aboard/${route}/${link.from}`;
      if (!frozen.nodeOf.has(node)) return [];
      const minutes = isRoad ? travelMinutes(link.lengthKilometres, speedOf(link)) : link.minutes;
      return [{ link, route, minutes, from, to, a: project(from.longitude, from.latitude), b: project(to.longitude, to.latitude) }];
    });
}

/** Shares along both links where they cross; null where they do not. */
function crossing(first: MapLink, second: MapLink): readonly [number, number] | null {
  const [dx, dy] = [first.b[0] - first.a[0], first.b[1] - first.a[1]];
  const [ex, ey] = [second.b[0] - second.a[0], second.b[1] - second.a[1]];
  const cross = dx * ey - dy * ex;
  if (Math.abs(cross) < 1e-9) return null;
  const [gx, gy] = [second.a[0] - first.a[0], second.a[1] - first.a[1]];
  const along = (gx * ey - gy * ex) / cross;
  const across = (gx * dy - gy * dx) / cross;
  return along > 0 && along < 1 && across > 0 && across < 1 ? [along, across] : null;
}

function areJoined(first: MapLink, second: MapLink): boolean {
  return [first.from, first.to].some((p) =>
    [second.from, second.to].some((q) => greatCircleKilometres(p.longitude, p.latitude, q.longitude, q.latitude) < JOINED_KILOMETRES),
  );
}

function interchange(
  first: MapLink,
  second: MapLink,
  [along, across]: readonly [number, number],
  rules: CandidateRules,
  frozen: FrozenNetwork,
): Candidate {
  const sides = (one: MapLink, share: number) => [
    { place: one.from, minutes: share * one.minutes },
    { place: one.to, minutes: (1 - share) * one.minutes },
  ];
  const nodes = (one: MapLink, place: Place) =>
    (rules.mode === 'road' ? [`before/${place.id}`, `after/${place.id}`] : [`aboard/${one.route}/${place.id}`]).filter((node) =>
      frozen.nodeOf.has(node),
    );
  const arcs = sides(first, along).flatMap((p) =>
    sides(second, across).flatMap((q): NewArc[] => {
      const minutes = p.minutes + rules.boardingMinutes + q.minutes;
      return nodes(first, p.place).flatMap((node, layer): NewArc[] => {
        const other = nodes(second, q.place)[layer];
        return other
          ? [
              { from: node, to: other, minutes },
              { from: other, to: node, minutes },
            ]
          : []; // prettier-ignore
      });
    }),
  );
  const nearest = (one: MapLink, share: number) => (share <= 0.5 ? one.from : one.to);
  const [from, to] = [nearest(first, along), nearest(second, across)];
  const name = (one: MapLink) => ('route' in one.link ? one.link.name || one.route : one.link.lineName || one.route);
  return {
    id: `${rules.mode}:interchange:${first.link.id}:${second.link.id}`,
    source: 'interchange',
    mode: rules.mode,
    class: 'interchange',
    from: from.id,
    to: to.id,
    fromName: from.name,
    toName: to.name,
    fromLonLat: [from.longitude, from.latitude],
    toLonLat: [to.longitude, to.latitude],
    lengthKilometres: INTERCHANGE_KILOMETRES,
    minutes: Math.min(...arcs.map((arc) => arc.minutes)) - rules.boardingMinutes,
    arcs,
    about: null,
    givenCost: null,
    givenCostCurrency: null,
    givenCostYear: null,
    why: `${name(first)} and ${name(second)} cross here without a connection`,
  };
}
