import { meansBetweenPeople } from '../../analysis/speeds/distance-speeds.ts';
import { newLinksOf, REACH_MINUTES, reachOf } from '../analyses.ts';
import type { RegionContext } from '../context.ts';
import { escapeHtml } from '../figures/html.ts';
import { digits, people, percent, shortName } from '../format.ts';
import { coreName } from '../place-names.ts';
import type { AcrossSection, Finding, SectionOutput } from '../section.ts';
import { BORDER_WORDS as BORDERS } from '../words/border-words.ts';
import { BOTTLENECK_WORDS as JAMS } from '../words/bottleneck-words.ts';
import { ACROSS_WORDS as ACROSS, REGION_WORDS as WORDS } from '../words/finding-words.ts';
import { CAUTION, FINDINGS_ORDER, FINDINGS_TITLE, HOW_SUMMARY } from '../words/page-words.ts';
import { bordersOf, namedBorders } from './borders.ts';
import { jamsOf } from './bottlenecks.ts';
import { busyLinks, nameWithLine } from './centrality.ts';
import { growthFinding } from './growth.ts';

const FAR_MINUTES = 120;

/** The main findings in words: comparisons first, then region by region. */
export const findingsSection: AcrossSection = {
  id: 'findings',
  title: FINDINGS_TITLE,
  show: (contexts) => findings(contexts, contexts.length > 1 ? acrossFindings(contexts) : []),
};

/** With what the long sections find. */
export const fullFindingsSection: AcrossSection = {
  id: 'findings',
  title: FINDINGS_TITLE,
  show: (contexts) => findings(contexts, [...(contexts.length > 1 ? acrossFindings(contexts) : []), ...growthFinding(contexts)]),
};

function findings(contexts: readonly RegionContext[], across: readonly Finding[]): SectionOutput {
  const groups = contexts.map((context) => ({ context, rows: regionFindings(context) }));
  const html = [
    `<p class="source">${escapeHtml(FINDINGS_ORDER)}</p>`,
    across.length > 0 ? list(across) : '',
    `<div class="grid">${groups.map(({ context, rows }) => `<div class="c${context.position % 6}"><h3>${escapeHtml(context.name)}</h3>${list(rows)}</div>`).join('')}</div>`,
  ];
  return { html: html.join(''), tables: [], findings: [...across, ...groups.flatMap((group) => group.rows)] };
}

function list(findings: readonly Finding[]): string {
  const rows = findings.map(({ figure, text, how, caution }) => {
    const hidden = caution ? `<p><b>${escapeHtml(CAUTION)}</b>${escapeHtml(caution)}</p>` : '';
    return `<li><b class="figure">${escapeHtml(figure)}</b><div><p>${escapeHtml(text)}</p><details><summary>${escapeHtml(HOW_SUMMARY)}</summary><p>${escapeHtml(how)}</p>${hidden}</details></div></li>`;
  });
  return `<ol class="findings">${rows.join('')}</ol>`;
}

/** Regions against each other, on the mode and speeds of the report. */
export function acrossFindings(contexts: readonly RegionContext[]): Finding[] {
  const { mode, speeds } = contexts[0]?.options ?? { mode: 'multimodal', speeds: 'harmonised' };
  const ranked = <T extends { value: number }>(rows: readonly T[], sign: 1 | -1) => rows.slice().sort((a, b) => sign * (a.value - b.value));
  const typical = ranked(
    contexts.map((context) => ({ name: context.name, value: reachOf(context).meanWithin })),
    -1,
  );
  const cores = ranked(
    contexts.flatMap((context) =>
      reachOf(context).core ? [{ name: context.name, value: shareWithinHour(context), core: coreName(context) }] : [],
    ),
    -1,
  );
  const even = ranked(
    contexts.map((context) => ({ name: context.name, value: reachOf(context).gini })),
    1,
  );
  return [
    {
      figure: `× ${digits((typical[0]?.value ?? 0) / Math.max(1, typical.at(-1)?.value ?? 1), 1)}`,
      text: ACROSS.typical(typical, mode),
      how: ACROSS.typicalHow(mode, speeds),
      caution: ACROSS.typicalCaution,
    },
    ...(cores.length > 1
      ? [
          {
            figure: percent(cores[0]?.value ?? null),
            text: ACROSS.core(cores),
            how: ACROSS.coreHow(mode, speeds),
            caution: ACROSS.coreCaution,
          },
        ]
      : []),
    ...speedFinding(contexts),
    ...borderFinding(contexts),
    { figure: digits(even.at(-1)?.value ?? 0, 2), text: ACROSS.gini(even), how: ACROSS.giniHow, caution: ACROSS.giniCaution },
  ];
}

function shareWithinHour(context: RegionContext): number {
  const reach = reachOf(context);
  const inside = context.region.zones.reduce((sum, zone, index) => {
    const minutes = reach.coreMinutes[index] ?? null;
    return minutes !== null && minutes <= REACH_MINUTES ? sum + zone.population : sum;
  }, 0);
  return reach.people > 0 ? inside / reach.people : 0;
}

function speedFinding(contexts: readonly RegionContext[]): Finding[] {
  const { mode, speeds } = contexts[0]?.options ?? { mode: 'multimodal', speeds: 'harmonised' };
  const rows = contexts.flatMap((context) => {
    const { minutes, speed } = meansBetweenPeople(context.times(mode));
    return minutes === null || speed === null ? [] : [{ name: context.name, minutes, speed }];
  });
  const fast = rows.toSorted((a, b) => b.speed - a.speed)[0];
  const near = rows.toSorted((a, b) => a.minutes - b.minutes)[0];
  if (!fast || !near || rows.length < 2) return [];
  const text = ACROSS.speed(fast, near);
  return [{ figure: `${digits(fast.speed, 0)} km/h`, text, how: ACROSS.speedHow(mode, speeds), caution: ACROSS.speedCaution }];
}

function borderFinding(contexts: readonly RegionContext[]): Finding[] {
  const told = contexts.map((context) => {
    const cost = namedBorders(bordersOf(context)).find((row) => row.percent.low > 0);
    return { name: context.name, cost, isAsked: bordersOf(context) !== null };
  });
  const rows = told.flatMap(({ name, cost }) => (cost ? [{ name, cost }] : [])).sort((a, b) => b.cost.percent.value - a.cost.percent.value);
  const without = told.filter(({ cost, isAsked }) => isAsked && !cost).map(({ name }) => name);
  const [first] = rows;
  if (!first) return [];
  return [
    {
      figure: `+${digits(first.cost.percent.value, 0)}%`,
      text: [BORDERS.finding(rows), without.length > 0 ? BORDERS.findingNone(without) : ''].join(' ').trim(),
      how: BORDERS.findingHow,
      caution: BORDERS.caution,
    },
  ];
}

/** What to know of one region first. */
export function regionFindings(context: RegionContext): Finding[] {
  return [...linkFindings(context), ...reachFinding(context), ...farFinding(context), ...jamFinding(context), ...busyFindings(context)];
}

function linkFindings(context: RegionContext): Finding[] {
  const found = newLinksOf(context);
  const candidates = found.flatMap((row) => row.candidates.slice(0, 1)).sort((a, b) => b.gainPersonMinutes - a.gainPersonMinutes);
  const isJoined = joinedEnds(context);
  const plan = found
    .flatMap((row) => row.plans)
    .filter((link) => !isJoined(link) && !/widen/i.test(link.why))
    .sort((a, b) => b.gainPersonMinutes - a.gainPersonMinutes || (a.id < b.id ? -1 : 1))[0];
  const figure = (gain: number) => `${people(gain / 60)} h`;
  return [
    ...candidates.map(
      ({ mode, fromName, toName, lengthKilometres, gainPersonMinutes, why }): Finding => ({
        figure: figure(gainPersonMinutes),
        text: WORDS.link(mode, fromName, toName, lengthKilometres, gainPersonMinutes, why),
        how: WORDS.linkHow,
        caution: WORDS.linkCaution,
      }),
    ),
    ...(plan && plan.gainPersonMinutes > 0
      ? [
          {
            figure: figure(plan.gainPersonMinutes),
            text: WORDS.plan(plan.why.replace(/^[^:]*: /, ''), plan.gainPersonMinutes),
            how: WORDS.planHow,
            caution: WORDS.planCaution,
          },
        ]
      : []),
  ];
}

/** Whether an open link joins two places already: a second one beside it is a widening, which an uncongested network cannot value. */
function joinedEnds({ region }: RegionContext): (link: { readonly from: string; readonly to: string }) => boolean {
  const joined = new Set<string>();
  for (const { from, to, status } of [...region.roads, ...region.rail]) {
    if (status === 'open') for (const key of [`${from}\n${to}`, `${to}\n${from}`]) joined.add(key);
  }
  return ({ from, to }) => joined.has(`${from}\n${to}`);
}

function reachFinding(context: RegionContext): Finding[] {
  const { zones } = context.region;
  const { within } = reachOf(context);
  const order = zones
    .map((zone, index) => ({ zone, value: within[index] ?? 0 }))
    .sort((a, b) => a.value - b.value || (a.zone.id < b.zone.id ? -1 : 1));
  const [worst, best] = [order[0], order.at(-1)];
  if (!worst || !best || worst === best) return [];
  const { mode, speeds } = context.options;
  return [
    {
      figure: `× ${digits(best.value / Math.max(1, worst.value), 0)}`,
      text: WORDS.reach(shortName(best.zone.name), best.value, shortName(worst.zone.name), worst.value),
      how: WORDS.reachHow(mode, speeds),
      caution: '',
    },
  ];
}

function farFinding(context: RegionContext): Finding[] {
  const reach = reachOf(context);
  if (!reach.core) return [];
  const far = context.region.zones.reduce(
    (sum, zone, index) => ((reach.coreMinutes[index] ?? Number.POSITIVE_INFINITY) > FAR_MINUTES ? sum + zone.population : sum),
    0,
  );
  if (far === 0) return [];
  const { mode, speeds } = context.options;
  return [
    {
      figure: percent(far / reach.people),
      text: WORDS.core(context.name, far, reach.people, coreName(context)),
      how: WORDS.coreHow(mode, speeds),
      caution: '',
    },
  ];
}

function jamFinding(context: RegionContext): Finding[] {
  const jams = jamsOf(context);
  const [first] = jams?.rows ?? [];
  if (!jams || !first || first.delayPersonMinutes < 60) return [];
  const text = JAMS.finding(first.place, first.ratio ?? 0, first.delayPersonMinutes, first.criticalityPersonMinutes ?? 0);
  return [{ figure: `${people(first.delayPersonMinutes / 60)} h`, text, how: JAMS.findingHow(jams.gap), caution: JAMS.findingCaution }];
}

function busyFindings(context: RegionContext): Finding[] {
  return busyLinks(context)
    .filter((row) => row.rank === 1)
    .map((row) => ({
      figure: percent(row.share, 1),
      text: WORDS.busy(row.mode, nameWithLine(row), row.share),
      how: WORDS.busyHow,
      caution: WORDS.busyCaution,
    }));
}
