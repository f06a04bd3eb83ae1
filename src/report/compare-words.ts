/** Words for the measures of a comparison, as a planner would say them. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^cumulative:(.+)$/, '$2 within $1 minutes'],
  [/^dual:(.+)$/, 'minutes to reach $1 $2'],
  [/^gravity:.*$/, '$2 in reach, weighted by time'],
  [/^mean-time$/, 'mean minutes to all others'],
  [/^core-minutes$/, 'minutes to the primary core'],
  [/^nearest-core-minutes$/, 'minutes to the nearest core'],
  [/^efficiency$/, 'network efficiency'],
  [/^mean-minutes-between-people$/, 'mean minutes between any two people'],
  [/^pairs-without-a-way$/, 'pairs of zones without a way'],
  [/^person-minutes-saved$/, 'person-minutes saved a day'],
  [/^person-minutes-saved:rule-of-half$/, 'person-minutes saved a day, trips reacting (rule of a half)'],
  [/^isochrone-area:(.+)$/, 'area within $1 minutes of the primary core'],
  [/^isochrone-population:(.+)$/, 'people within $1 minutes of the primary core'],
  [/^pair-minutes$/, 'minutes'],
  [/^link-trips$/, 'trips a day'],
  [/^vehicle-trips$/, 'trips by car'],
  [/^vehicle-minutes$/, 'vehicle-minutes of all trips'],
  [/^delay-person-minutes$/, 'person-minutes lost to congestion'],
  [/^trips-without-a-way$/, 'trips without a way'],
  [/^links-over-capacity$/, 'links at or over capacity'],
  [/^bottlenecks-(.+)$/, 'bottlenecks $1'],
  [/^bottleneck-(.+)$/, '$1'],
  [/^link-delay$/, 'delay'],
  [/^link-flow$/, 'flow'],
  [/^link-ratio$/, 'flow over capacity'],
];

const PREFIXES: Readonly<Record<string, string>> = {
  winners: 'people better off:',
  losers: 'people worse off:',
  gini: 'Gini of',
  theil: 'Theil of',
  'theil-between': 'Theil between jurisdictions of',
  palma: 'Palma ratio of',
  'worst-fifth': 'worst-served fifth:',
};

/** @param opportunity  what is reached: population is said as people */
export function measureWords(name: string, opportunity: string): string {
  const [head = '', ...rest] = name.split(':');
  const prefix = PREFIXES[head];
  if (prefix !== undefined && rest.length > 0) return `${prefix} ${measureWords(rest.join(':'), opportunity)}`;
  const found = WORDS.find(([pattern]) => pattern.test(name));
  if (!found) return name;
  return name.replace(found[0], found[1]).replace('$2', opportunity === 'population' ? 'people' : opportunity);
}
