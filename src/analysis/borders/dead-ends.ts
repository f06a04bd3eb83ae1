import { freezeMetres } from '../../build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../build/graph-types.ts';
import { buildLinkGraph } from '../../build/link-graph.ts';
import { nearestPlaces } from '../../build/nearest-places.ts';
import { createSearch } from '../../kernels/one-to-all.ts';
import { UNREACHED } from '../../model/network.ts';
import type { Place, RailLink, Region, RoadLink } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { borderId, type JurisdictionMap } from './jurisdictions.ts';

export interface DeadEnd {
  readonly mode: 'road' | 'rail';
  readonly place: Place;
  /** jurisdictions of the dead end and of what lies beyond */
  readonly border: string;
  readonly route: string;
  readonly class: string;
  /** straight km from the dead end to the border */
  readonly toBorderKilometres: number;
  readonly counterpart: Place;
  /** straight km between the two */
  readonly gapKilometres: number;
  /** km between them by the network of this class and better; null where there is no way */
  readonly networkKilometres: number | null;
}

export interface DeadEndRules {
  readonly withinKilometres: number;
  readonly counterpartKilometres: number;
  /** by network at least so many times the gap: else the two are joined well enough */
  readonly detour: number;
}

export const DEFAULT_DEAD_ENDS: DeadEndRules = { withinKilometres: 15, counterpartKilometres: 30, detour: 2 };

/** Ends of other roads or lines this near are where one goes on. */
const CHANGE_KILOMETRES = 1;

/** Roads by rank: a motorway stops where no motorway goes on, a trunk road where neither goes on. */
const ROAD_RANKS = [['motorway'], ['motorway', 'trunk'], ['motorway', 'trunk', 'primary']] as const;

/**
 * Roads and railways that stop within a distance of a border although the same class, or a better one, lies beyond.
 *
 * A place stops where the links of its class lead to one neighbour only, and no other place of the class lies within a kilometre. Read on published and recalled links: see `soundRegion`.
 * Cost: one tree a dead end.
 */
export function deadEnds(region: Region, map: JurisdictionMap, rules: DeadEndRules = DEFAULT_DEAD_ENDS): DeadEnd[] {
  const found: DeadEnd[] = [];
  const taken = new Set<string>();
  for (const classes of ROAD_RANKS) {
    const roads = region.roads.filter((road) => {
      return road.status === 'open' && !road.basis.startsWith('assumed') && (classes as readonly string[]).includes(road.class);
    });
    for (const end of endsOf({ ...region, roads }, 'road', roads, map, rules)) {
      if (taken.has(end.place.id)) continue;
      taken.add(end.place.id);
      found.push(end);
    }
  }
  const rail = region.rail.filter((link) => link.status === 'open' && link.trainsPerDay !== 0);
  found.push(...endsOf({ ...region, rail }, 'rail', rail, map, rules));
  return found.sort((a, b) => a.gapKilometres - b.gapKilometres || byCodePoint(a.place.id, b.place.id));
}

function endsOf(
  region: Region,
  mode: 'road' | 'rail',
  links: readonly (RoadLink | RailLink)[],
  map: JurisdictionMap,
  rules: DeadEndRules,
): DeadEnd[] {
  const places = new Map((mode === 'road' ? region.junctions : region.stations).map((place) => [place.id, place]));
  const touching = touchingLinks(links);
  const used = [...touching.keys()].flatMap((id) => places.get(id) ?? []);
  const jurisdiction = new Map(used.map((place) => [place.id, map.at(map.project(place.longitude, place.latitude))]));
  const near = nearestPlaces(used, { count: 200, kilometres: rules.counterpartKilometres });
  const metres = networkMetres(region, mode);
  return used.flatMap((place): DeadEnd[] => {
    const own = touching.get(place.id) ?? [];
    const here = jurisdiction.get(place.id) ?? '';
    if (neighbourCount(place.id, own) !== 1) return [];
    // a terminus where one changes to another line is no dead end
    if (near(place.longitude, place.latitude).some(({ place: other, kilometres }) => other !== place && kilometres < CHANGE_KILOMETRES))
      return [];
    const border = map.nearestBorder(map.project(place.longitude, place.latitude));
    if (!border || border.kilometres > rules.withinKilometres) return [];
    const beyond = near(place.longitude, place.latitude).find(({ place: other, kilometres }) => {
      return kilometres <= rules.counterpartKilometres && jurisdiction.get(other.id) !== here;
    });
    if (!beyond) return [];
    const networkKilometres = metres(place.id, beyond.place.id);
    if (networkKilometres !== null && networkKilometres < rules.detour * beyond.kilometres) return [];
    return [
      {
        mode,
        place,
        border: borderId(here, jurisdiction.get(beyond.place.id) ?? ''),
        route: routeName(own[0]),
        class: own[0]?.class ?? '',
        toBorderKilometres: border.kilometres,
        counterpart: beyond.place,
        gapKilometres: beyond.kilometres,
        networkKilometres,
      },
    ];
  });
}

function neighbourCount(id: string, links: readonly (RoadLink | RailLink)[]): number {
  return new Set(links.map((link) => (link.from === id ? link.to : link.from))).size;
}

function routeName(link: RoadLink | RailLink | undefined): string {
  if (!link) return '';
  return 'route' in link ? link.name || link.route : link.lineName || link.line;
}

function touchingLinks(links: readonly (RoadLink | RailLink)[]): Map<string, (RoadLink | RailLink)[]> {
  const touching = new Map<string, (RoadLink | RailLink)[]>();
  for (const link of links.slice().sort((a, b) => byCodePoint(a.id, b.id))) {
    for (const end of [link.from, link.to]) {
      const own = touching.get(end);
      if (own) own.push(link);
      else touching.set(end, [link]);
    }
  }
  return touching;
}

/** Km between two places by the links of the region and mode. */
function networkMetres(region: Region, mode: 'road' | 'rail'): (from: string, to: string) => number | null {
  const prefix = mode === 'road' ? 'junction' : 'station';
  const graph = buildLinkGraph(region, { ...DEFAULT_GRAPH_OPTIONS, mode });
  const network = freezeMetres(graph);
  const nodeOf = new Map(network.nodeIds.map((id, node) => [id, node]));
  const search = createSearch(network);
  return (from, to) => {
    const [start, end] = [nodeOf.get(`${prefix}/${from}`), nodeOf.get(`${prefix}/${to}`)];
    if (start === undefined || end === undefined) return null;
    const metres = search.run(start)[end] ?? UNREACHED;
    return metres === UNREACHED ? null : metres / 1000;
  };
}
