import KDBush from 'kdbush';
import { projectKilometres } from '../../build/nearby-pairs.ts';
import type { RailLink, Region, RoadLink } from '../../model/tables.ts';

type LonLat = readonly [number, number];

/** A link of the network that sets the standard, with its direction: motorways for roads, every passenger railway for rail. */
interface MajorNode {
  readonly x: number;
  readonly y: number;
  readonly routes: number;
  readonly links: number;
  /** unit vector onward where the network ends here, else null */
  readonly onward: readonly [number, number] | null;
  /** year of the youngest link here; null where none has one */
  readonly opened: number | null;
}

export interface Surroundings {
  readonly peopleWithin: (place: LonLat, kilometres: number) => number;
  /** km of major links whose middle lies within the distance */
  readonly majorKilometresWithin: (place: LonLat, kilometres: number) => number;
  /** straight-line km to the nearest node of the major network; 200 where there is none */
  readonly kilometresToMajor: (place: LonLat) => number;
  /** routes that meet at the best node within the distance */
  readonly routesWithin: (place: LonLat, kilometres: number) => number;
  /** how well a link from here towards there continues a route that ends within the distance: cosine, 0 where none ends or it turns back */
  readonly continues: (place: LonLat, towards: LonLat, kilometres: number, openedAfter?: number) => number;
  /** km of major links opened after a year whose middle lies within the distance */
  readonly recentKilometresWithin: (place: LonLat, kilometres: number, openedAfter: number) => number;
  /**
   * How far a link lies ahead of a route that ends: the best over ends of routes within 100 km of cos(onward, way to the middle) ·
   * cos(onward, link) · e^(−d / 50 km); 0 where none points this way
   */
  readonly aheadOfRoute: (middle: LonLat, from: LonLat, to: LonLat) => number;
  /** km to the nearest core of the region, and |cos| of the angle between the link and the way to that core: 1 radial, 0 round */
  readonly toCore: (middle: LonLat, from: LonLat, to: LonLat) => { kilometres: number; radial: number };
}

const NO_MAJOR_KILOMETRES = 200;
const AHEAD_KILOMETRES = 100;
const AHEAD_DECAY_KILOMETRES = 50;

/** Links that set the standard of a mode in a region: open motorways, or open railways with passengers. */
export function majorLinks(region: Region, mode: 'road' | 'rail'): (RoadLink | RailLink)[] {
  if (mode === 'road') return region.roads.filter((road) => road.status === 'open' && road.class === 'motorway');
  return region.rail.filter((link) => link.status === 'open' && link.trainsPerDay !== 0);
}

/** What lies around places of a region, by straight lines. Cost O(links) to make; O(zones) or O(nodes nearby) a question. */
export function surroundings(region: Region, mode: 'road' | 'rail'): Surroundings {
  const project = projectKilometres(region.zones);
  const at = (place: LonLat) => project(place[0], place[1]);
  const zones = region.zones.map((zone) => ({ at: project(zone.longitude, zone.latitude), people: zone.population }));
  const { nodes, middles } = majorNetwork(region, mode, project);
  const nodeIndex = indexOf(nodes);
  const middleIndex = indexOf(middles);
  const cores = [region.manifest.primaryCore, ...region.manifest.secondaryCores].flatMap((id) => {
    const zone = region.zones.find((row) => row.id === id);
    return zone ? [project(zone.longitude, zone.latitude)] : [];
  });
  const nodesNear = (place: LonLat, kilometres: number) => nodeIndex(at(place), kilometres).flatMap((index) => nodes[index] ?? []);
  return {
    peopleWithin: (place, kilometres) => {
      const [x, y] = at(place);
      return zones.reduce((sum, zone) => (Math.hypot(zone.at[0] - x, zone.at[1] - y) <= kilometres ? sum + zone.people : sum), 0);
    },
    majorKilometresWithin: (place, kilometres) =>
      middleIndex(at(place), kilometres).reduce((sum, index) => sum + (middles[index]?.kilometres ?? 0), 0),
    kilometresToMajor: (place) => {
      const [x, y] = at(place);
      for (const reach of [5, 20, 80, NO_MAJOR_KILOMETRES]) {
        const near = nodesNear(place, reach);
        if (near.length > 0) return Math.min(...near.map((node) => Math.hypot(node.x - x, node.y - y)));
      }
      return NO_MAJOR_KILOMETRES;
    },
    routesWithin: (place, kilometres) => Math.max(0, ...nodesNear(place, kilometres).map((node) => node.routes)),
    recentKilometresWithin: (place, kilometres, openedAfter) =>
      middleIndex(at(place), kilometres).reduce((sum, index) => {
        const middle = middles[index];
        return middle && (middle.opened ?? 0) > openedAfter ? sum + middle.kilometres : sum;
      }, 0),
    continues: (place, towards, kilometres, openedAfter = 0) => {
      const [x, y] = at(place);
      const [toX, toY] = at(towards);
      const length = Math.hypot(toX - x, toY - y);
      const cosines = nodesNear(place, kilometres).map(({ onward, opened }) =>
        onward && length > 0 && (opened ?? 0) >= openedAfter ? (onward[0] * (toX - x) + onward[1] * (toY - y)) / length : 0,
      );
      return Math.max(0, ...cosines);
    },
    aheadOfRoute: (middle, from, to) => {
      const [x, y] = at(middle);
      const [fromX, fromY] = at(from);
      const [toX, toY] = at(to);
      const length = Math.max(1e-6, Math.hypot(toX - fromX, toY - fromY));
      const values = nodesNear(middle, AHEAD_KILOMETRES).map((node) => {
        if (!node.onward) return 0;
        const distance = Math.max(1e-6, Math.hypot(x - node.x, y - node.y));
        const ahead = (node.onward[0] * (x - node.x) + node.onward[1] * (y - node.y)) / distance;
        const along = Math.abs(node.onward[0] * (toX - fromX) + node.onward[1] * (toY - fromY)) / length;
        return Math.max(0, ahead) * along * Math.exp(-distance / AHEAD_DECAY_KILOMETRES);
      });
      return Math.max(0, ...values);
    },
    toCore: (middle, from, to) => {
      const [x, y] = at(middle);
      const [fromX, fromY] = at(from);
      const [toX, toY] = at(to);
      let nearest = { kilometres: NO_MAJOR_KILOMETRES, radial: 0 };
      for (const [coreX, coreY] of cores) {
        const kilometres = Math.hypot(coreX - x, coreY - y);
        if (kilometres >= nearest.kilometres) continue;
        const span = Math.hypot(toX - fromX, toY - fromY) * kilometres;
        const along = (toX - fromX) * (coreX - x) + (toY - fromY) * (coreY - y);
        nearest = { kilometres, radial: span > 0 ? Math.abs(along) / span : 0 };
      }
      return nearest;
    },
  };
}

function indexOf(
  points: readonly { readonly x: number; readonly y: number }[],
): (at: readonly [number, number], kilometres: number) => number[] {
  if (points.length === 0) return () => [];
  const index = new KDBush(points.length);
  for (const { x, y } of points) index.add(x, y);
  index.finish();
  return ([x, y], kilometres) => index.within(x, y, kilometres);
}

function majorNetwork(region: Region, mode: 'road' | 'rail', project: (longitude: number, latitude: number) => [number, number]) {
  const places = new Map((mode === 'road' ? region.junctions : region.stations).map((place) => [place.id, place]));
  const at = (id: string) => {
    const place = places.get(id);
    return place ? project(place.longitude, place.latitude) : null;
  };
  const touching = new Map<string, { routes: Set<string>; others: Set<string>; opened: number | null }>();
  const middles: { x: number; y: number; kilometres: number; opened: number | null }[] = [];
  for (const link of majorLinks(region, mode)) {
    const [from, to] = [at(link.from), at(link.to)];
    if (!from || !to) continue;
    middles.push({ x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2, kilometres: link.lengthKilometres, opened: link.opened });
    for (const [end, other] of [
      [link.from, link.to],
      [link.to, link.from],
    ] as const) {
      const entry = touching.get(end) ?? { routes: new Set<string>(), others: new Set<string>(), opened: null };
      entry.opened = link.opened === null ? entry.opened : Math.max(link.opened, entry.opened ?? 0);
      entry.routes.add('route' in link ? link.route : link.line);
      entry.others.add(other);
      touching.set(end, entry);
    }
  }
  const nodes = [...touching].flatMap(([id, { routes, others, opened }]): MajorNode[] => {
    const here = at(id);
    if (!here) return [];
    const [only, more] = [...others];
    const before = only !== undefined && more === undefined ? at(only) : null;
    const length = before ? Math.hypot(here[0] - before[0], here[1] - before[1]) : 0;
    const onward = before && length > 0 ? ([(here[0] - before[0]) / length, (here[1] - before[1]) / length] as const) : null;
    return [{ x: here[0], y: here[1], routes: routes.size, links: others.size, onward, opened }];
  });
  return { nodes, middles };
}
