import type { Command } from 'commander';
import { appraisalNotes } from '../analysis/appraisal/new-link-appraisal.ts';
import { homePacks } from '../analysis/appraisal/parameter-packs.ts';
import { MOST_EXACT } from '../analysis/portfolio/choose.ts';
import type { Jurisdiction } from '../analysis/portfolio/jurisdictions.ts';
import { type Portfolio, type PortfolioItem, portfolio } from '../analysis/portfolio/portfolio.ts';
import { keptProblem } from '../analysis/portfolio/set-problem.ts';
import { UsageError } from '../model/errors.ts';
import { KEEP_NOTHING, keptUnder } from '../model/kept-parts.ts';
import { type Cell, column } from '../model/results.ts';
import { openRegion, regionFolder } from '../open/open-network.ts';
import { openUpgrades, shippedUpgrades, upgradePath } from '../open/upgrades.ts';
import { type AppraisalFlags, appraisalSettings, withAppraisalOptions } from './appraisal-options.ts';
import { graphOptions, type NetworkFlags, numberOption, oneOf, parameters, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes } from './output.ts';
import { type Offer, type OfferOptions, offerLinks, offerUpgrades } from './portfolio-items.ts';
import { portfolioText } from './portfolio-text.ts';
import { terminalProgress } from './progress.ts';
import { RESUME_OPTION, resumeFolder, runIdentity } from './resume-folder.ts';

type PortfolioFlags = NetworkFlags &
  AppraisalFlags & {
    budget: string;
    items: string;
    candidates: string;
    by: string;
    floor?: string;
    exact?: boolean;
    frontier: string;
    resume?: string;
  };

export function registerPortfolio(program: Command): void {
  const command = withNetworkOptions(program.command('portfolio <network>'))
    .description('the best set of new links, plans or upgrades under a budget: order, worth, who pays and who gains')
    .requiredOption('--budget <money>', 'in the currency of the region, e.g. 50e9, or a part of the cost of all, e.g. 40%')
    .option('--items <kind>', 'candidates, plans or upgrades (those shipped with the region)', 'candidates')
    .option('--candidates <number>', 'how many of the best candidates or plans are on offer', '20')
    .option('--by <unit>', 'jurisdictions: admin1 or admin2', 'admin1')
    .option('--floor <seconds>', 'least gain a head and day that every jurisdiction must have')
    .option('--exact', `branch and bound in place of greedy choice with exchanges; at most ${MOST_EXACT} items`)
    .option('--frontier <number>', 'budgets on the frontier of gain over cost', '8')
    .option(...RESUME_OPTION);
  withAppraisalOptions(command)
    .addHelpText('after', '\nExample: corridor portfolio jing-jin-ji --mode road --budget 40% --by admin2')
    .action((network: string, flags: PortfolioFlags) => portfolioCommand(network, flags));
}

const COLUMNS = [
  column('kind'),
  column('order'),
  column('id'),
  column('name'),
  column('other'),
  column('jurisdiction'),
  column('cost', 'money', 0),
  column('total_cost', 'money', 0),
  column('gain_person_minutes', 'person-minutes a day', 0),
  column('total_gain_person_minutes', 'person-minutes a day', 0),
  column('benefit_cost_ratio', '', 2),
  column('share', '', 3),
  column('note'),
];

type Row = Partial<Record<string, Cell>> & { readonly kind: string };

function portfolioCommand(network: string, flags: PortfolioFlags): void {
  const graph = graphOptions(flags);
  const budgetOf = readBudget(flags.budget);
  const { region } = openRegion(network, flags.upgrade);
  const { settings, costs, runs, seed } = appraisalSettings(region.manifest, flags);
  const home = homePacks(settings.currency)[0] ?? null;
  const isOfUpgrades = flags.items === 'upgrades';
  const files = [flags.unitCosts, ...(isOfUpgrades ? shippedFiles(network) : [])];
  const keep =
    flags.resume === undefined
      ? KEEP_NOTHING
      : resumeFolder(flags.resume, runIdentity('portfolio', { network, ...flags }, [network], files));
  const offer = offerOf(network, region, flags, { graph, settings, costs, home, keep: keptUnder(keep, 'offer') });
  if (offer.items.length === 0) throw new UsageError('nothing is on offer: no candidate, plan or upgrade gains anything in this mode');
  const by = oneOf<Jurisdiction>('--by', flags.by, ['admin1', 'admin2']);
  const budget = budgetOf(offer.items);
  const isExact = flags.exact ?? false;
  if (isExact && offer.items.length > MOST_EXACT) {
    throw new UsageError(
      `--exact takes at most ${MOST_EXACT} items and ${offer.items.length} are on offer; give --candidates ${MOST_EXACT} or fewer`,
    );
  }
  const result = portfolio(
    flags.resume === undefined ? offer.problem : keptProblem(offer.problem, keep),
    offer.items,
    region.zones,
    {
      budget,
      by,
      floorSeconds: flags.floor === undefined ? null : numberOption('--floor', flags.floor, 0.001, 36000),
      isExact,
      frontierPoints: numberOption('--frontier', flags.frontier, 0, 100),
      runs,
      seed,
    },
    terminalProgress(),
  );
  const rows = [
    ...chosenRows(offer, result),
    ...jurisdictionRows(result),
    ...pairRows(offer, result),
    ...frontierRows(offer, result),
    ...stabilityRows(result),
  ];
  const table = {
    command: 'portfolio',
    parameters: {
      ...parameters(graph, flags.upgrade),
      items: flags.items,
      budget,
      by,
      floor: flags.floor ?? null,
      exact: isExact,
      runs,
      seed,
    },
    inputs: inputHashes(regionFolder(network), flags.upgrade),
    columns: COLUMNS.map((own) => (own.unit === 'money' ? { ...own, unit: `${settings.currency} of ${settings.priceYear}` } : own)),
    rows: rows.map((row) => COLUMNS.map(({ name }): Cell => row[name] ?? null)),
    notes: [...notesOf(result, budget, settings.currency), ...offer.notes, ...appraisalNotes(settings, home)],
  };
  emit(flags.format === 'table' ? portfolioText(table) : formatTable(table, flags.format), flags.out);
}

function shippedFiles(network: string): string[] {
  const folder = regionFolder(network);
  return shippedUpgrades(folder).flatMap((name) => upgradePath(folder, name) ?? []);
}

function offerOf(network: string, region: Parameters<typeof offerLinks>[0], flags: PortfolioFlags, options: OfferOptions): Offer {
  const kind = oneOf('--items', flags.items, ['candidates', 'plans', 'upgrades'] as const);
  const count = numberOption('--candidates', flags.candidates, 1, 500);
  if (kind !== 'upgrades') return offerLinks(region, kind, count, options, terminalProgress());
  const folder = regionFolder(network);
  return offerUpgrades(region, openUpgrades(folder, region, shippedUpgrades(folder)).upgrades, options);
}

/** Read before any work; what a percentage comes to is known with the cost of all. @throws UsageError for what is no budget */
function readBudget(text: string): (items: readonly PortfolioItem[]) => number {
  if (!text.endsWith('%')) {
    const money = numberOption('--budget', text, 0, 1e18);
    return () => money;
  }
  const percent = numberOption('--budget', text.slice(0, -1), 0, 100);
  return (items) => (items.reduce((sum, item) => sum + item.cost, 0) * percent) / 100;
}

function chosenRows({ items, problem }: Offer, { chosen, left, choice }: Portfolio): Row[] {
  const rows = chosen.flatMap(({ item, gain, totalGain, totalCost, appraisal, interest }, position): Row[] => {
    const { id = '', name = '', cost = 0 } = items[item] ?? {};
    const verdict = interest.isDefect
      ? 'worth its cost as a whole, but to none of those who would pay for it'
      : interest.gainOutside > 0.5
        ? 'most of its gain goes to people whose jurisdiction pays nothing'
        : 'those who pay have most of the gain';
    const head = { order: position + 1, id, name };
    return [
      {
        kind: 'chosen',
        ...head,
        cost,
        total_cost: totalCost,
        gain_person_minutes: gain,
        total_gain_person_minutes: totalGain,
        benefit_cost_ratio: appraisal?.benefitCostRatio ?? null,
        share: interest.gainOutside,
        note: verdict,
      },
      ...interest.payers.map(
        (payer): Row => ({
          kind: 'pays',
          ...head,
          jurisdiction: payer.name,
          cost: cost * payer.costShare,
          gain_person_minutes: gain * payer.gainShare,
          benefit_cost_ratio: payer.ownRatio,
          share: payer.costShare,
          note: payer.ownRatio >= 1 ? 'its own residents repay its part' : 'its own residents do not repay its part',
        }),
      ),
    ];
  });
  const out = left.map(({ item, gain }): Row => {
    const own = items[item];
    const alone = problem.value([item]).total;
    const note = gain < alone / 2 ? 'worth less than half of itself beside what is chosen' : 'not within the budget, or less for its cost';
    return {
      kind: 'left-out',
      id: own?.id ?? '',
      name: own?.name ?? '',
      cost: own?.cost ?? null,
      total_cost: choice.cost + (own?.cost ?? 0),
      gain_person_minutes: gain,
      total_gain_person_minutes: choice.gain + gain,
      benefit_cost_ratio: own?.appraise(gain)?.benefitCostRatio ?? null,
      note,
    };
  });
  return [...rows, ...out.sort((a, b) => Number(b.gain_person_minutes) - Number(a.gain_person_minutes))];
}

function jurisdictionRows({ gains, people, chosen, choice }: Portfolio): Row[] {
  const paid = new Map<string, number>();
  chosen.forEach(({ interest, totalCost }, position) => {
    const cost = totalCost - (chosen[position - 1]?.totalCost ?? 0);
    for (const payer of interest.payers) paid.set(payer.name, (paid.get(payer.name) ?? 0) + cost * payer.costShare);
  });
  return [...gains].map(([jurisdiction, gain]) => {
    const seconds = (gain * 60) / (people.get(jurisdiction) ?? 1);
    return {
      kind: 'jurisdiction',
      jurisdiction,
      cost: paid.get(jurisdiction) ?? 0,
      gain_person_minutes: gain,
      share: choice.gain > 0 ? gain / choice.gain : 0,
      note: `${seconds.toFixed(1)} seconds a head and day`,
    };
  });
}

const MOST_PAIRS = 40;

function pairRows({ items }: Offer, { synergies }: Portfolio): Row[] {
  return synergies.slice(0, MOST_PAIRS).map(({ a, b, value, share }) => ({
    kind: 'together',
    id: items[a]?.id ?? '',
    name: items[a]?.name ?? '',
    other: items[b]?.id ?? '',
    gain_person_minutes: value,
    share,
    note:
      value > 0 ? 'complements: each helps the other' : share < -0.5 ? 'substitutes: one does most of the work of the other' : 'overlap',
  }));
}

function frontierRows({ items }: Offer, { frontier }: Portfolio): Row[] {
  return frontier.map((choice, position) => ({
    kind: 'frontier',
    order: position + 1,
    total_cost: choice.cost,
    total_gain_person_minutes: choice.gain,
    note: choice.order.map((item) => items[item]?.id ?? '').join(' '),
  }));
}

function stabilityRows({ stability }: Portfolio): Row[] {
  return stability.map(({ id, rank, keepsPlace, rankLow, rankHigh, verdict }) => ({
    kind: 'stability',
    order: rank,
    id,
    share: keepsPlace,
    note: `rank ${Math.round(rankLow)} to ${Math.round(rankHigh)} in 8 of 10 runs; ${verdict}`,
  }));
}

function notesOf({ choice, free }: Portfolio, budget: number, currency: string): string[] {
  const notes = [
    `budget ${Math.round(budget / 1e6)} million ${currency}, spent ${Math.round(choice.cost / 1e6)} million; gains are exact for every set, after each choice anew`,
    'chosen: share is the part of the gain outside the jurisdictions that pay; who pays is whose land the straight line crosses (nearest seat)',
    'trips: gravity, one trip between zones a person and day, decay 0.03 a minute (modelled, not observed), held as they are without any scheme',
    'stability: ranks by gain over cost, each scheme alone, when cost, demand (reference classes) and speeds (15%) vary; share is of runs within one rank of its place',
  ];
  if (free) {
    const price = free.gain > 0 ? ((free.gain - choice.gain) / free.gain) * 100 : 0;
    notes.push(
      choice.fairness >= 1
        ? `every jurisdiction has its floor; this takes ${price.toFixed(1)}% of the gain that the budget could have without it`
        : `no set found keeps the floor everywhere; this one comes to ${(choice.fairness * 100).toFixed(0)}% of it, ${price.toFixed(1)}% below the free gain`,
    );
  }
  return notes;
}
