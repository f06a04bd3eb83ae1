import { compareSlices, networkOf, openSlices, parseSlice, zoneTimes } from 'corridor-network-analyser';

const names = ['today', 'pinggu-line'].map((name) => parseSlice(name, 'slice'));
const [today, upgraded] = openSlices('jing-jin-ji', names);
if (!today || !upgraded) throw new Error('two slices were asked for');

const options = { mode: 'rail', year: null, speeds: 'as-given' } as const;
const before = networkOf(today, options);
const after = networkOf(upgraded, options, before); // nobody loses a station because another one opened

const slice = ({ label, region }: typeof today, { frozen }: typeof before) => ({
  label,
  region,
  frozen,
  times: zoneTimes(frozen, region.zones),
});
export const comparison = compareSlices(slice(today, before), slice(upgraded, after));
export const personMinutesSavedADay = comparison.benefit.fixedDemand;
export const winners = comparison.rows.find(({ scope, measure }) => scope === 'region' && measure === 'winners:cumulative:60')?.after;
