import type { RegionGraph } from '../../build/graph-types.ts';
import { type RailFlowLinks, railFlowLinks } from '../../build/rail-flow-links.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import type { Region } from '../../model/tables.ts';
import type { Assignment } from './assign-trips.ts';

/** Places a train by class: seats, and all who fit in a crush. Assumptions, told with every result. */
const TRAIN_PLACES: Readonly<Record<string, { readonly seats: number; readonly crush: number }>> = {
  'high-speed': { seats: 700, crush: 700 },
  intercity: { seats: 400, crush: 500 },
  conventional: { seats: 500, crush: 900 },
  commuter: { seats: 600, crush: 1600 },
  metro: { seats: 350, crush: 1400 },
};
const OTHER_PLACES = { seats: 400, crush: 800 };

export interface RailOptions {
  /** share of a day's trips that fall in the hour */
  readonly peakShare: number;
  /** share of trips by rail */
  readonly railShare: number;
}

export const DEFAULT_RAIL: RailOptions = { peakShare: 0.25, railShare: 0.3 };

/** Load of a piece of a line between neighbouring stations, one way, over all trains that pass. */
export interface RailLoad {
  readonly id: string;
  readonly line: string;
  readonly from: string;
  readonly to: string;
  /** passengers an hour */
  readonly passengers: number;
  readonly trainsPerHour: number;
  readonly seats: number;
  readonly crush: number;
  /** minutes of the fastest train that stops at both ends and nowhere between; null where none does */
  readonly minutes: number | null;
}

/** Passengers of the busiest hour on the rail graph of a region: see roadPeak. */
export function railPeak(
  region: Region,
  graph: RegionGraph,
  trips: Float64Array,
  notes: readonly string[],
  { peakShare, railShare }: RailOptions = DEFAULT_RAIL,
): { input: FlowInput; links: RailFlowLinks } {
  const links = railFlowLinks(region, graph);
  const size = region.zones.length;
  const pairs = Array.from(trips, (amount, pair) => ({ amount, from: Math.floor(pair / size), to: pair % size })).filter(
    ({ amount, from, to }) => amount > 0 && from !== to,
  );
  const { nodeIds, zones } = links;
  const input: FlowInput = {
    nodeIds,
    isClosed: new Uint8Array(nodeIds.length),
    links: links.links,
    zones,
    classes: [
      {
        name: 'passengers',
        carUnits: 1,
        from: Uint32Array.from(pairs, ({ from }) => from),
        to: Uint32Array.from(pairs, ({ to }) => to),
        trips: Float64Array.from(pairs, ({ amount }) => amount * peakShare * railShare),
        extraCharge: null,
      },
    ],
    flowUnit: 'passengers/h',
    timeUnit: 'min',
    personsPerUnit: 1,
    valueOfTime: null,
    dayProfile: null,
    notes: [
      ...notes,
      `the hour assigned holds ${peakShare} of a day's trips, ${railShare} of them by rail: assumptions, to be set by --peak-share and --rail-share`,
      'trains run evenly over the service hours, so the busiest hour has no more of them than the others; every passenger takes the quickest way with half the headway of waiting, however long; crowding drives nobody off',
      `places a train (seats/crush): ${Object.entries(TRAIN_PLACES)
        .map(([name, { seats, crush }]) => `${name} ${seats}/${crush}`)
        .join(', ')}, others ${OTHER_PLACES.seats}/${OTHER_PLACES.crush}: assumptions`,
    ],
  };
  return { input, links };
}

/** Loads by section, fullest first by crush ratio: passengers of all trains over it, against the places of all. Cost O(links × stations passed). */
export function railLoads({ links, sections, trainsPerHour }: RailFlowLinks, { flow }: Assignment): RailLoad[] {
  const loads = new Map<string, RailLoad>();
  sections.forEach((pieces, row) => {
    for (const { id, line, from, to, class: railClass } of pieces) {
      const { seats, crush } = TRAIN_PLACES[railClass] ?? OTHER_PLACES;
      const trains = trainsPerHour.get(id) ?? 0;
      const known = loads.get(id);
      const own = pieces.length === 1 ? (links[row]?.freeMinutes ?? null) : null;
      const minutes = own === null || (known?.minutes ?? own) < own ? (known?.minutes ?? null) : own;
      const passengers = (known?.passengers ?? 0) + (flow[row] ?? 0);
      loads.set(id, { id, line, from, to, passengers, trainsPerHour: trains, seats: trains * seats, crush: trains * crush, minutes });
    }
  });
  const ratio = ({ passengers, crush }: RailLoad) => (crush > 0 ? passengers / crush : 0);
  return [...loads.values()].sort((a, b) => ratio(b) - ratio(a) || (a.id < b.id ? -1 : 1));
}

/**
 * The region with nobody sparing himself the wait: half the headway whatever it is, so that a train a day draws few. Trip planning caps the wait,
 * since travellers know the timetable; loads may not, or everyone would be on the one fast train.
 */
export function withFullWaits(region: Region): Region {
  const { defaults } = region.manifest;
  const byClass = Object.fromEntries(region.rail.map((link) => [link.class, 2 * defaults.waitCapMinutes]));
  const headwayMinutesByClass = { ...byClass, ...defaults.headwayMinutesByClass };
  const waitCapMinutes = (defaults.serviceHoursPerDay * 60) / 2;
  return { ...region, manifest: { ...region.manifest, defaults: { ...defaults, headwayMinutesByClass, waitCapMinutes } } };
}
