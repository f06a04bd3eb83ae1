import type { RegionGraph } from '../../build/graph-types.ts';
import { roadFlowLinks } from '../../build/road-flow-links.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import type { Region } from '../../model/tables.ts';

/** From trips a day to vehicles in the hour that is assigned. */
export interface PeakOptions {
  /** share of a day's trips that fall in the hour */
  readonly peakShare: number;
  /** share of trips by car on the roads of the network */
  readonly carShare: number;
  /** persons a car */
  readonly personsPerCar: number;
  /** BPR parameters of every road */
  readonly b: number;
  readonly power: number;
}

/**
 * Assumptions, told with every result: a quarter of a day's commuters on the way in the busiest hour, three in ten of them by car on these main
 * roads (the others by rail or by streets that are not in the tables), 1.2 to a car.
 */
export const DEFAULT_PEAK: PeakOptions = { peakShare: 0.25, carShare: 0.3, personsPerCar: 1.2, b: 0.15, power: 4 };

/**
 * Cars in the busiest hour on the roads of a region.
 *
 * @param graph  the road graph of the region, door to door
 * @param trips  trips of persons a day, row-major over the zones; those within a zone use no road of the network
 * @param notes  what the trips stand on
 * Cost O(edges log edges + zones²).
 */
export function roadPeak(
  region: Region,
  graph: RegionGraph,
  trips: Float64Array,
  notes: readonly string[],
  options: PeakOptions = DEFAULT_PEAK,
): FlowInput {
  const { nodeIds, links, zones, imputed } = roadFlowLinks(region, graph, options);
  const toCars = (options.peakShare * options.carShare) / options.personsPerCar;
  const from: number[] = [];
  const to: number[] = [];
  const cars: number[] = [];
  let within = 0;
  trips.forEach((amount, pair) => {
    const [a, b] = [Math.floor(pair / zones.length), pair % zones.length];
    if (a === b) within += amount;
    else if (amount > 0) {
      from.push(a);
      to.push(b);
      cars.push(amount * toCars);
    }
  });
  const { peakShare, carShare, personsPerCar, b, power } = options;
  return {
    nodeIds,
    isClosed: new Uint8Array(nodeIds.length),
    links,
    zones,
    classes: [
      {
        name: 'cars',
        carUnits: 1,
        from: Uint32Array.from(from),
        to: Uint32Array.from(to),
        trips: Float64Array.from(cars),
        extraCharge: null,
      },
    ],
    flowUnit: 'vehicles an hour',
    timeUnit: 'min',
    personsPerUnit: personsPerCar,
    notes: [
      ...notes,
      `the hour assigned holds ${peakShare} of a day's trips, ${carShare} of them by car with ${personsPerCar} persons: assumptions, to be set by --peak-share, --car-share and --occupancy`,
      `roads slow down by BPR, ${b} and power ${power}; doors (zone to road) never do; local and through traffic, lorries and ramps are not in the flows`,
      `${Math.round(within)} trips within zones use no road of the network`,
      ...(region.roads.some(({ toll }) => toll === true)
        ? ['tolls are not charged: the tables know where they are, not what they cost']
        : []),
      ...imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`),
    ],
  };
}
