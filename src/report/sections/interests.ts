import { type Cell, column } from '../../model/results.ts';
import { byCodePoint } from '../../model/units.ts';
import { type LinkInterest, type LinkWorth, newLinksOf } from '../analyses.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { escapeHtml } from '../figures/html.ts';
import { tableHtml } from '../figures/table.ts';
import { shortName } from '../format.ts';
import { type NamedTable, NOTHING, type RegionSection } from '../section.ts';
import { INTEREST_WORDS as WORDS } from '../words/interest-words.ts';
import { details, lead, remark, resultTable } from './parts.ts';

interface InterestRow {
  readonly id: string;
  readonly name: string;
  readonly mode: 'road' | 'rail';
  readonly source: string;
  readonly positions: readonly (readonly [number, number])[];
  readonly gainPersonMinutes: number;
  readonly worth: LinkWorth | undefined;
  readonly interest: LinkInterest;
}

/** Candidates and plans that save time, those with most of the gain outside the jurisdictions that pay first. */
const rowsOf = perRegion((context): readonly InterestRow[] =>
  newLinksOf(context)
    .flatMap(({ candidates, plans, interests, worth }) =>
      [...candidates, ...plans].flatMap((link): InterestRow[] => {
        const interest = interests.get(link.id);
        const { id, mode, source, gainPersonMinutes, fromLonLat, toLonLat } = link;
        const name = source === 'plan' ? link.why.replace(/^[^:]*: /, '') : `${shortName(link.fromName)} – ${shortName(link.toName)}`;
        const positions = [fromLonLat, toLonLat];
        return interest ? [{ id, name, mode, source, positions, gainPersonMinutes, worth: worth.get(id), interest }] : [];
      }),
    )
    .sort((a, b) => b.interest.gainOutside - a.interest.gainOutside || byCodePoint(a.id, b.id)),
);

/** The local-interest defect: links whose gain falls mainly outside the jurisdictions on whose land they lie. */
export const interestsSection: RegionSection = {
  id: 'interests',
  title: WORDS.title,
  show: (context) => {
    const rows = rowsOf(context);
    const jurisdictions = new Set(context.region.zones.map(({ admin1 }) => admin1));
    if (context.region.zones.length === 0) return NOTHING;
    const gap = (text: string) => ({ html: `<p class="gap">${escapeHtml(text)}</p>`, tables: [], findings: [] });
    if (jurisdictions.size < 2) return gap(WORDS.one);
    const [worst] = rows;
    if (!worst) return gap(WORDS.none);
    const outside = rows.filter(({ interest }) => interest.gainOutside > 0.5);
    const shared = rows.flatMap((row) => {
      const [payer] = row.interest.payers;
      return payer && row.interest.payers.length > 1 ? [{ row, payer, skew: payer.costShare - payer.gainShare }] : [];
    });
    const [skewed] = shared.sort((a, b) => b.skew - a.skew || byCodePoint(a.row.id, b.row.id));
    const payers = ({ interest }: InterestRow) => interest.payers.map(({ name, costShare }) => ({ name, share: costShare }));
    const words = lead([
      WORDS.lead(rows.length, outside.length),
      outside.length > 0 ? WORDS.worst(worst.name, payers(worst), worst.interest.gainOutside, worst.interest.gainers.slice(0, 2)) : '',
      skewed && skewed.skew > 0
        ? WORDS.skewed(skewed.row.name, { name: skewed.payer.name, share: skewed.payer.costShare }, skewed.payer.gainShare)
        : '',
      WORDS.defect(rows.filter(({ interest }) => interest.isDefect).map(({ name }) => name)),
    ]);
    const table = interestTable(context, rows);
    const shown = tableHtml(table, {
      caption: WORDS.caption,
      columns: ['name', 'mode', 'gain_person_hours', 'who_pays', 'who_gains', 'gain_outside', 'benefit_cost_ratio', 'verdict'],
      most: 12,
    });
    return { html: `${words}${remark(WORDS.how)}${details(WORDS.caption, shown)}`, tables: [table], findings: [] };
  },
};

function interestTable(context: RegionContext, rows: readonly InterestRow[]): NamedTable {
  const columns = [
    column('id'),
    column('name'),
    column('mode'),
    column('source'),
    column('gain_person_minutes', 'person-minutes a day', 0),
    column('gain_person_hours', 'person-hours a day', 0),
    column('who_pays', 'share of the land'),
    column('who_gains', 'share of the time saved'),
    column('gain_outside', 'share', 2),
    column('cost', `million ${context.region.manifest.currency}`, 0),
    column('benefit_cost_ratio', '', 2),
    column('verdict'),
  ];
  const cells = rows.map(({ id, name, mode, source, gainPersonMinutes, worth, interest }): Cell[] => {
    const { payers, gainers, gainOutside, isDefect } = interest;
    const paying = WORDS.shares(payers.map((row) => ({ name: row.name, share: row.costShare })));
    const verdict = isDefect ? WORDS.yes : gainOutside > 0.5 ? WORDS.mostly : WORDS.inside;
    const cost = worth?.cost ?? null;
    const head = [
      id,
      name,
      mode,
      source,
      gainPersonMinutes,
      gainPersonMinutes / 60,
      paying,
      WORDS.shares(gainers.slice(0, 3)),
      gainOutside,
    ];
    return [...head, cost === null ? null : cost / 1e6, worth?.benefitCostRatio ?? null, verdict];
  });
  const geometries = rows.map(({ positions }) => ({ type: 'LineString', coordinates: positions }));
  return { file: `${context.id}-interests`, table: resultTable(context, 'who pays, who gains', columns, cells), geometries };
}
