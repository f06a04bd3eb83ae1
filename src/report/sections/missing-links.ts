import type { NewLink } from '../../analysis/missing-links/missing-links.ts';
import { type Cell, column } from '../../model/results.ts';
import { type NewLinks, newLinksOf } from '../analyses.ts';
import type { RegionContext } from '../context.ts';
import { escapeHtml, swatch } from '../figures/html.ts';
import { mapFigureHtml } from '../figures/map-figure.ts';
import { isInFrame, segmentPath } from '../figures/map-frame.ts';
import { faintLinks } from '../figures/map-layers.ts';
import { type Mark, placeMarks } from '../figures/marks.ts';
import { tableHtml } from '../figures/table.ts';
import { kilometres, people, shortName } from '../format.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { hours, MISSING_WORDS as WORDS } from '../words/section-words.ts';
import { details, duo, lead, remark, resultTable } from './parts.ts';

const TOP = 10;
const LETTER = { road: 'R', rail: 'T' } as const;

/** Candidate and planned links on the map, ranked by exact gain. */
export const missingLinksSection: RegionSection = {
  id: 'missing-links',
  title: WORDS.title,
  show: (context) => {
    const found = newLinksOf(context);
    const candidates = newLinksTable(
      context,
      'missing-links',
      'candidate links',
      found.flatMap((row) => row.candidates),
      found,
    );
    const plans = newLinksTable(
      context,
      'plans',
      'planned links',
      found.flatMap((row) => row.plans),
      found,
    );
    const first = found.flatMap((row) => row.candidates.slice(0, 1)).sort((a, b) => b.gainPersonMinutes - a.gainPersonMinutes)[0];
    const placed = placeMarks(marks(context, found), context.frame());
    const map = mapFigureHtml(context, {
      title: WORDS.map(context.name),
      label: first ? WORDS.label(context.name, `${first.fromName} – ${first.toName}`, first.gainPersonMinutes) : WORDS.none,
      layers: `${faintLinks(context)}${planLayer(context, found)}${candidateLayer(context, found)}`,
      above: placed.svg,
      taken: placed.taken,
      legend: [
        ...found.map(({ mode }) => swatch(`new-${mode}`, `${mode} candidate ${LETTER[mode]}`, 'line')),
        plans.table.rows.length > 0 ? swatch('plan', 'planned', 'line') : '',
      ].join(''),
      source: WORDS.source,
    });
    const sentences = found.map(({ mode, candidates: [best] }) =>
      best ? WORDS.lead(mode, best.fromName, best.toName, best.lengthKilometres, best.gainPersonMinutes) : '',
    );
    const left = found.reduce((sum, row) => sum + row.left.length, 0);
    const columns = [
      'mark',
      'from_name',
      'to_name',
      'length_km',
      'gain_person_hours',
      'gain_per_km',
      'cost',
      'benefit_cost_ratio',
      'rank_low',
      'rank_high',
      'why',
    ];
    const best = { ...candidates, table: { ...candidates.table, rows: candidates.table.rows.filter((row) => Number(row[1]) <= TOP) } };
    const planned =
      plans.table.rows.length > 0
        ? tableHtml(plans, {
            caption: WORDS.plans,
            columns: columns.filter((name) => !['mark', 'rank_low', 'rank_high'].includes(name)),
            most: 15,
          })
        : `<p class="gap">${escapeHtml(WORDS.noPlans)}</p>`;
    const note = WORDS.left(left);
    const side = `${lead([...sentences, sentences.every((text) => text === '') ? WORDS.none : ''])}${markList(found)}${remark(WORDS.how)}`;
    return {
      html: `${duo(map, side)}${details(WORDS.candidates, tableHtml(best, { caption: WORDS.candidates, columns }))}${details(WORDS.plans, `${planned}${note ? `<p>${escapeHtml(note)}</p>` : ''}`)}${details(WORDS.worth, worthWords(found))}`,
      tables: [candidates, plans],
      findings: [],
    };
  },
};

function worthWords(found: readonly NewLinks[]): string {
  const noise = found.flatMap(({ mode, noise: words }) => words.map((text) => `${mode}: ${text}`));
  const rows = [WORDS.band, ...noise, ...new Set(found.flatMap(({ money }) => money))];
  return `<ul>${rows.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
}

function linePath(context: RegionContext, link: NewLink): string {
  return segmentPath(context.frame(), [...link.fromLonLat], [...link.toLonLat]);
}

function planLayer(context: RegionContext, found: readonly NewLinks[]): string {
  return found
    .flatMap((row) => row.plans)
    .map((link) => `<path class="plan" d="${linePath(context, link)}"><title>${escapeHtml(link.why)}</title></path>`)
    .join('');
}

function candidateLayer(context: RegionContext, found: readonly NewLinks[]): string {
  return top(found)
    .map((link) => `<path class="new-${link.mode}" d="${linePath(context, link)}"/>`)
    .join('');
}

function top(found: readonly NewLinks[]): NewLink[] {
  return found.flatMap((row) => row.candidates.filter((link) => link.rank <= TOP));
}

function marks(context: RegionContext, found: readonly NewLinks[]): Mark[] {
  const frame = context.frame();
  return top(found).flatMap((link): Mark[] => {
    const [longitude, latitude] = [(link.fromLonLat[0] + link.toLonLat[0]) / 2, (link.fromLonLat[1] + link.toLonLat[1]) / 2];
    if (!isInFrame(frame, longitude, latitude)) return [];
    const text = `${LETTER[link.mode]}${link.rank}`;
    const title = `${text}: ${link.fromName} – ${link.toName}, ${hours(link.gainPersonMinutes)} a day`;
    return [{ x: frame.x(longitude), y: frame.y(latitude), text, className: link.mode, title }];
  });
}

/** The marks of the map with what they stand for. */
function markList(found: readonly NewLinks[]): string {
  return found
    .map(({ mode, candidates }) => {
      const rows = candidates
        .filter((link) => link.rank <= TOP)
        .map((link) => {
          const name = `${shortName(link.fromName)} – ${shortName(link.toName)}`;
          return `<li><b class="${mode}">${LETTER[mode]}${link.rank}</b><span>${escapeHtml(name)}</span><small>${escapeHtml(`${kilometres(link.lengthKilometres)}, ${people(link.gainPersonMinutes / 60)} h a day`)}</small></li>`;
        });
      return rows.length > 0 ? `<ol class="marks">${rows.join('')}</ol>` : '';
    })
    .join('');
}

function newLinksTable(
  context: RegionContext,
  file: string,
  subject: string,
  links: readonly NewLink[],
  found: readonly NewLinks[],
): NamedTable {
  const worth = new Map(found.flatMap((row) => [...row.worth]));
  const columns = [
    column('mark'),
    column('rank'),
    column('mode'),
    column('from'),
    column('to'),
    column('from_name'),
    column('to_name'),
    column('length_km', 'km', 1),
    column('minutes', 'min', 1),
    column('gain_person_minutes', 'person-minutes a day'),
    column('gain_person_hours', 'person-hours a day'),
    column('gain_per_km', 'person-minutes a day and km'),
    column('cost', `million ${context.region.manifest.currency}`, 0),
    column('benefit_cost_ratio', '', 2),
    column('keeps_place', 'share of runs', 2),
    column('rank_low', '5% of runs'),
    column('rank_high', '95% of runs'),
    column('why'),
  ];
  const rows = links.map((link): Cell[] => {
    const { rank, mode, from, to, fromName, toName, lengthKilometres, minutes, gainPersonMinutes, gainPerKilometre, why } = link;
    const { cost = null, benefitCostRatio = null, band = null } = worth.get(link.id) ?? {};
    const mark = `${LETTER[mode]}${rank}`;
    return [
      mark,
      rank,
      mode,
      from,
      to,
      fromName,
      toName,
      lengthKilometres,
      minutes,
      gainPersonMinutes,
      gainPersonMinutes / 60,
      gainPerKilometre,
      cost === null ? null : cost / 1e6,
      benefitCostRatio,
      band?.keepsPlace ?? null,
      band?.rankLow ?? null,
      band?.rankHigh ?? null,
      why,
    ];
  });
  const geometries = links.map((link) => ({ type: 'LineString', coordinates: [link.fromLonLat, link.toLonLat] }));
  return { file: `${context.id}-${file}`, table: resultTable(context, subject, columns, rows), geometries };
}
