import { projectKilometres } from '../../build/nearby-pairs.ts';
import type { RailLink, Region, RoadLink } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { pieces } from './as-of.ts';

const MOST_KILOMETRES = 15;
const SHARE_OF_LENGTH = 0.4;

/** Both ends of a pick must lie this near to the ends of what was built (rule "lenient match"). */
export function matchKilometres(lengthKilometres: number): number {
  return Math.min(MOST_KILOMETRES, SHARE_OF_LENGTH * lengthKilometres);
}

export interface Pick {
  readonly fromLonLat: readonly [number, number];
  readonly toLonLat: readonly [number, number];
  readonly lengthKilometres: number;
}

interface RouteNode {
  readonly x: number;
  readonly y: number;
  /** piece of a route's links, route by route */
  readonly piece: number;
  readonly node: string;
}

export interface RoutePieces {
  /** route of the first piece that a pick matches, or null */
  readonly match: (pick: Pick) => string | null;
}

/** Route of a link: the number of a road, the line of a railway. */
function routeOf(link: RoadLink | RailLink): string {
  return 'route' in link ? link.route : link.line;
}

/**
 * Links as connected pieces of one route each. A pick matches a piece when two different nodes of it lie within `matchKilometres` of the
 * pick's two ends: one link, or a chain of links of one route.
 *
 * Cost O(links) to make, O(nodes) a pick.
 */
export function routePieces(region: Region, links: readonly (RoadLink | RailLink)[]): RoutePieces {
  const places = new Map([...region.junctions, ...region.stations].map((place) => [place.id, place]));
  const project = projectKilometres(region.zones);
  const { nodes, routes } = piecesOf(links, (id) => {
    const place = places.get(id);
    return place ? project(place.longitude, place.latitude) : null;
  });
  return {
    match: ({ fromLonLat, toLonLat, lengthKilometres }) => {
      const reach = matchKilometres(lengthKilometres);
      const nearFrom = nodesNear(nodes, project(...fromLonLat), reach);
      if (nearFrom.length === 0) return null;
      const nearTo = nodesNear(nodes, project(...toLonLat), reach);
      const found = nearFrom
        .filter((a) => nearTo.some((b) => a.piece === b.piece && a.node !== b.node))
        .map((node) => routes[node.piece] ?? '')
        .sort(byCodePoint);
      return found[0] ?? null;
    },
  };
}

function nodesNear(nodes: readonly RouteNode[], [x, y]: readonly [number, number], kilometres: number): RouteNode[] {
  return nodes.filter((node) => Math.hypot(node.x - x, node.y - y) <= kilometres);
}

function piecesOf(
  links: readonly (RoadLink | RailLink)[],
  place: (id: string) => readonly [number, number] | null,
): { nodes: RouteNode[]; routes: string[] } {
  const byRoute = new Map<string, (RoadLink | RailLink)[]>();
  for (const link of links) byRoute.set(routeOf(link), [...(byRoute.get(routeOf(link)) ?? []), link]);
  const nodes: RouteNode[] = [];
  const routes: string[] = [];
  for (const [route, own] of [...byRoute].sort(([a], [b]) => byCodePoint(a, b))) {
    const numberOf = new Map<string, number>();
    for (const [node, piece] of [...pieces(own)].sort(([a], [b]) => byCodePoint(a, b))) {
      const number = numberOf.get(piece) ?? routes.push(route) - 1;
      numberOf.set(piece, number);
      const position = place(node);
      if (position) nodes.push({ x: position[0], y: position[1], piece: number, node });
    }
  }
  return { nodes, routes };
}
