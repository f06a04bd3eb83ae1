import { type Cell, column, type ResultTable } from '../../model/results.ts';
import type { StoredBacktest } from '../../open/open-backtest.ts';
import type { RegionContext } from '../context.ts';
import { escapeHtml } from '../figures/html.ts';
import { tableHtml } from '../figures/table.ts';
import { type AcrossSection, type NamedTable, NOTHING } from '../section.ts';
import { BACKTEST_WORDS as WORDS } from '../words/backtest-words.ts';
import { details, grid, lead, remark } from './parts.ts';

type Case = StoredBacktest['cases'][number];

/** Whether the score would have picked what was built: read from the stored result, which takes minutes to make. */
export const backtestSection: AcrossSection = {
  id: 'backtest',
  title: WORDS.title,
  show: (contexts) => {
    const stored = contexts[0]?.beside.backtest ?? null;
    const cases = (stored?.cases ?? []).filter((one) => contexts.some(({ id }) => id === one.region));
    if (!stored || cases.length === 0) return NOTHING;
    const [pooled, single, named] = [pooledTable(stored), caseTable(stored, cases), namedTable(stored, cases)];
    const own = stored.pooled.find((row) => row.score === 'corridor' && row.mode === 'all' && row.class === 'all');
    const best = stored.pooled
      .filter((row) => row.score !== 'corridor' && row.mode === 'all' && row.class === 'all')
      .sort((a, b) => (b.auc ?? 0) - (a.auc ?? 0))[0];
    const stale = staleFiles(contexts, stored);
    const words = lead([WORDS.lead(own, best), stale.length > 0 ? WORDS.stale(stale) : '']);
    const lists = contexts.map(
      (context) =>
        `<div class="c${context.position % 6}"><h3>${escapeHtml(context.name)}</h3>${bothLists(cases.filter((one) => one.region === context.id))}</div>`,
    );
    return {
      html: `${words}${tableHtml(pooled, { caption: WORDS.pooled, most: 7 })}${grid(...lists)}${details(WORDS.single, tableHtml(single, { caption: WORDS.single }))}${details(WORDS.named, tableHtml(named, { caption: WORDS.named }))}${remark(WORDS.provenance(stored))}`,
      tables: [pooled, single, named],
      findings: [],
    };
  },
};

/** Files of the report's regions that the stored result was not made from. */
function staleFiles(contexts: readonly RegionContext[], stored: StoredBacktest): string[] {
  const known = new Map(stored.inputs.map(({ file, sha256 }) => [file, sha256]));
  return contexts.flatMap(({ id, inputs }) =>
    inputs.flatMap(({ file, sha256 }) => {
      const was = known.get(`${id}/${file}`);
      return was !== undefined && was !== sha256 ? [`${id}/${file}`] : [];
    }),
  );
}

/** Both sides of the earliest year of each mode by name. */
function bothLists(cases: readonly Case[]): string {
  const modes = (['road', 'rail'] as const).flatMap(
    (mode) => cases.filter((one) => one.mode === mode).sort((a, b) => a.year - b.year)[0] ?? [],
  );
  return modes
    .map(({ mode, year, worthUnbuilt, builtLittleWorth }) => {
      const list = (rows: Case['worthUnbuilt']) =>
        `<ol class="marks">${rows
          .map(({ name, route, kilometres, gainPersonMinutes }, index) => {
            const place = route === null ? name : `${route}: ${name}`;
            return `<li><b class="${mode}">${index + 1}</b><span>${escapeHtml(place)}</span><small>${escapeHtml(WORDS.worth(kilometres, gainPersonMinutes))}</small></li>`;
          })
          .join('')}</ol>`;
      return `<p class="caption">${escapeHtml(WORDS.unbuilt(mode, year))}</p>${list(worthUnbuilt)}<p class="caption">${escapeHtml(WORDS.little(mode, year))}</p>${list(builtLittleWorth)}`;
    })
    .join('');
}

function table(stored: StoredBacktest, subject: string, columns: ResultTable['columns'], rows: readonly Cell[][]): ResultTable {
  const { command, draws, seed, protocol } = stored;
  return {
    command: 'report',
    parameters: { subject, stored_by: command, draws, seed, protocol },
    inputs: stored.inputs,
    columns,
    rows,
    notes: [],
  };
}

function pooledTable(stored: StoredBacktest): NamedTable {
  const kinds = [...new Set(stored.pooled.map((row) => `${row.mode} ${row.class}`))];
  const spoken = (kind: string) =>
    kind
      .replace(/^all all$/, 'all')
      .replace(/ all$/, '')
      .replaceAll(' ', '_');
  const scores = [...new Set(stored.pooled.map((row) => row.score))];
  const first = kinds[0] ?? '';
  const rows = scores.map((score): Cell[] => {
    const of = (kind: string) => stored.pooled.find((row) => row.score === score && `${row.mode} ${row.class}` === kind);
    return [score, of(first)?.aucLow ?? null, of(first)?.aucHigh ?? null, ...kinds.map((kind) => of(kind)?.auc ?? null)];
  });
  const columns = [
    column('score'),
    column('all_low', '95%', 3),
    column('all_high', '95%', 3),
    ...kinds.map((kind) => column(spoken(kind), 'area under the curve', 3)),
  ];
  return { file: 'backtest', table: table(stored, 'backtest over all cases', columns, rows), geometries: null };
}

function caseTable(stored: StoredBacktest, cases: readonly Case[]): NamedTable {
  const columns = [
    column('region'),
    column('year'),
    column('mode'),
    column('score'),
    column('candidates'),
    column('built'),
    column('auc', 'area under the curve', 3),
    column('auc_low', '95%', 3),
    column('auc_high', '95%', 3),
    ...[10, 20, 50, 100].map((cut) => column(`precision_${cut}`, 'share', 2)),
    column('recall_100', 'share', 3),
    column('mean_reciprocal_rank', '', 3),
  ];
  const rows = cases.flatMap(({ region, year, mode, rows: own }) =>
    own.map((row): Cell[] => {
      const head = [region, String(year), mode, row.score, row.candidates, row.built, row.auc, row.aucLow, row.aucHigh];
      return [...head, ...row.precision, row.recall100, row.meanReciprocalRank];
    }),
  );
  return { file: 'backtest-cases', table: table(stored, 'backtest case by case', columns, rows), geometries: null };
}

function namedTable(stored: StoredBacktest, cases: readonly Case[]): NamedTable {
  const columns = [
    column('region'),
    column('year'),
    column('mode'),
    column('side'),
    column('route'),
    column('name'),
    column('length_km', 'km', 0),
    column('gain_person_minutes', 'person-minutes a day', 0),
  ];
  const rows = cases.flatMap(({ region, year, mode, worthUnbuilt, builtLittleWorth }) => {
    const row = (side: string, link: Case['worthUnbuilt'][number]): Cell[] => {
      return [region, String(year), mode, side, link.route, link.name, link.kilometres, link.gainPersonMinutes];
    };
    return [
      ...worthUnbuilt.map((link) => row('high worth, never built', link)),
      ...builtLittleWorth.map((link) => row('built, little worth', link)),
    ];
  });
  return { file: 'backtest-both-sides', table: table(stored, 'both sides by name', columns, rows), geometries: null };
}
