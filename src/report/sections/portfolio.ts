import { linkAppraiser } from '../../analysis/appraisal/new-link-appraisal.ts';
import { gravityDemand } from '../../analysis/demand/gravity-demand.ts';
import { linkProblem } from '../../analysis/portfolio/link-problem.ts';
import { type Portfolio, type PortfolioItem, portfolio } from '../../analysis/portfolio/portfolio.ts';
import { SILENT } from '../../model/progress.ts';
import { type Cell, column } from '../../model/results.ts';
import { newLinksOf } from '../analyses.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { escapeHtml } from '../figures/html.ts';
import { tableHtml } from '../figures/table.ts';
import { digits, shortName } from '../format.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { INTEREST_WORDS, PORTFOLIO_WORDS as WORDS } from '../words/interest-words.ts';
import { details, lead, remark, resultTable } from './parts.ts';

/** As the words say: of what all on offer would cost. */
const BUDGET_SHARE = 0.4;
const OFFERED = 12;
const RANKS = { runs: 50, seed: 1 };

interface ChosenSet {
  readonly mode: 'road' | 'rail';
  readonly items: readonly PortfolioItem[];
  readonly lines: readonly (readonly (readonly [number, number])[])[];
  /** null where nothing on offer has a price */
  readonly result: Portfolio | null;
}

/** The best set of the first candidates of each mode, on the network that their gains stand on. Cost: see portfolio. */
const setsOf = perRegion((context): readonly ChosenSet[] =>
  newLinksOf(context).map(({ mode, candidates }): ChosenSet => {
    const own = mode === 'road' ? 'road' : context.options.mode;
    const [frozen, times] = [context.network(own), context.times(own)];
    const appraiser = linkAppraiser(context.region);
    const links = candidates.filter((link) => link.gainPersonMinutes > 0 && appraiser.canPrice(link)).slice(0, OFFERED);
    const items = links.map((link): PortfolioItem => {
      const { cost, scheme } = appraiser(link);
      return {
        id: link.id,
        name: `${shortName(link.fromName)} – ${shortName(link.toName)}`,
        kind: cost.isMostlyFixedLink ? 'fixed-link' : mode,
        cost: scheme.capital,
        lines: [{ from: link.fromLonLat, to: link.toLonLat, share: 1 }],
        appraise: () => null,
      };
    });
    const lines = links.map(({ fromLonLat, toLonLat }) => [fromLonLat, toLonLat]);
    if (items.length === 0) return { mode, items, lines, result: null };
    const problem = linkProblem(
      frozen,
      times,
      gravityDemand(times),
      links.map(({ id, arcs }, index) => ({ id, arcs, cost: items[index]?.cost ?? 1 })),
    );
    const budget = items.reduce((sum, { cost }) => sum + cost, 0) * BUDGET_SHARE;
    const rules = { budget, by: 'admin1', floorSeconds: null, isExact: false, frontierPoints: 0, ...RANKS } as const;
    return { mode, items, lines, result: portfolio(problem, items, context.region.zones, rules, SILENT) };
  }),
);

/** What to build first with a given sum, who pays for it and who gains. */
export const portfolioSection: RegionSection = {
  id: 'portfolio',
  title: WORDS.title,
  show: (context) => {
    const tables: NamedTable[] = [];
    const parts = setsOf(context).map((set) => {
      const { mode, items, result } = set;
      if (!result || result.chosen.length === 0) return `<p class="gap">${escapeHtml(WORDS.none(mode))}</p>`;
      const [chosen, shares] = [chosenTable(context, set, result), jurisdictionTable(context, set, result)];
      tables.push(chosen, shares);
      const { currency } = context.region.manifest;
      const cost = `${digits(result.choice.cost / 1e9, 1)} billion ${currency}`;
      const words = lead([
        WORDS.lead(mode, result.chosen.length, items.length, cost, result.choice.gain),
        balance(shares),
        together(set, result),
      ]);
      const order = tableHtml(chosen, {
        caption: WORDS.order(mode),
        columns: ['order', 'name', 'cost', 'gain_person_hours', 'who_pays', 'gain_outside'],
      });
      return `${words}${order}${details(WORDS.jurisdictions(mode), tableHtml(shares, { caption: WORDS.jurisdictions(mode) }))}`;
    });
    return { html: `${parts.join('')}${remark(WORDS.how)}`, tables, findings: [] };
  },
};

/** Who would pay most and who would gain most, from the table of jurisdictions. */
function balance({ table }: NamedTable): string {
  const rows = table.rows.map(([name, cost, gain]) => ({ name: String(name), cost: Number(cost), gain: Number(gain) }));
  const most = (key: 'cost' | 'gain') => rows.toSorted((a, b) => b[key] - a[key])[0];
  const [payer, gainer] = [most('cost'), most('gain')];
  if (!payer || !gainer || rows.length < 2) return '';
  return WORDS.balance({ name: payer.name, share: payer.cost }, payer.gain, { name: gainer.name, share: gainer.gain }, gainer.cost);
}

/** The pair that helps or hinders each other most, where it is by a fifth and more. */
function together({ items }: ChosenSet, { synergies }: Portfolio): string {
  const [first] = synergies.filter(({ share }) => Math.abs(share) > 0.2);
  if (!first) return '';
  const names = [items[first.a]?.name ?? '', items[first.b]?.name ?? ''] as const;
  return first.share < 0 ? WORDS.substitutes(...names, Math.min(1, -first.share)) : WORDS.complements(...names, first.share);
}

function chosenTable(context: RegionContext, { mode, items, lines }: ChosenSet, { chosen }: Portfolio): NamedTable {
  const columns = [
    column('order'),
    column('id'),
    column('name'),
    column('cost', `million ${context.region.manifest.currency}`, 0),
    column('gain_person_minutes', 'person-minutes a day', 0),
    column('gain_person_hours', 'person-hours a day', 0),
    column('who_pays', 'share of the land'),
    column('gain_outside', 'share', 2),
  ];
  const rows = chosen.map(({ item, gain, interest }, position): Cell[] => {
    const own = items[item];
    const payers = INTEREST_WORDS.shares(interest.payers.map(({ name, costShare }) => ({ name, share: costShare })));
    return [position + 1, own?.id ?? '', own?.name ?? '', (own?.cost ?? 0) / 1e6, gain, gain / 60, payers, interest.gainOutside];
  });
  const geometries = chosen.map(({ item }) => ({ type: 'LineString', coordinates: lines[item] ?? [] }));
  return { file: `${context.id}-portfolio-${mode}`, table: resultTable(context, `portfolio by ${mode}`, columns, rows), geometries };
}

function jurisdictionTable(context: RegionContext, { mode, items }: ChosenSet, { chosen, choice, gains }: Portfolio): NamedTable {
  const paid = new Map<string, number>();
  for (const { item, interest } of chosen) {
    for (const { name, costShare } of interest.payers) paid.set(name, (paid.get(name) ?? 0) + costShare * (items[item]?.cost ?? 0));
  }
  const columns = [column('name'), column('share_of_cost', '', 3), column('share_of_gain', '', 3)];
  const rows = [...gains].map(([name, gain]): Cell[] => {
    return [name, choice.cost > 0 ? (paid.get(name) ?? 0) / choice.cost : 0, choice.gain > 0 ? gain / choice.gain : 0];
  });
  const subject = `portfolio by ${mode}: jurisdictions`;
  return { file: `${context.id}-portfolio-${mode}-jurisdictions`, table: resultTable(context, subject, columns, rows), geometries: null };
}
