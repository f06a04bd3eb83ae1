import type { FlowLink, FlowZone } from '../model/flow-input.ts';
import type { Region } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { nodeNumber } from './freeze.ts';
import type { RegionGraph } from './graph-types.ts';
import { type RailPiece, railPieces } from './rail-pieces.ts';

/** A piece of track that a ride passes. */
interface RideSection extends RailPiece {
  /** line, from station, to station */
  readonly id: string;
}

export interface RailFlowLinks {
  readonly nodeIds: readonly string[];
  readonly links: readonly FlowLink[];
  readonly zones: readonly FlowZone[];
  /** pieces of track that a ride passes, by row of links, whatever line they belong to; none for boarding, walks and doors */
  readonly sections: readonly (readonly RideSection[])[];
  /** trains an hour by section, of all services over it */
  readonly trainsPerHour: ReadonlyMap<string, number>;
}

/**
 * The rail graph of a region as links that passengers can be assigned to. No link slows down with flow: crowding is told, not felt.
 *
 * Trains an hour = trains a day / service hours, or by the class's headway where the tables give no trains (counted when the graph was built).
 * Cost O(edges log edges).
 */
export function railFlowLinks(region: Region, graph: RegionGraph): RailFlowLinks {
  const nodes = graph.nodes().sort(byCodePoint);
  const nodeOf = new Map(nodes.map((id, node) => [id, node]));
  const rides = ridesOf(region);
  const pieces = railPieces(region);
  const trainsPerHour = new Map<string, number>();
  const rows = graph.mapEdges((_edge, { link, kind, minutes }, source, target) => {
    const ride = kind === 'ride' ? rides.get(link ?? '') : undefined;
    const stops = [graph.getNodeAttribute(source, 'place'), graph.getNodeAttribute(target, 'place')] as const;
    const over = ride ? pieces(ride.line, ride.class, ...stops) : [];
    const sections = over.map((piece) => ({ ...piece, id: `${piece.line}:${piece.from}>${piece.to}` }));
    for (const { id } of sections) trainsPerHour.set(id, (trainsPerHour.get(id) ?? 0) + (ride?.trainsPerHour ?? 0));
    const flowLink: FlowLink = {
      id: ride ? `${ride.line}:${stops.join('>')}` : `${source} → ${target}`,
      from: nodeNumber(nodeOf, source),
      to: nodeNumber(nodeOf, target),
      name: ride?.line ?? '',
      isConnector: !ride,
      capacity: null,
      freeMinutes: minutes,
      curve: 'bpr',
      b: 0,
      power: 0,
      chargeMinutes: 0,
    };
    return { sections, flowLink };
  });
  rows.sort(
    ({ flowLink: a }, { flowLink: b }) => byCodePoint(a.id, b.id) || a.from - b.from || a.to - b.to || a.freeMinutes - b.freeMinutes,
  );
  const zones = region.zones.map(({ id, name, admin1 }) => ({
    id,
    name,
    admin1,
    origin: nodeNumber(nodeOf, `zone-origin/${id}`),
    destination: nodeNumber(nodeOf, `zone-destination/${id}`),
  }));
  const links = rows.map(({ flowLink }) => flowLink);
  return { nodeIds: nodes, links, zones, sections: rows.map(({ sections }) => sections), trainsPerHour };
}

/** Trains an hour, line and class by the link id that ride edges carry. */
function ridesOf(region: Region): Map<string, { line: string; class: string; trainsPerHour: number }> {
  const { serviceHoursPerDay, headwayMinutesByClass, waitCapMinutes } = region.manifest.defaults;
  const rides = new Map<string, { line: string; class: string; trainsPerHour: number }>();
  const classOf = new Map<string, string>();
  for (const link of region.rail) {
    classOf.set(link.line, link.class);
    const imputed = 60 / (headwayMinutesByClass[link.class] ?? 2 * waitCapMinutes);
    const trainsPerHour = link.trainsPerDay === null ? imputed : link.trainsPerDay / serviceHoursPerDay;
    rides.set(link.id, { line: link.line, class: link.class, trainsPerHour });
  }
  for (const { id, line, stops, trainsPerDay } of region.services) {
    stops.forEach((_stop, place) => {
      const ride = { line, class: classOf.get(line) ?? '', trainsPerHour: trainsPerDay / serviceHoursPerDay };
      rides.set(`service:${id}:${place}`, ride);
    });
  }
  return rides;
}
