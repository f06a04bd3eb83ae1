import { freeze, freezeMetres, nodeNumber } from '../../build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS, type RegionGraph } from '../../build/graph-types.ts';
import { buildRegionGraph } from '../../build/region-graph.ts';
import { createSearch } from '../../kernels/one-to-all.ts';
import { reverseNetwork } from '../../kernels/reverse-network.ts';
import { type Network, UNREACHED } from '../../model/network.ts';
import type { Reference, Region, Zone } from '../../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';

/**
 * A published figure counts as met within 20% or 5 minutes (5 km), whichever is more: published times are of single trains and years, ours
 * are typical minutes of the tables, and half a transfer's wait is about 5 minutes.
 */
export const REFERENCE_TOLERANCE = { share: 0.2, amount: 5 } as const;

export interface ReferenceCheck {
  readonly reference: Reference;
  readonly mode: 'rail' | 'road';
  readonly unit: 'min' | 'km';
  /** null where the network has no way */
  readonly computed: number | null;
  readonly isWithin: boolean;
}

/**
 * The city-pair times and road distances of the reference table against the network, as-given speeds.
 *
 * Rail: first departure to last arrival, between the stations named; changes wait as everywhere else. A figure said to be of conventional trains
 * is held against conventional lines alone, not against the high-speed line beside them. Road: between the places named, seat to seat for
 * cities. Figures of other kinds, of plans, and of places that the region does not name are left out.
 *
 * Cost: three graphs, one tree a reference.
 */
export function checkReferences(region: Region): ReferenceCheck[] {
  const rail = railTimes(region);
  const conventional = railTimes(conventionalOnly(region));
  const road = roadMeasures(region);
  return region.references.flatMap((reference): ReferenceCheck[] => {
    const kind = kindOf(reference);
    if (kind === null) return [];
    const { from, to } = reference;
    const times = kind.isConventional ? conventional : rail;
    const computed = kind.mode === 'rail' ? times(from, to) : road(from, to, kind.unit);
    return computed === undefined ? [] : [checked(reference, kind.mode, kind.unit, computed)];
  });
}

/** What a reference is about, read off its name and unit; null where it is no city-pair figure of trains or cars that run. */
function kindOf({ what, unit: text }: Reference): { mode: 'rail' | 'road'; unit: 'min' | 'km'; isConventional: boolean } | null {
  const unit = /^min/.test(text) ? 'min' : text === 'km' ? 'km' : null;
  if (unit === null || /planned|saved|before/i.test(what)) return null;
  if (unit === 'min' && /rail/i.test(what)) return { mode: 'rail', unit, isConventional: /conventional/i.test(what) };
  return /^road (travel )?(time|distance)/i.test(what) ? { mode: 'road', unit, isConventional: false } : null;
}

function checked(reference: Reference, mode: 'rail' | 'road', unit: 'min' | 'km', computed: number | null): ReferenceCheck {
  const slack = Math.max(REFERENCE_TOLERANCE.amount, REFERENCE_TOLERANCE.share * reference.value);
  return { reference, mode, unit, computed, isWithin: computed !== null && Math.abs(computed - reference.value) <= slack };
}

/** The region without lines and services on which faster trains run; trains that change lines are mostly high-speed and left out too. */
function conventionalOnly(region: Region): Region {
  const rail = region.rail.filter((link) => link.class === 'conventional' || link.class === 'commuter');
  const lines = new Set(rail.map((link) => link.line));
  return { ...region, rail, services: region.services.filter((service) => lines.has(service.line)) };
}

type RailTimes = (from: string, to: string) => number | null | undefined;

/** Minutes between two stations by id; null without a way, undefined where one of them is no station. */
function railTimes(region: Region): RailTimes {
  const { graph } = buildRegionGraph(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'rail' });
  const { network, nodeOf } = freeze(graph);
  const towards = createSearch(reverseNetwork(network));
  return (fromId, toId) => {
    const [from, to] = [`station/${fromId}`, `station/${toId}`];
    if (!graph.hasNode(from) || !graph.hasNode(to)) return undefined;
    const times = towards.run(nodeNumber(nodeOf, to));
    const least = boardingNodes(graph, from).reduce(
      (best, node) => Math.min(best, times[nodeNumber(nodeOf, node)] ?? UNREACHED),
      UNREACHED,
    );
    return least === UNREACHED ? null : least / MILLISECONDS_PER_MINUTE;
  };
}

function boardingNodes(graph: RegionGraph, station: string): string[] {
  return graph.filterOutEdges(station, (_edge, { kind }) => kind === 'board').map((edge) => graph.target(edge));
}

type RoadMeasure = (from: string, to: string, unit: 'min' | 'km') => number | null | undefined;

/** Minutes or kilometres by road between two places by name; undefined where the region does not name one of them. */
function roadMeasures(region: Region): RoadMeasure {
  const { graph } = buildRegionGraph(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' });
  const { network, nodeOf } = freeze(graph);
  const metres = freezeMetres(graph);
  const read = (own: Network, from: number, to: number, scale: number) => {
    const cost = createSearch(own).run(from)[to] ?? UNREACHED;
    return cost === UNREACHED ? null : cost / scale;
  };
  return (fromName, toName, unit) => {
    const [from, to] = [roadNode(region, fromName, 'zone-origin'), roadNode(region, toName, 'zone-destination')];
    const [tail, head] = [nodeOf.get(from ?? ''), nodeOf.get(to ?? '')];
    if (tail === undefined || head === undefined) return undefined;
    return unit === 'min' ? read(network, tail, head, MILLISECONDS_PER_MINUTE) : read(metres, tail, head, 1000);
  };
}

/** A junction of just that name; else the core, the largest zone or the junction whose name begins with it. */
function roadNode(region: Region, name: string, zoneKind: 'zone-origin' | 'zone-destination'): string | null {
  const junction = region.junctions.find((place) => place.name === name);
  if (junction) return `before/${junction.id}`;
  const isNamed = (text: string) => text === name || text.startsWith(`${name} `);
  const named = region.zones.filter((zone) => isNamed(zone.name) || isNamed(zone.admin2));
  const cores = [region.manifest.primaryCore, ...region.manifest.secondaryCores];
  const core = cores.flatMap((id) => named.find((zone) => zone.id === id) ?? [])[0];
  const largest = named.reduce<Zone | null>((best, zone) => (best && best.population >= zone.population ? best : zone), null);
  const zone = core ?? largest;
  if (zone) return `${zoneKind}/${zone.id}`;
  const near = region.junctions.find((place) => isNamed(place.name));
  return near ? `before/${near.id}` : null;
}
