import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { openBacktest, type StoredBacktest } from '../../../src/open/open-backtest.ts';
import { openLinkScore } from '../../../src/open/open-link-score.ts';
import { shortName } from '../../../src/report/format.ts';

type Skill = StoredBacktest['pooled'][number];

const page = readFileSync(new URL('../../../../docs/backtest.md', import.meta.url), 'utf8').replaceAll('**', '');
const NAMES: Readonly<Record<string, string>> = {
  corridor: 'corridor',
  gain: 'gain',
  'gain-per-km': 'gain per km',
  detour: 'detour',
  'population-product': 'population product',
  gravity: 'population product / d²',
  random: 'random',
};
const REGIONS: Readonly<Record<string, string>> = {
  'boston-washington': 'Boston–Washington',
  'jing-jin-ji': 'Jing-Jin-Ji',
  tokyo: 'Tokyo',
};

const three = (value: number | null) => (value ?? Number.NaN).toFixed(3);
const withInterval = ({ auc, aucLow, aucHigh }: Skill) => `${three(auc)} [${three(aucLow)}–${three(aucHigh)}]`;

function stored(): StoredBacktest {
  const found = openBacktest();
  if (!found) throw new Error('no stored backtest');
  return found;
}

describe('the stored backtest', () => {
  it('rests on the files that the stored score was fitted on', () => {
    expect(stored().inputs).to.deep.equal(openLinkScore().inputs);
  });

  it('is what docs/backtest.md says of all cases together, to the digit', () => {
    const { pooled } = stored();
    const columns = [['all', 'all'], ...['road', 'rail'].flatMap((mode) => ['all', 'urban', 'intercity'].map((name) => [mode, name]))];
    for (const [score, name] of Object.entries(NAMES)) {
      const cells = columns.map(([mode, own]) => {
        const row = pooled.find((one) => one.score === score && one.mode === mode && one.class === own);
        if (!row) throw new Error(`no row of ${score}, ${mode}, ${own}`);
        return score === 'corridor' ? withInterval(row) : three(row.auc);
      });
      expect(page).to.contain(`\n| ${name} | ${cells.join(' | ')} |\n`);
    }
    const whole = pooled.find((row) => row.score === 'corridor' && row.mode === 'all' && row.class === 'all');
    expect(page).to.contain(`${whole?.candidates.toLocaleString('en')} candidates, ${whole?.built.toLocaleString('en')} built`);
    expect(page).to.contain(`The goal of 0.75 over everything is missed: ${three(whole?.auc ?? null)}.`);
  });

  it('is what docs/backtest.md says case by case, the best baseline among them', () => {
    for (const { region, year, mode, rows } of stored().cases) {
      const own = rows.find(({ score }) => score === 'corridor');
      const [best] = rows.filter(({ score }) => !['corridor', 'random'].includes(score)).sort((a, b) => (b.auc ?? 0) - (a.auc ?? 0));
      if (!own || !best) throw new Error(`no rows of ${region} ${year}`);
      const counts = `${own.candidates.toLocaleString('en')} / ${own.built.toLocaleString('en')}`;
      const precision = `${own.precision[0]?.toFixed(1)} | ${own.precision[3]?.toFixed(2)}`;
      expect(page).to.contain(
        `\n| ${REGIONS[region]} ${year} ${mode} | ${counts} | ${withInterval(own)} | ${precision} | ${NAMES[best.score]} ${three(best.auc)} |\n`,
      );
    }
  });

  it('holds every link that docs/backtest.md names on either side, with its length and gain', () => {
    const seat = / \(seat ([^)]*)\)$/;
    const short = (name: string) => name.split(' – ').map((end) => seat.exec(end)?.[1] ?? shortName(end).replace(/, [A-Z]{2}$/, ''));
    const known = stored().cases.flatMap(({ worthUnbuilt, builtLittleWorth }) =>
      [...worthUnbuilt, ...builtLittleWorth].map(({ name, kilometres, gainPersonMinutes }) => {
        return `${short(name).join(' – ')} (${kilometres.toFixed(0)} km, ${(gainPersonMinutes / 1e6).toFixed(1)}`;
      }),
    );
    const part = page.slice(page.indexOf('### 2.4'), page.indexOf('## 3.')).replaceAll(/\s+/g, ' ');
    const named = [...part.matchAll(/\(\d+ km, [\d.]+/g)];
    expect(named).to.have.length.greaterThan(20);
    for (const match of named) {
      const before = part.slice(0, match.index + match[0].length);
      expect(
        known.some((text) => before.endsWith(text)),
        before.slice(-70),
      ).to.equal(true);
    }
  });
});
