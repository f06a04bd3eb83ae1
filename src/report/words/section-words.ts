import type { Mode } from '../../build/graph-types.ts';
import type { SpeedModel } from '../../build/road-speeds.ts';
import { digits, kilometres, list, people, percent } from '../format.ts';
import { MODE_WORDS } from './words.ts';

/** How the times behind a sentence were computed. */
export function howTimes(mode: Mode, speeds: SpeedModel): string {
  const model = speeds === 'harmonised' ? 'harmonised speeds (one model for every region)' : 'speeds as the tables give them';
  return `door to door on an uncongested network, ${MODE_WORDS[mode]}, ${model}`;
}

export const NETWORK_WORDS = {
  title: 'The network that is there',
  map: (name: string) => `${name}: open roads and railways by class; dashed: being built`,
  label: (name: string, motorway: number, fast: number) =>
    `Map of the network of ${name}: ${digits(motorway, 0)} km of motorway and ${digits(fast, 0)} km of high-speed and intercity rail are open.`,
  lead: (rows: readonly string[]) => `Open today, line by line: ${list(rows)}.`,
  assumed: (share: number) =>
    share > 0.005
      ? `${percent(share)} of the road length is assumed: county and provincial roads that surely exist between neighbouring seats, and the joins from seats to the network. Their course is a straight line here.`
      : 'No road in the tables is an assumed one.',
  noRail: 'The tables hold no railway in this slice; figures for rail are missing for that reason, not because rail is slow.',
  noRoad: 'The tables hold no road in this slice.',
  caption: 'Length by class',
  source: 'Links of the region folder, drawn straight between their ends.',
};

export const ACCESS_WORDS = {
  title: 'Who reaches whom',
  layers: { within: 'People within an hour', core: 'Minutes to the core', mean: 'Mean time to everyone else' },
  map: (name: string, mode: Mode) => `${name}: from each zone, door to door ${MODE_WORDS[mode]}`,
  label: (name: string, mean: number) =>
    `Map of accessibility in ${name}: the average inhabitant has ${people(mean)} people within an hour.`,
  lead: (mean: number, best: string, bestPeople: number, worst: string, worstPeople: number) =>
    `The average inhabitant has ${people(mean)} people within an hour, oneself included. The best-placed zone is ${best} with ${people(bestPeople)}; the worst-placed is ${worst} with ${people(worstPeople)}.`,
  cut: (zones: number, inhabitants: number) =>
    zones > 0
      ? `${zones === 1 ? 'One zone' : `${zones} zones`} with ${people(inhabitants)} people ${zones === 1 ? 'has' : 'have'} no way to the core in this network.`
      : '',
  source: 'Zones are drawn as the land nearest to each seat: the region folder holds no boundaries.',
  caption: 'The zones with the fewest people in reach',
  curve: 'What an average inhabitant can reach',
  curveLabel: (name: string, parts: readonly string[]) =>
    `${name}: people reached by the average inhabitant within an hour: ${list(parts)}.`,
  unknown: 'no way',
};

export const EQUITY_WORDS = {
  title: 'How evenly it is shared',
  lorenz: (gini: number) => `Share of the hour's reach held by the worst-placed people (Gini ${digits(gini, 2)})`,
  lorenzLabel: (name: string, gini: number) => `Lorenz curve of people within an hour, ${name}: Gini ${digits(gini, 2)}.`,
  lead: (gini: number, halfShare: number, betweenShare: number | null, jurisdictions: number) =>
    `The worse-placed half of the people holds ${percent(halfShare)} of the hour's reach (Gini ${digits(gini, 2)}; 0 is even).${
      betweenShare === null || jurisdictions < 2
        ? ''
        : ` ${percent(betweenShare)} of the inequality lies between the ${jurisdictions} jurisdictions, the rest inside them (Theil).`
    }`,
  caption: 'By jurisdiction',
};

export const SPEED_WORDS = {
  title: 'Speed by distance',
  chart: 'Straight-line speed door to door, inside one jurisdiction and across a border',
  label: (name: string, ratio: number | null) =>
    `${name}: straight-line speed by distance; across a border at ${ratio === null ? 'an unknown share' : percent(ratio)} of the speed inside.`,
  lead: (bands: readonly { readonly kilometres: number; readonly within: number | null; readonly across: number | null }[]) => {
    const told = bands.filter(({ within }) => within !== null);
    const [near, far] = [told[0], told.at(-1)];
    if (!near || !far || near === far) return 'Too few pairs of zones on published or recalled links to draw speed against distance.';
    return `Inside one jurisdiction a trip of up to ${kilometres(near.kilometres)} makes ${digits(near.within ?? 0, 0)} km/h in a straight line, one of ${kilometres(far.kilometres - 25)} and more ${digits(far.within ?? 0, 0)} km/h.`;
  },
  caution:
    'Raw means on published and recalled links: the people at both ends and the mix of distances within a band differ between the two lines. What a border costs once these are held equal is in the part on borders.',
  caption: 'By band of 25 km',
};

export const CENTRALITY_WORDS = {
  title: 'The links that carry the shortest ways',
  map: (name: string) => `${name}: width by share of all shortest ways; the ten busiest of each mode numbered`,
  label: (name: string, busiest: string, share: number) =>
    `Map of link centrality in ${name}: the busiest is ${busiest} with ${percent(share, 1)} of all shortest ways.`,
  lead: (mode: string, name: string, share: number, bridges: number, links: number) =>
    `${mode === 'road' ? 'By road' : 'By rail'} the link on most shortest ways is ${name}: ${percent(share, 1)} of all pairs of ${mode === 'road' ? 'junctions' : 'stations'}. ${digits(bridges, 0)} of ${digits(links, 0)} links are the only way to what lies behind them.`,
  how: 'Shortest ways count every pair of nodes once, whatever lives there: this is the shape of the network, not its traffic.',
  caption: 'The ten busiest links of each mode',
  source: 'Weighted betweenness of links (Brandes 2001) by travel time, ties split.',
};

export const ISOCHRONE_WORDS = {
  title: 'An hour and more from the core',
  map: (core: string, mode: Mode) => `From ${core}: where one can be within 30, 60, 90 and 120 minutes, ${MODE_WORDS[mode]}`,
  label: (core: string, area: number, inside: number) =>
    `Isochrone map from ${core}: within an hour ${digits(area, 0)} square kilometres and ${people(inside)} people.`,
  lead: (core: string, area: number, inside: number, share: number) =>
    `Within an hour of ${core} lie ${digits(area, 0)} km² of land and ${people(inside)} people, ${percent(share)} of the region.`,
  chart: (core: string) => `Share of people within reach of ${core}`,
  chartLabel: (core: string, share: number) => `Share of people by minutes to ${core}: ${percent(share)} within an hour.`,
  none: 'The region names no primary core that the network holds, so there is no place to draw from.',
  caption: 'Bands',
  source: 'Network time, then up to 15 km at 20 km/h in a straight line. People are counted by the seat of their zone.',
};

export const MISSING_WORDS = {
  title: 'Links that are missing',
  map: (name: string) => `${name}: the ten best candidates a mode (R road, T rail), and planned links (dashed)`,
  label: (name: string, link: string, gain: number) =>
    `Map of missing links in ${name}: best candidate ${link}, saving ${hours(gain)} a day.`,
  lead: (mode: string, from: string, to: string, length: number, gain: number) =>
    `The ${mode} link to look at first is ${from} – ${to}: ${kilometres(length)} would save ${hours(gain)} a day.`,
  how: 'Each gain is exact for all pairs of zones when this one link is added; gains of several do not add up. Demand is a gravity model, one trip a person and day between zones: modelled, not observed. The tables hold no city streets, so road candidates start at 15 km and gains inside large cities may be overstated.',
  none: 'No candidate: no two places near on the map are far by network.',
  candidates: 'Candidates',
  plans: 'Planned, building and lately opened links, evaluated the same way',
  noPlans: 'The region folder names no planned link whose two ends the network holds.',
  left: (count: number) =>
    count > 0
      ? `${count} ${count === 1 ? 'plan names a place' : 'plans name places'} that the network lacks and could not be evaluated.`
      : '',
  worth: 'Costs, ratios and how firm the ranks are',
  band: 'Ranks: 5th and 95th percentile over 50 runs, seed 1, with the network 10%, each new link 15% and the trips of each zone 20% faster or slower, more or fewer (lognormal standard deviations).',
  source: 'Gain: new time of every zone pair with the link added, times modelled trips.',
};

export const REFERENCE_WORDS = {
  title: 'Held against published times',
  lead: (met: number, all: number) =>
    `${met} of ${all} published city-pair times and road distances are met within 20%, or 5 minutes or kilometres. By rail ours is the quickest of all trains at typical intervals, so the time of a stopping train beside a faster line reads as a miss; figures of conventional trains are held against conventional lines alone.`,
  none: 'The region folder holds no published time or distance between two of its places, so nothing vouches for these times yet.',
  chart: 'Computed against published minutes; on the line they agree',
  label: (name: string, met: number, all: number) => `${name}: ${met} of ${all} published times and distances are met.`,
  caption: 'Pair by pair',
};

/** 310,000 person-hours; what a planner can set against a cost */
export function hours(personMinutes: number): string {
  return `${people(personMinutes / 60)} person-hours`;
}
