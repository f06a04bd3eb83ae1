import { appraiseUnderAll } from '../../analysis/appraisal/appraise.ts';
import { settingsOf } from '../../analysis/appraisal/economies.ts';
import { appraisalNotes } from '../../analysis/appraisal/new-link-appraisal.ts';
import { homePacks, PARAMETER_PACKS } from '../../analysis/appraisal/parameter-packs.ts';
import { COST_TABLE } from '../../analysis/appraisal/unit-costs.ts';
import { schemeOf, upgradeCost } from '../../analysis/appraisal/upgrade-cost.ts';
import { type ChangedLink, changedLinks } from '../../analysis/compare/changed-links.ts';
import { timeBenefit } from '../../analysis/compare/time-benefit.ts';
import { gravityDemand } from '../../analysis/demand/gravity-demand.ts';
import { byJurisdiction } from '../../analysis/portfolio/jurisdictions.ts';
import { zoneTimes } from '../../analysis/zone-times.ts';
import { applyUpgrades } from '../../build/apply-upgrade.ts';
import { type Cell, column } from '../../model/results.ts';
import { byCodePoint } from '../../model/units.ts';
import type { Upgrade } from '../../model/upgrade.ts';
import { networkOf } from '../../open/slices.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { escapeHtml, swatch } from '../figures/html.ts';
import { mapFigureHtml } from '../figures/map-figure.ts';
import { linePath } from '../figures/map-frame.ts';
import { cellLayer, faintLinks } from '../figures/map-layers.ts';
import { roundBounds, stepOf, stepsLegend } from '../figures/steps.ts';
import { tableHtml } from '../figures/table.ts';
import { digits, percent, shortName } from '../format.ts';
import { type NamedTable, NOTHING, type RegionSection } from '../section.ts';
import { UPGRADE_WORDS as WORDS } from '../words/upgrade-words.ts';
import { details, duo, lead, remark, resultTable } from './parts.ts';

export interface UpgradeWorth {
  readonly upgrade: Upgrade;
  /** year of the network that it is held against; null for the network of the report */
  readonly year: number | null;
  /** person-minutes a day, trips of today held */
  readonly personMinutes: number;
  readonly byResidents: Float64Array;
  readonly gainers: readonly { readonly name: string; readonly share: number }[];
  /** money of the region's prices; null where nothing is built */
  readonly capital: number | null;
  /** one a pack, in the order of PARAMETER_PACKS */
  readonly ratios: readonly (number | null)[];
  readonly links: readonly ChangedLink[];
}

/**
 * The year that an upgrade is to be read in: one that only brings openings forward changes nothing today, where all of it is open, so it is
 * held against the network of the year that it sets.
 */
export function yearOfUpgrade({ changes }: Upgrade): number | null {
  const years = changes.map((change) =>
    'select' in change && 'opened' in change.set && Object.keys(change.set).length === 1 ? (change.set.opened ?? null) : null,
  );
  return years.length > 0 && years.every((year) => year !== null) ? Math.max(...years) : null;
}

/**
 * Each shipped upgrade alone against today, or the year that it is to be read in, in the mode of the report, most minutes first.
 * Cost: a network and its times each, twice for those of another year.
 */
export const upgradesOf = perRegion((context): readonly UpgradeWorth[] => {
  const { region, options, beside } = context;
  const settings = settingsOf(region.manifest);
  const stateOf = (year: number | null) => {
    const slice = { label: year === null ? 'today' : String(year), year, region, upgrades: [], notes: [] };
    const isOwn = year === options.year;
    const earlier = isOwn ? { graph: context.graph(options.mode), frozen: context.network(options.mode) } : networkOf(slice, options);
    const times = isOwn ? context.times(options.mode) : zoneTimes(earlier.frozen, region.zones);
    return {
      before: { ...slice, frozen: earlier.frozen, times },
      earlier: { ...earlier, imputed: [], kept: 0 },
      trips: gravityDemand(times),
    };
  };
  const rows = beside.upgrades.flatMap((upgrade): UpgradeWorth[] => {
    const { region: changed, problems } = applyUpgrades(region, [upgrade]);
    // one that --upgrade has put in already cannot be put in again
    if (problems.some(({ severity }) => severity === 'error')) return [];
    // a report on an earlier year holds everything against that year
    const year = options.year ?? yearOfUpgrade(upgrade);
    const { before, earlier, trips } = stateOf(year);
    const { times } = before;
    const opened = { label: upgrade.id, year, region: changed, upgrades: [upgrade], notes: [] };
    const after = networkOf(opened, options, earlier).frozen;
    const timesAfter = zoneTimes(after, changed.zones);
    const benefit = timeBenefit(times, timesAfter, trips, trips);
    const estimate = upgradeCost([upgrade], { region, year }, { region: changed, year }, settings, COST_TABLE);
    const ratios = estimate
      ? appraiseUnderAll(schemeOf(estimate, benefit.fixedDemand), PARAMETER_PACKS, settings).map((row) => row.benefitCostRatio)
      : PARAMETER_PACKS.map(() => null);
    const gains = [...byJurisdiction(region.zones, benefit.byResidents, 'admin1')].sort((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0]));
    const gainers = gains.filter(([, gain]) => gain > 0).map(([name, gain]) => ({ name, share: gain / benefit.fixedDemand }));
    return [
      {
        upgrade,
        year,
        personMinutes: benefit.fixedDemand,
        byResidents: benefit.byResidents,
        gainers: benefit.fixedDemand > 0 ? gainers : [],
        capital: estimate?.capital ?? null,
        ratios,
        links: changedLinks(before, { label: upgrade.id, region: changed, frozen: after, times: timesAfter }),
      },
    ];
  });
  return rows.sort((a, b) => b.personMinutes - a.personMinutes || byCodePoint(a.upgrade.id, b.upgrade.id));
});

/** Upgrades side by side: who gains, how much, and what each manual makes of it. */
export const upgradesSection: RegionSection = {
  id: 'upgrades',
  title: WORDS.title,
  show: (context) => {
    const rows = upgradesOf(context);
    const [best] = rows;
    if (!best) return NOTHING;
    const table = upgradeTable(context, rows);
    const dated = rows.filter(({ year }) => year !== null && year !== context.options.year);
    const words = lead([
      best.personMinutes > 0
        ? WORDS.lead(best.upgrade.name, best.personMinutes, best.gainers.slice(0, 2))
        : WORDS.nobody(context.options.mode),
      ...dated.map(({ upgrade, year }) => WORDS.dated(upgrade.name, year ?? 0)),
      WORDS.disagree(rows.filter(({ ratios }) => isSplit(ratios)).map(({ upgrade }) => upgrade.name)),
    ]);
    const caption = tableHtml(table, {
      caption: WORDS.caption,
      columns: ['name', 'status', 'held_against', 'gain_person_hours', 'who_gains', 'cost', ...PACK_COLUMNS],
    });
    const settings = settingsOf(context.region.manifest);
    const notes = [
      WORDS.how,
      ...PARAMETER_PACKS.map(({ name }, index) => `${PACK_COLUMNS[index]}: ${name}`),
      ...appraisalNotes(settings, homePacks(settings.currency)[0] ?? null),
    ];
    const more = details(WORDS.method, `<ul>${notes.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`);
    const figure =
      best.personMinutes > 0 ? duo(bestMap(context, best), `${words}${remark(WORDS.caution)}`) : `${words}${remark(WORDS.caution)}`;
    return { html: `${figure}${caption}${more}`, tables: [table], findings: [] };
  },
};

/** Whether manuals disagree on the sign. */
function isSplit(ratios: readonly (number | null)[]): boolean {
  const known = ratios.flatMap((ratio) => ratio ?? []);
  return known.some((ratio) => ratio >= 1) && known.some((ratio) => ratio < 1);
}

/** Seconds a head and day that residents of each zone save, with the links that change. */
function bestMap(context: RegionContext, best: UpgradeWorth): string {
  const { zones } = context.region;
  const seconds = zones.map((zone, index) => (zone.population > 0 ? ((best.byResidents[index] ?? 0) * 60) / zone.population : 0));
  const bounds = roundBounds(seconds.filter((value) => value >= 0.5));
  const links = best.links.map(({ positions, state, mode, name }) =>
    state === 'gone'
      ? ''
      : `<path class="new-${mode}" d="${linePath(context.frame(), positions)}"><title>${escapeHtml(name)}</title></path>`,
  );
  const layer = cellLayer(
    context,
    (index) => ((seconds[index] ?? 0) < 0.5 ? null : stepOf(seconds[index] ?? 0, bounds)),
    (index) => `${zones[index]?.name}: ${WORDS.seconds(seconds[index] ?? 0)}`,
  );
  const modes = [...new Set(best.links.map(({ mode }) => mode))].sort();
  return mapFigureHtml(context, {
    title: WORDS.map(best.upgrade.name),
    label: WORDS.label(best.upgrade.name, best.personMinutes),
    layers: `${layer}${faintLinks(context)}${links.join('')}`,
    legend: `${stepsLegend(bounds, (value) => `${digits(value, value < 10 ? 1 : 0)} s`, 'high', WORDS.nothing)}${modes.map((mode) => swatch(`new-${mode}`, `${mode}, new or changed`, 'line')).join('')}`,
    source: WORDS.source,
  });
}

const PACK_COLUMNS = PARAMETER_PACKS.map(({ id }) => `ratio_${id.replaceAll('-', '_')}`);

function upgradeTable(context: RegionContext, rows: readonly UpgradeWorth[]): NamedTable {
  const columns = [
    column('id'),
    column('name'),
    column('status'),
    column('opening_year'),
    column('held_against'),
    column('gain_person_minutes', 'person-minutes a day', 0),
    column('gain_person_hours', 'person-hours a day', 0),
    column('who_gains', 'share of the time saved'),
    column('cost', `million ${context.region.manifest.currency}`, 0),
    ...PACK_COLUMNS.map((name) => column(name, 'benefit / cost', 2)),
  ];
  const cells = rows.map(({ upgrade, year: own, personMinutes, gainers, capital, ratios }): Cell[] => {
    const who = gainers.slice(0, 3).map(({ name, share }) => `${shortName(name)} ${percent(share)}`);
    const year = upgrade.openingYear === null ? null : String(upgrade.openingYear);
    const against = own === null ? 'today' : `the network of ${own}`;
    const head = [upgrade.id, upgrade.name, upgrade.status, year, against, personMinutes, personMinutes / 60, who.join(', ')];
    return [...head, capital === null ? null : capital / 1e6, ...ratios];
  });
  const geometries = rows.map(({ links }) => ({
    type: 'MultiLineString',
    coordinates: links.filter(({ state }) => state !== 'gone').map(({ positions }) => positions),
  }));
  return { file: `${context.id}-upgrades`, table: resultTable(context, 'upgrades, each alone', columns, cells), geometries };
}
