import type { RegionGraph } from '../../build/graph-types.ts';
import type { RailFlowLinks } from '../../build/rail-flow-links.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import type { Region } from '../../model/tables.ts';
import { jurisdictionMap } from '../borders/jurisdictions.ts';
import type { Landmarks } from './removal-groups.ts';

/** A road whose name says bridge or tunnel, where the tables have no column for it. */
const STRUCTURE_NAME = /\b(bridges?|tunnels?)\b|大橋|大桥|トンネル|隧道/i;

/** Junctions of a net without a region: every node is one. */
export function netLandmarks(input: FlowInput): Landmarks {
  return {
    placeOf: input.nodeIds,
    spansOf: (row) => spanOf(input, input.nodeIds, row),
    placeName: (place) => place,
    admin1Of: null,
    structureOf: null,
  };
}

/** Junctions of the roads of a region; a bridge or tunnel is told by the columns `bridge` and `tunnel`, else by name. */
export function roadLandmarks(region: Region, input: FlowInput): Landmarks {
  const junctions = new Set(region.junctions.map(({ id }) => id));
  const placeOf = input.nodeIds.map((id) => (junctions.has(id) ? id : null));
  const structureOf = new Map<string, string>();
  for (const { id, name, route, kept } of region.roads) {
    const isTagged = [kept.bridge, kept.tunnel].some((value) => !['', 'no', 'false', 'null', '0'].includes(String(value ?? '')));
    if (isTagged || STRUCTURE_NAME.test(name)) structureOf.set(id, name || route);
  }
  return { ...regionLandmarks(region), placeOf, spansOf: (row) => spanOf(input, placeOf, row), structureOf };
}

/** Stations of the railways of a region; a train that skips stations passes them. */
export function railLandmarks(region: Region, graph: RegionGraph, { nodeIds, sections }: RailFlowLinks): Landmarks {
  const placeOf = nodeIds.map((id) => {
    const { kind, place } = graph.getNodeAttributes(id);
    return kind === 'station' || kind === 'aboard' ? place : null;
  });
  return {
    ...regionLandmarks(region),
    placeOf,
    spansOf: (row) => (sections[row] ?? []).map(({ from, to }) => [from, to] as const),
    structureOf: null,
  };
}

function regionLandmarks(region: Region): Pick<Landmarks, 'placeName' | 'admin1Of'> {
  const places = new Map([...region.junctions, ...region.stations].map((place) => [place.id, place]));
  const map = jurisdictionMap(region.zones, 'admin1');
  const admin1 = new Map(
    [...places].map(([id, { longitude, latitude }]) => [id, region.zones.length > 0 ? map.at(map.project(longitude, latitude)) : '']),
  );
  return { placeName: (place) => places.get(place)?.name || place, admin1Of: (place) => admin1.get(place) ?? '' };
}

function spanOf({ links }: FlowInput, placeOf: readonly (string | null)[], row: number): (readonly [string, string])[] {
  const link = links[row];
  const [from, to] = [placeOf[link?.from ?? -1], placeOf[link?.to ?? -1]];
  return !link || link.isConnector || !from || !to ? [] : [[from, to]];
}
