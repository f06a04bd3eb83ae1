import { type Cell, column } from '../../model/results.ts';
import { bandsOf, CURVE_MINUTES, coreCurve, REACH_MINUTES, reachOf } from '../analyses.ts';
import type { RegionContext } from '../context.ts';
import { chartSvg } from '../figures/chart.ts';
import { figureHtml, swatch } from '../figures/html.ts';
import { mapFigureHtml } from '../figures/map-figure.ts';
import { faintLinks, shapeLayer } from '../figures/map-layers.ts';
import { tableHtml } from '../figures/table.ts';
import { coreName } from '../place-names.ts';
import type { NamedTable, RegionSection } from '../section.ts';
import { ISOCHRONE_WORDS as WORDS } from '../words/section-words.ts';
import { MODE_NAMES } from '../words/words.ts';
import { duo, lead, resultTable } from './parts.ts';

/** Bands of minutes around the primary core, and the share of people in reach of it. */
export const isochronesSection: RegionSection = {
  id: 'isochrones',
  title: WORDS.title,
  show: (context) => {
    const bands = bandsOf(context);
    const { core, people } = reachOf(context);
    const table = bandsTable(context);
    if (!core || bands.length === 0) return { html: `<p class="gap">${WORDS.none}</p>`, tables: [table], findings: [] };
    const name = coreName(context);
    const hour = bands.find((band) => band.minutes === REACH_MINUTES);
    const layers = bands
      .map((band, index) => shapeLayer(context, band.geometry, `band b${index}`, `${band.minutes} minutes`))
      .toReversed()
      .join('');
    const frame = context.frame();
    const map = mapFigureHtml(context, {
      title: WORDS.map(name, context.options.mode),
      label: WORDS.label(name, hour?.areaSquareKilometres ?? 0, hour?.population ?? 0),
      layers: `${layers}${faintLinks(context)}`,
      above: `<circle class="origin" cx="${frame.x(core.longitude).toFixed(1)}" cy="${frame.y(core.latitude).toFixed(1)}" r="5"/>`,
      legend: bands.map((band, index) => swatch(`band b${index}`, `within ${band.minutes} min`)).join(''),
      source: WORDS.source,
    });
    const words = hour ? [WORDS.lead(name, hour.areaSquareKilometres, hour.population, people > 0 ? hour.population / people : 0)] : [];
    const shown = { ...table, geometries: table.geometries };
    return {
      html: duo(
        map,
        `${lead(words)}${tableHtml(shown, { caption: WORDS.caption, columns: ['minutes', 'area_km2', 'population', 'people_share'] })}${coreChart(context, name)}`,
      ),
      tables: [table],
      findings: [],
    };
  },
};

function coreChart(context: RegionContext, name: string): string {
  const modes = context.options.mode === 'multimodal' ? (['road', 'rail', 'multimodal'] as const) : [context.options.mode];
  const curves = modes.map((mode) => ({ mode, curve: coreCurve(context, mode) }));
  const best = curves.at(-1)?.curve[CURVE_MINUTES.indexOf(REACH_MINUTES)] ?? 0;
  const chart = chartSvg({
    label: WORDS.chartLabel(name, best),
    x: { title: 'to the core', unit: 'minutes', domain: [0, 180], ticks: [0, 30, 60, 90, 120, 150, 180] },
    y: { title: 'people', unit: '% of the region', domain: [0, 100] },
    series: curves.map(({ mode, curve }) => ({
      name: MODE_NAMES[mode],
      className: mode,
      points: curve.map((value, index) => [CURVE_MINUTES[index] ?? 0, value * 100] as const),
    })),
    markX: REACH_MINUTES,
  });
  return figureHtml({ title: WORDS.chart(name), body: chart });
}

function bandsTable(context: RegionContext): NamedTable {
  const bands = bandsOf(context);
  const { core, people } = reachOf(context);
  const columns = [
    column('origin'),
    column('minutes', 'min'),
    column('area_km2', 'km²', 1),
    column('population', 'persons'),
    column('people_share', '%', 1),
  ];
  const rows = bands.map((band): Cell[] => {
    return [
      core?.name ?? '',
      band.minutes,
      band.areaSquareKilometres,
      band.population,
      people > 0 ? (band.population / people) * 100 : null,
    ];
  });
  const geometries = bands.map((band) => band.geometry);
  return { file: `${context.id}-isochrones`, table: resultTable(context, 'isochrones from the primary core', columns, rows), geometries };
}
