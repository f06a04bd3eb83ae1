import { basename } from 'node:path';
import type { Command } from 'commander';
import { appraisalNotes } from '../analysis/appraisal/new-link-appraisal.ts';
import { homePacks } from '../analysis/appraisal/parameter-packs.ts';
import { MOST_EXACT } from '../analysis/portfolio/choose.ts';
import type { Jurisdiction } from '../analysis/portfolio/jurisdictions.ts';
import { linksUpgrade, type PricedLink } from '../analysis/portfolio/links-upgrade.ts';
import { type Portfolio, type PortfolioItem, portfolio } from '../analysis/portfolio/portfolio.ts';
import { keptProblem } from '../analysis/portfolio/set-problem.ts';
import { UsageError } from '../model/errors.ts';
import { KEEP_NOTHING, keptUnder } from '../model/kept-parts.ts';
import type { Cell } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { openZonedRegion, regionFolder } from '../open/open-network.ts';
import { openUpgrades, shippedUpgrades, upgradePath } from '../open/upgrades.ts';
import { upgradeText } from '../write/upgrade-file.ts';
import { type AppraisalFlags, appraisalSettings, withAppraisalOptions } from './appraisal-options.ts';
import { graphOptions, type NetworkFlags, numberOption, oneOf, parameters, wholeOption, withNetworkOptions } from './network-options.ts';
import { emit, formatTable, inputHashes, writeWhole } from './output.ts';
import { type Offer, type OfferOptions, offerLinks, offerUpgrades } from './portfolio-items.ts';
import { chosenRows, frontierRows, jurisdictionRows, notesOf, PORTFOLIO_COLUMNS, pairRows, stabilityRows } from './portfolio-rows.ts';
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
    asUpgrade?: string;
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
    .option('--as-upgrade <file>', 'write the chosen links as an upgrade that compare reads back: --upgrade FILE.json')
    .option(...RESUME_OPTION);
  withAppraisalOptions(command)
    .addHelpText('after', '\nExample: corridor portfolio jing-jin-ji --mode road --budget 40% --by admin2')
    .action((network: string, flags: PortfolioFlags) => portfolioCommand(network, flags));
}

function portfolioCommand(network: string, flags: PortfolioFlags): void {
  const graph = graphOptions(flags);
  const budgetOf = readBudget(flags.budget);
  if (flags.asUpgrade !== undefined) checkUpgradeFile(flags.asUpgrade, flags.items);
  const { region } = openZonedRegion(network, flags.upgrade);
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
      frontierPoints: wholeOption('--frontier', flags.frontier, 0, 100),
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
  const written = flags.asUpgrade === undefined ? [] : writeAsUpgrade(flags.asUpgrade, region, offer, result, { graph, settings });
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
    columns: PORTFOLIO_COLUMNS.map((own) =>
      own.unit === 'money' ? { ...own, unit: `${settings.currency} of ${settings.priceYear}` } : own,
    ),
    rows: rows.map((row) => PORTFOLIO_COLUMNS.map(({ name }): Cell => row[name] ?? null)),
    notes: [...notesOf(result, budget, settings.currency), ...offer.notes, ...appraisalNotes(settings, home), ...written],
  };
  emit(flags.format === 'table' ? portfolioText(table) : formatTable(table, flags.format), flags.out);
}

/** Before any work. @throws UsageError for a name that no option --upgrade takes, and for items that are upgrades already */
function checkUpgradeFile(file: string, items: string): void {
  if (!file.endsWith('.json') || /[,+]/.test(file)) {
    throw new UsageError(`--as-upgrade is "${file}"; expected a file whose name ends with .json, without commas and plus signs`);
  }
  if (items === 'upgrades') throw new UsageError('--as-upgrade writes links; chosen upgrades are read back by their names: --upgrade a,b');
}

/** Write the chosen links in the order of building. @returns notes on what differs between the file and the gains */
function writeAsUpgrade(
  file: string,
  region: Region,
  offer: Offer,
  { chosen, choice }: Portfolio,
  { graph, settings }: Pick<OfferOptions, 'graph' | 'settings'>,
): string[] {
  const { currency, priceYear } = settings;
  const links = chosen.flatMap(({ item }): PricedLink[] => {
    const [link, own] = [offer.links?.[item], offer.items[item]];
    if (!link || !own) return [];
    return [{ link, cost: { value: own.cost, currency, priceYear, scope: own.name, share: 1, source: 'corridor portfolio' } }];
  });
  const id =
    basename(file, '.json')
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .replace(/^-+/, '') || 'portfolio';
  const { upgrade, notes } = linksUpgrade(id, region, links, graph);
  writeWhole(file, upgradeText(upgrade));
  const gain = Math.round(choice.gain);
  return [
    `written as ${file}: corridor compare with --upgrade ${file} against the same state saves the ${gain} person-minutes a day again, to a millisecond a trip`,
    ...notes,
  ];
}

function shippedFiles(network: string): string[] {
  const folder = regionFolder(network);
  return shippedUpgrades(folder).flatMap((name) => upgradePath(folder, name) ?? []);
}

function offerOf(network: string, region: Parameters<typeof offerLinks>[0], flags: PortfolioFlags, options: OfferOptions): Offer {
  const kind = oneOf('--items', flags.items, ['candidates', 'plans', 'upgrades'] as const);
  const count = wholeOption('--candidates', flags.candidates, 1, 500);
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
