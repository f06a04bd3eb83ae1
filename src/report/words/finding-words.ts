import type { Mode } from '../../build/graph-types.ts';
import type { SpeedModel } from '../../build/road-speeds.ts';
import { digits, kilometres, list, minutes, people, percent } from '../format.ts';
import { hours, howTimes } from './section-words.ts';
import { MODE_WORDS } from './words.ts';

export interface Named {
  readonly name: string;
  readonly value: number;
}

const ranking = (rows: readonly Named[], text: (value: number) => string) => list(rows.map(({ name, value }) => `${name} ${text(value)}`));

/** Findings that set regions side by side. Each takes its rows best first. */
export const ACROSS_WORDS = {
  typical: (rows: readonly Named[], mode: Mode) =>
    `Within an hour, ${MODE_WORDS[mode]}, the average inhabitant of ${rows[0]?.name} has ${people(rows[0]?.value ?? 0)} people in reach; of ${ranking(rows.slice(1), people)}.`,
  typicalHow: (mode: Mode, speeds: SpeedModel) =>
    `Population-weighted mean over zones of the people within 60 minutes, own zone included; ${howTimes(mode, speeds)}.`,
  typicalCaution: 'Regions are cut where their tables end: people just outside are not counted.',
  core: (rows: readonly (Named & { core: string })[]) =>
    `${rows.map((row, index) => `${index === 0 ? '' : row === rows.at(-1) ? 'and ' : ''}${percent(row.value)} of ${row.name} live within an hour of ${row.core}`).join(rows.length > 2 ? ', ' : ' ')}.`,
  coreHow: (mode: Mode, speeds: SpeedModel) =>
    `Share of people whose zone seat is at most 60 minutes from the seat of the primary core; ${howTimes(mode, speeds)}.`,
  coreCaution: 'The share falls with the size of the region: compare it with the kilometres between people, next finding.',
  speed: (fast: { name: string; speed: number; minutes: number }, near: { name: string; speed: number; minutes: number }) =>
    fast.name === near.name
      ? `${fast.name} is both the fastest (${digits(fast.speed, 0)} km/h in a straight line) and the one whose people are nearest in time (${minutes(fast.minutes)} on average).`
      : `${fast.name} is the fastest at ${digits(fast.speed, 0)} km/h in a straight line, yet its people are ${minutes(fast.minutes)} apart on average; ${near.name}, at ${digits(near.speed, 0)} km/h, needs ${minutes(near.minutes)}. Nearness, not speed, makes the difference.`,
  speedHow: (mode: Mode, speeds: SpeedModel) =>
    `Means over all pairs of zones weighted by the people at both ends; ${howTimes(mode, speeds)}.`,
  speedCaution: 'Regions of different size hold pairs of different length; the chart of speed by distance compares like with like.',
  gini: (rows: readonly Named[]) => {
    const [even, uneven] = [rows[0], rows.at(-1)];
    return `The hour's reach is shared most evenly in ${even?.name} (Gini ${digits(even?.value ?? 0, 2)}) and least in ${uneven?.name} (${digits(uneven?.value ?? 0, 2)}).`;
  },
  giniHow: 'Gini coefficient of people within 60 minutes, weighted by population, over the zones of each region.',
  giniCaution: 'Larger zones hide inequality inside them; the regions have zones of different size.',
};

/** Findings of one region. */
export const REGION_WORDS = {
  reach: (best: string, bestPeople: number, worst: string, worstPeople: number) =>
    `From ${best} ${people(bestPeople)} people are within an hour, from ${worst} ${people(worstPeople)}.`,
  reachHow: (mode: Mode, speeds: SpeedModel) =>
    `People within 60 minutes of each zone's seat, own zone included; ${howTimes(mode, speeds)}.`,
  link: (mode: string, from: string, to: string, length: number, gain: number, why: string) =>
    `The ${mode} link to look at first is ${from} – ${to}. Its ${kilometres(length)} would save ${hours(gain)} a day (${why}).`,
  linkHow:
    'Exact new time of every pair of zones with the link added, times modelled gravity trips; candidates are places near on the map and at least 1.4 times as far by network.',
  linkCaution: 'Demand is modelled, not observed; the tables hold no city streets, so gains near large cities may be overstated.',
  plan: (plan: string, gain: number) => `Of the planned links, ${plan} saves most, ${hours(gain)} a day.`,
  planHow: 'Planned links of the region folder, each added alone and evaluated like the candidates.',
  planCaution:
    'Widenings are left out here: congestion, which they relieve, is in none of these times. A plan whose ends the network lacks is not evaluated.',
  busy: (mode: string, link: string, share: number) => `${percent(share, 1)} of all shortest ways by ${mode} run over ${link}.`,
  busyHow: 'Weighted betweenness of links by travel time over all pairs of nodes, ties split (Brandes 2001).',
  busyCaution: 'Every pair of nodes counts once: the shape of the network, not its traffic.',
  core: (name: string, far: number, everyone: number, core: string) =>
    `${people(far)} people, ${percent(everyone > 0 ? far / everyone : 0)} of ${name}, need more than two hours to ${core}.`,
  coreHow: (mode: Mode, speeds: SpeedModel) =>
    `Zones whose seat is more than 120 minutes from the primary core's, or has no way to it; ${howTimes(mode, speeds)}.`,
};
