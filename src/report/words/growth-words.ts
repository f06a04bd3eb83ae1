import { digits, list, people, percent } from '../format.ts';

const change = (from: number, to: number) => `${to >= from ? '+' : '−'}${percent(Math.abs(to / from - 1), 1)}`;

export const GROWTH_WORDS = {
  title: 'How the network grew',
  today: 'today',
  plans: 'all plans',
  chart: 'People within an hour of where they live today, on the network of each year',
  label: (name: string, first: string, now: string) =>
    `${name}: the average inhabitant would have ${first} people within an hour on the network of 2000 and has ${now} today.`,
  lead: (first: number | null, now: number | null) =>
    first === null || now === null || first <= 0
      ? 'Too few places are joined to draw a series.'
      : `On the network of 2000 the average inhabitant of today would have ${people(first)} people within an hour; on today’s it is ${people(now)} (${change(first, now)}).`,
  shared: (gini: readonly [number, number], worst: readonly [number, number]) =>
    `It was shared ${Math.abs(gini[1] - gini[0]) < 0.0005 ? 'as evenly as before' : gini[1] < gini[0] ? 'more evenly' : 'less evenly'} (Gini ${digits(gini[0], 3)}, then ${digits(gini[1], 3)}); the worst placed fifth went from ${people(worst[0])} to ${people(worst[1])} (${change(...worst)}).`,
  finding: (rows: readonly { readonly name: string; readonly from: number; readonly to: number }[]) =>
    `What was built since 2000 has brought the average inhabitant of today ${list(rows.map(({ name, from, to }) => `${percent(to / from - 1, 1)} more people within an hour in ${name} (${people(from)}, now ${people(to)})`))}.`,
  findingHow:
    'People within 60 minutes of the mean resident on the network of 2000 and on today’s, with the people of today in both; a link without a year counts as old.',
  findingCaution:
    'Railways and roads that opened at an unknown date are in both networks, so growth is understated where years are missing.',
  withPlans: (now: number | null, plans: number | null) =>
    now === null || plans === null || now <= 0
      ? ''
      : `With every plan on record open it would be ${people(plans)} (${change(now, plans)}).`,
  caution:
    'People and jobs are those of today in every year: the series shows what the network did. Links without a year count as old, and each year keeps the access of the one before, so that nobody loses a station because another opened.',
  caption: 'Every measure by year, today, and with all plans',
  published: 'Network lengths held against published ones',
  unpublished: 'The region folder holds no published length that the tables can be held against.',
  none: 'No link of this mode carries a year of opening, so there is no series.',
  source: 'Population-weighted mean; worst fifth: the fifth of the people with the fewest in reach.',
  measure: (name: string) =>
    name
      .replace('cumulative:60', 'people within an hour')
      .replace('mean-time', 'mean minutes to all others')
      .replaceAll('-', ' ')
      .replace(/^length:/, 'length of ')
      .replace(/^gini:/, 'Gini of ')
      .replace(/^theil between share:/, 'share of Theil between jurisdictions, ')
      .replace(/^worst fifth:/, 'worst placed fifth: '),
};
