import type { Column, ResultTable } from '../model/results.ts';
import { CORRIDOR_VERSION } from '../model/version.ts';
import { lineChart } from './chart-figure.ts';
import { findings } from './findings.ts';
import { escapeHtml, type Layer, legend, mapFigure } from './map-figure.ts';
import { CURVE_MINUTES, linksTable, type RegionReport } from './region-report.ts';
import { STYLE } from './style.ts';

const MAPS: readonly (readonly [Layer, string])[] = [
  ['networks', 'Roads and railways that are open'],
  ['accessibility', 'People within 60 minutes door to door, share of the region (circle: population)'],
  ['centrality', 'Links that the most shortest ways use'],
  ['isochrones', 'Minutes from the primary core, road or rail'],
  ['missing', 'The ten best candidate links a mode, and the planned ones'],
];
const COLORS = { road: '#1d4ed8', rail: '#c2410c', multimodal: '#15803d' } as const;

/** The whole report as one page that needs no network and no script. The same input gives the same bytes. */
export function renderReport(reports: readonly RegionReport[], benchmark: ResultTable): string {
  const names = reports.map((report) => report.region.manifest.name);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Corridor: ${escapeHtml(names.join(', '))}</title><style>${STYLE}</style></head><body>
<header><h1>Where the network holds a region back</h1><p>${escapeHtml(names.join(' · '))} — door-to-door accessibility, busiest links, missing links, and how the regions compare. Corridor ${CORRIDOR_VERSION}. Speeds are harmonised: one model by class of road and density of people for every region.</p>
<nav>${reports.map((report) => `<a href="#${report.region.manifest.id}">${escapeHtml(report.region.manifest.name)}</a>`).join('')}<a href="#benchmark">Side by side</a><a href="#notes">How to read it</a></nav></header>
<main><section><h2>Main findings</h2><div class="cards">${findings(reports)
    .map(
      ({ text, how }) =>
        `<article><p>${escapeHtml(text)}</p><details><summary>How this was computed</summary>${escapeHtml(how)}</details></article>`,
    )
    .join('')}</div></section>
<section id="benchmark"><h2>Side by side</h2>${tableHtml(
    benchmark,
    benchmark.columns.filter((row) => row.name !== 'how'),
    200,
  )}</section>
${reports.map(regionSection).join('\n')}
<section id="notes"><h2>How to read it</h2><ul>${NOTES.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul></section></main></body></html>
`;
}

const NOTES = [
  'Times are door to door on an uncongested network: access, waiting up to a cap, riding, transfers and egress; road trips use the harmonised speeds.',
  'A zone reaches its own people in 0 minutes.',
  'Demand for the gains is modelled: one trip between zones a person and day, by gravity with a decay of 0.03 a minute. It is not observed.',
  'Neighbour roads between seats are assumed in part (basis in the files). On them a border costs nothing by construction, so figures about borders leave them out.',
  'The tables hold no city streets: road candidates start at 15 km, and gains near large cities may be overstated.',
  'Boston, Philadelphia, Tianjin and Shijiazhuang lack their metros in the tables: rail times inside them are too long.',
  'Gains of candidates are exact for all zone pairs when one link is added; gains of several links do not add up.',
];

function figure(title: string, body: string, note = ''): string {
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${body}${note}</figure>`;
}

function regionSection(report: RegionReport): string {
  const { manifest } = report.region;
  const maps = MAPS.map(([layer, title]) => figure(title, mapFigure(report, layer), `<p class="legend">${legend(layer)}</p>`));
  const worst = report.region.zones
    .map((zone, index) => ({ zone, reachable: report.reachable[index] ?? 0, mean: report.meanMinutes[index] ?? null }))
    .sort((a, b) => a.reachable - b.reachable || (a.zone.id < b.zone.id ? -1 : 1))
    .slice(0, 10);
  const rows = worst.map(({ zone, reachable, mean }) => {
    return `<tr><td>${escapeHtml(zone.name)}</td><td>${escapeHtml(zone.admin1)}</td><td class="n">${zone.population.toLocaleString('en')}</td><td class="n">${reachable.toLocaleString('en')}</td><td class="n">${mean === null ? '–' : mean.toFixed(0)}</td></tr>`;
  });
  const least = `<div class="scroll"><table><tr><th>zone</th><th>jurisdiction</th><th class="n">people</th><th class="n">people within 60 min</th><th class="n">mean minutes</th></tr>${rows.join('')}</table></div>`;
  const references = report.tables.get('references');
  const met = references?.rows.filter((row) => row[5] === true).length ?? 0;
  const missing = linksTable(report.missing.filter((link) => link.rank <= 8));
  const plans = linksTable(report.plans.filter((link) => link.rank <= 10));
  return `<section id="${manifest.id}"><h2>${escapeHtml(manifest.name)} <small>${escapeHtml(manifest.nameLocal)}</small></h2>
<div class="maps">${maps.join('')}</div><div class="charts">${charts(report)}</div>
<h3>Candidate links</h3>${tableHtml(missing, missing.columns, 20)}
<h3>Planned, building and lately opened links, evaluated the same way</h3>${tableHtml(plans, plans.columns, 20)}
<h3>Who is left out</h3>${least}
<h3>Held against published rail times: ${met} of ${references?.rows.length ?? 0} within 20% or 5 minutes</h3>
<details><summary>Pair by pair</summary>${references ? tableHtml(references, references.columns, 200) : ''}</details></section>`;
}

function charts(report: RegionReport): string {
  const curves = report.curves.map(({ mode, share }) => ({
    name: mode,
    color: COLORS[mode],
    points: share.map((value, index) => [CURVE_MINUTES[index] ?? 0, value * 100] as const),
  }));
  const side = (pick: 'within' | 'across', name: string, color: string) => ({
    name,
    color,
    points: report.speeds.flatMap((band) => (band[pick] === null ? [] : [[band.kilometres, band[pick]] as const])),
  });
  const sizes = report.region.zones.map((zone) => zone.population).sort((a, b) => b - a);
  const name = report.region.manifest.name;
  return [
    figure('What a typical inhabitant can reach', lineChart(`${name}: cumulative accessibility`, 'minutes', '% of people', curves)),
    figure(
      `How unequally an hour's reach is shared: Gini ${report.gini.toFixed(3)}`,
      lineChart(`${name}: Lorenz curve, Gini ${report.gini.toFixed(3)}`, 'share of people', 'share of reach', [
        {
          name: 'equal',
          color: '#94a3b8',
          points: [
            [0, 0],
            [1, 1],
          ],
        },
        { name: 'as it is', color: '#15803d', points: report.lorenz },
      ]),
    ),
    figure(
      'Straight-line speed by distance, without assumed neighbour roads',
      lineChart(`${name}: speed by distance`, 'km apart', 'km/h', [
        side('within', 'inside a jurisdiction', '#15803d'),
        side('across', 'across a border', '#b91c1c'),
      ]),
    ),
    figure(
      'Rank and size of zones',
      lineChart(`${name}: rank-size`, 'log10 rank', 'log10 people', [
        {
          name: 'zones',
          color: '#1d4ed8',
          points: sizes.filter((size) => size > 0).map((size, rank) => [Math.log10(rank + 1), Math.log10(size)] as const),
        },
      ]),
    ),
  ].join('');
}

function tableHtml(table: ResultTable, columns: readonly Column[], most: number): string {
  const positions = columns.map((own) => table.columns.indexOf(own));
  const cell = (row: ResultTable['rows'][number], index: number, own: Column) => {
    const value = row[index] ?? null;
    if (typeof value !== 'number') return `<td>${escapeHtml(value === null ? '–' : String(value))}</td>`;
    const digits = Math.abs(value) >= 100 ? 0 : Math.min(own.decimals, 3);
    return `<td class="n">${value.toLocaleString('en', { maximumFractionDigits: digits })}</td>`;
  };
  const head = columns.map((own) => `<th>${escapeHtml(own.unit ? `${own.name} (${own.unit})` : own.name)}</th>`).join('');
  const rows = table.rows
    .slice(0, most)
    .map((row) => `<tr>${columns.map((own, index) => cell(row, positions[index] ?? 0, own)).join('')}</tr>`);
  return `<div class="scroll"><table><tr>${head}</tr>${rows.join('')}</table></div>`;
}
