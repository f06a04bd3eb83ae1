import { digits, list, percent, shortName } from '../format.ts';
import { hours } from './section-words.ts';

interface Share {
  readonly name: string;
  readonly share: number;
}

const shares = (rows: readonly Share[]) => rows.map(({ name, share }) => `${shortName(name)} ${percent(share)}`).join(', ');

export const INTEREST_WORDS = {
  title: 'Who pays, who gains',
  shares,
  lead: (links: number, outside: number) =>
    outside === 0
      ? `If each jurisdiction paid for what lies on its land, those who pay would have most of the time saved for each of the ${digits(links, 0)} candidate and planned links that save any.`
      : `If each jurisdiction paid for what lies on its land, ${outside === 1 ? 'one' : digits(outside, 0)} of the ${digits(links, 0)} candidate and planned links that save time would give most of it to people of jurisdictions that pay nothing.`,
  worst: (name: string, payers: readonly Share[], outside: number, gainers: readonly Share[]) =>
    `Most of all ${name}: it would lie on the land of ${list(payers.map((row) => shortName(row.name)))}, and ${percent(outside)} of its gain would be elsewhere (${shares(gainers)}).`,
  skewed: (name: string, payer: Share, gain: number) =>
    `Least even between those who would pay: ${name}, of which ${shortName(payer.name)} would pay ${percent(payer.share)} for ${percent(gain)} of the gain.`,
  defect: (names: readonly string[]) =>
    names.length === 0
      ? 'No link on the list is worth its cost as a whole and to none of those who would pay for it.'
      : `Worth ${names.length === 1 ? 'its' : 'their'} cost as a whole, but to none of those who would pay: ${list(names)}. Left to local interest, ${names.length === 1 ? 'it is' : 'they are'} not built.`,
  one: 'The region is one jurisdiction: who pays is who gains.',
  none: 'No candidate or planned link saves any time here.',
  caption: 'Links by the part of the gain that goes to people of jurisdictions that pay nothing',
  how: 'Land is by the nearest seat along the straight line; the gain is by the home of those who travel; demand is modelled. A payer’s own ratio is the ratio of the whole times its share of the gain over its share of the cost.',
  yes: 'worth its cost, to no payer',
  mostly: 'gains mainly outside',
  inside: 'gains mainly with those who pay',
};

export const PORTFOLIO_WORDS = {
  title: 'The best set for the money',
  lead: (mode: string, chosen: number, offered: number, cost: string, gain: number) =>
    `By ${mode}, ${digits(chosen, 0)} of the ${digits(offered, 0)} best candidates fit into 40% of what all would cost: ${cost} for ${hours(gain)} a day, each gain worked out anew beside what is chosen before.`,
  balance: (payer: Share, gain: number, gainer: Share, cost: number) =>
    payer.name === gainer.name
      ? `${shortName(payer.name)} would pay most (${percent(payer.share)}) and gain most (${percent(gain)}).`
      : `${shortName(payer.name)} would pay most, ${percent(payer.share)} of the cost for ${percent(gain)} of the gain; ${shortName(gainer.name)} would gain most, ${percent(gainer.share)} for ${percent(cost)} of the cost.`,
  substitutes: (a: string, b: string, share: number) =>
    `One does most of the work of the other: ${a} and ${b} (${percent(share)} of the smaller gain is lost beside the other).`,
  complements: (a: string, b: string, share: number) =>
    `Each helps the other: ${a} and ${b} (${percent(share)} of the smaller gain comes on top).`,
  none: (mode: string) => `No candidate by ${mode} has a price, so there is no set to choose.`,
  order: (mode: string) => `Chosen by ${mode}, in the order of building`,
  jurisdictions: (mode: string) => `By ${mode}: what each jurisdiction would pay for its land, and what its people would gain`,
  how: 'Greedy choice with exchanges, twelve candidates, gains of sets exact; corridor portfolio takes any budget, more candidates, floors for every jurisdiction and an exact search, and writes the set as an upgrade.',
};
