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
 * Assumptions, told with every result: a quarter of a day's commuters on the way in the busiest hour, 15 in a hundred of them by car on these main
 * roads (the others by rail or by streets that are not in the tables), 1.2 to a car.
 */
export const DEFAULT_PEAK: PeakOptions = { peakShare: 0.25, carShare: 0.15, personsPerCar: 1.2, b: 0.15, power: 4 };

/** Traffic of a working day by hour from midnight, over the busiest hour: a shape with two peaks, an assumption told with every result. */
const DAY_PROFILE = [
  0.1, 0.07, 0.06, 0.07, 0.14, 0.36, 0.71, 1, 0.92, 0.73, 0.67, 0.69, 0.72, 0.73, 0.79, 0.89, 0.96, 0.98, 0.8, 0.59, 0.46, 0.38, 0.28, 0.18,
];

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
  const { nodeIds, links, zones, isClosed, imputed } = roadFlowLinks(region, graph, options);
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
    isClosed,
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
    flowUnit: 'vehicles/h',
    timeUnit: 'min',
    personsPerUnit: personsPerCar,
    valueOfTime:
      region.manifest.valueOfTimePerHour > 0 ? { perHour: region.manifest.valueOfTimePerHour, currency: region.manifest.currency } : null,
    dayProfile: DAY_PROFILE,
    notes: [
      ...notes,
      `the hour assigned holds ${peakShare} of a day's trips, ${carShare} of them by car with ${personsPerCar} persons: assumptions, to be set by --peak-share, --car-share and --occupancy`,
      `roads slow down by BPR, ${b} and power ${power}; doors (zone to road) never do; local and through traffic, lorries and ramps are not in the flows`,
      'hours_over_capacity: hours of a working day with two peaks (an assumed shape) in which the flow on the same routes passes capacity',
      `${Math.round(within)} trips within zones use no road of the network`,
      ...(region.roads.some(({ toll }) => toll === true)
        ? ['tolls are not charged: the tables know where they are, not what they cost']
        : []),
      ...imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`),
    ],
  };
}
