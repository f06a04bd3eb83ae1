import type { Place, Region, RoadLink } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import type { RegionGraph } from './graph-types.ts';

/** What a line says of its pieces. */
interface LineFacts {
  readonly class: string;
  readonly name: string;
  readonly lanes: number | null;
}

/**
 * A graph of noded lines (buildPlainGraph) as junctions and roads of a region: a road a piece, two-way where both its edges are there.
 *
 * @param factsOf  by line id
 * Cost O(pieces log pieces).
 */
export function plainRegionRows(
  graph: RegionGraph,
  factsOf: ReadonlyMap<string, LineFacts>,
  source: string,
): Pick<Region, 'junctions' | 'roads'> {
  const junctions = graph.mapNodes((id, { longitude, latitude }): Place => {
    return { id, name: '', nameLocal: '', longitude, latitude, kind: 'vertex', zone: null, kept: {} };
  });
  const roads: RoadLink[] = [];
  graph.forEachEdge((edge, { link, minutes, lengthKilometres }, from, to) => {
    if (!edge.endsWith('>') || link === null) return;
    const facts = factsOf.get(link.slice(0, link.lastIndexOf('#')));
    roads.push({
      id: link,
      from,
      to,
      route: facts?.name ?? '',
      name: facts?.name ?? '',
      class: facts?.class ?? 'road',
      lengthKilometres,
      speedKilometresPerHour: (lengthKilometres / minutes) * 60,
      lanes: facts?.lanes ?? null,
      oneway: !graph.hasEdge(`${link}<`),
      toll: null,
      opened: null,
      status: 'open',
      source,
      confidence: '',
      basis: 'published',
      kept: {},
    });
  });
  return {
    junctions: junctions.sort((a, b) => byCodePoint(a.id, b.id)),
    roads: roads.sort((a, b) => byCodePoint(a.id, b.id)),
  };
}
