import type { StoredBacktest } from '../../open/open-backtest.ts';
import { digits, kilometres } from '../format.ts';
import { hours } from './section-words.ts';

type Row = StoredBacktest['pooled'][number];
const GOAL = 0.75;
const told = (value: number | null | undefined) => digits(value ?? Number.NaN, 3);

export const BACKTEST_WORDS = {
  title: 'Would the score have picked what was built?',
  lead: (own: Row | undefined, best: Row | undefined) =>
    `Cut back to earlier years and held against what was opened since, over ${digits(own?.candidates ?? 0, 0)} candidates of which ${digits(own?.built ?? 0, 0)} were built, the score tells a built from an unbuilt link of equal length and place in ${told(own?.auc)} of pairs [${told(own?.aucLow)} to ${told(own?.aucHigh)}]; the best simple rule, ${best?.score.replaceAll('-', ' ') ?? 'none'}, in ${told(best?.auc)}; chance is 0.5. The goal of ${GOAL} is ${(own?.auc ?? 0) >= GOAL ? 'met' : 'missed'}.`,
  stale: (files: readonly string[]) => `The stored result was made from other versions of: ${files.join(', ')}. Make it again.`,
  pooled: 'Every score and baseline over all cases: area under the curve within length and class',
  single: 'Case by case',
  named: 'Both sides by name, every case',
  unbuilt: (mode: string, year: number) => `High worth, never built, ${mode} since ${year}`,
  little: (mode: string, year: number) => `Built, little worth, ${mode} since ${year}`,
  worth: (length: number, gain: number) => `${kilometres(length)}, ${hours(gain)} a day`,
  provenance: ({ command, corridor, draws, seed, protocol, inputs }: StoredBacktest) =>
    `Stored result of ${command} (Corridor ${corridor}; ${draws} bootstrap draws, seed ${seed}; hashes of its ${inputs.length} input files in the tables' source, networks/backtest.json; rules: ${protocol}). Each region is judged by a score fitted on the other two. People are those of today in every year; demand ends at the edge of the region and moves between zones only, so that metros and relief lines look worth little: a limit of the measure, not a verdict on them.`,
};
