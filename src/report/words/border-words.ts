import type { BorderFit } from '../../analysis/borders/border-times.ts';
import { digits, kilometres } from '../format.ts';

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface Cost {
  readonly border: string;
  readonly percent: Interval;
  readonly minutes: Interval;
}

const spoken = (border: string) =>
  border === 'all' ? 'all borders together' : border === 'apart' ? 'jurisdictions that do not touch' : border.replace('|', ' – ');
const interval = ({ value, low, high }: Interval, unit: string) => `${digits(value, 1)}${unit} [${digits(low, 1)} to ${digits(high, 1)}]`;

export const BORDER_WORDS = {
  title: 'What borders cost',
  spoken,
  map: (name: string) => `${name}: extra time across each border at equal distance and people; numbers: roads and railways that stop there`,
  label: (name: string, percent: number, ends: number) =>
    `Map of borders in ${name}: crossing one takes ${digits(percent, 1)}% more time at equal distance and people; ${ends} dead ends.`,
  classes: ['no effect shown', 'quicker across', 'under 10% more time', '10 – 25% more', '25% and more'],
  all: ({ percent, minutes }: Cost) =>
    percent.low > 0
      ? `At equal distance and people a trip across a border takes ${interval(percent, '%')} more time, ${interval(minutes, ' min')} of a mean pair.`
      : percent.high < 0
        ? `At equal distance and people trips across borders take ${interval({ value: -percent.value, low: -percent.high, high: -percent.low }, '%')} less time than trips inside one jurisdiction.`
        : `Over all borders together no effect is shown: ${interval(percent, '%')} of time at equal distance and people.`,
  dearest: ({ border, percent, minutes }: Cost) =>
    `The dearest is ${spoken(border)}: ${interval(percent, '%')} more time, ${interval(minutes, ' min')} of a mean pair.`,
  noneShown: 'No single border shows more time than its interval could hold by chance.',
  ends: (count: number) =>
    count === 0
      ? 'No road or railway on record stops within 15 km of a border with its like beyond.'
      : `${count} ${count === 1 ? 'road or railway stops' : 'roads and railways stop'} within 15 km of a border although its class goes on beyond (the first are numbered).`,
  round: (length: number) => `${kilometres(length)} round`,
  noWay: 'no way round',
  caution:
    'On published and recalled links alone: assumed neighbour roads were drawn across borders as readily as within. Mountains, water and a dense core along a border are part of its minutes; local roads that end at one are not on record. An interval that holds 0 shows nothing.',
  none: 'No border with enough pairs of zones on published or recalled links on both sides.',
  caption: 'Each border with its 95% interval, dearest first',
  crossings: 'Links across each border, against lines parallel to it inside',
  deadEnds: 'Roads and railways that stop at a border',
  method: 'Method',
  how: ({ pairs, within, rSquared, distanceElasticity }: BorderFit) =>
    `Regression of ln minutes on ln kilometres, its square, ln of both populations and one dummy a border over ${digits(pairs, 0)} pairs of zones 5 to 150 km apart, ${digits(within, 0)} of them within one jurisdiction (R² ${digits(rSquared, 2)}, elasticity of distance ${digits(distanceElasticity, 2)}). Intervals: bootstrap over zones, 50 draws, seed 1 (corridor borders takes 200). Borders of admin1, read as Voronoi cells of seats.`,
  source: 'Colour: extra time of pairs across a border; grey where the interval holds 0.',
  finding: (rows: readonly { readonly name: string; readonly cost: Cost }[]) =>
    `At equal distance and people, time across these borders is longer: ${rows.map(({ name, cost }) => `${spoken(cost.border)} (${name}) by ${interval(cost.percent, '%')}`).join('; ')}.`,
  findingNone: (names: readonly string[]) =>
    `No border of ${names.join(' or ')} takes more time than chance would, at equal distance and people, on the links on record.`,
  findingHow:
    'Regression of ln minutes on distance, people and a dummy for each border over pairs of zones 5 to 150 km apart; 95% interval from a bootstrap over zones (50 draws); the dearest border of each region whose interval excludes 0.',
};
