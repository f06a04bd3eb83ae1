import type { PeakOptions } from '../../analysis/assignment/road-peak.ts';
import { digits, minutes, percent } from '../format.ts';
import { hours } from './section-words.ts';

export const BOTTLENECK_WORDS = {
  title: 'Roads that fill first',
  map: (name: string) => `${name}: cars over capacity in a synthetic busiest hour; the ten roads with most delay numbered`,
  label: (name: string, place: string, ratio: number) =>
    `Map of road loads in ${name}: most delay on ${place}, at ${digits(ratio, 1)} times its capacity.`,
  lead: (place: string, ratio: number, delay: number, now: number, free: number) =>
    `Most time is lost on ${place}: at ${digits(ratio, 1)} times its capacity the ride takes ${minutes(now)} in place of ${minutes(free)}, and ${hours(delay)} are lost in the hour.`,
  loss: (added: number, cut: number) =>
    `Were it closed, everybody on the next best way at these times, ${hours(added)} more would be lost in the hour${cut >= 1 ? `, and ${digits(cut, 0)} cars would have no way at all` : ''}.`,
  all: (over: number, all: number, delay: number) =>
    `${digits(over, 0)} of ${digits(all, 0)} directed road links carry more than their capacity; over all of them ${hours(delay)} are lost in the hour.`,
  delay: (personMinutes: number) => `${hours(personMinutes)} lost in the hour`,
  load: (below: number | null, from: number | null) =>
    from === null
      ? `under ${percent(below)} of capacity`
      : below === null
        ? `${percent(from)} and over`
        : `${percent(from)} – ${percent(below)}`,
  caution: ({ peakShare, carShare, personsPerCar }: PeakOptions, isObserved: boolean) =>
    `Synthetic demand, no counts: ${isObserved ? 'observed commuters between counties' : 'modelled commuters'}, ${percent(peakShare)} of a day in the hour, ${percent(carShare)} of them by car on these roads, ${personsPerCar} to a car. Lorries, through traffic and the streets that the tables lack are not in it, and demand does not react. Read the order of the roads, not the level: a ratio above 1.5 says that more people want to pass than can, not that they do.`,
  none: 'No road, no two zones or no trips between them: nothing to load.',
  caption: 'The ten roads with most delay',
  assumptions: 'Method and assumptions',
  source: 'User equilibrium of one hour; colour: flow over capacity, both directions drawn, the fuller on top.',
  method: (gap: number) =>
    `User equilibrium (no driver gains by another way) by bushes to a relative gap of ${gap.toExponential(0)}; corridor bottlenecks goes further, takes every link out in turn and prices capacity. Loss: both directions of the link out, trips on their next best way at the times of the table.`,
  findingHow: (gap: number) =>
    `User equilibrium of one synthetic peak hour on the roads of the region, relative gap ${gap.toExponential(0)}; delay is flow times minutes above free flow times persons a car; the links are ranked by it.`,
  finding: (place: string, ratio: number, delay: number, added: number) =>
    `In a synthetic busiest hour the road that costs most is ${place}: ${digits(ratio, 1)} times its capacity, ${hours(delay)} lost in the hour; its closure would cost ${hours(added)} more.`,
  findingCaution: 'Demand and the share of cars are assumptions, not counts; lorries, through traffic and city streets are not in it.',
};
