import { assignTrips } from '../../analysis/assignment/assign-trips.ts';
import { DEFAULT_PEAK, roadPeak } from '../../analysis/assignment/road-peak.ts';
import { type BottleneckRow, bottlenecks } from '../../analysis/bottlenecks/bottlenecks.ts';
import { linkCriticality } from '../../analysis/criticality/link-criticality.ts';
import { commuterTrips } from '../../analysis/demand/commuter-trips.ts';
import { linkLines } from '../../build/link-lines.ts';
import { type Cell, column } from '../../model/results.ts';
import { perRegion, type RegionContext } from '../context.ts';
import { escapeHtml, swatch } from '../figures/html.ts';
import { mapFigureHtml } from '../figures/map-figure.ts';
import { isInFrame, linePath } from '../figures/map-frame.ts';
import { type Mark, placeMarks } from '../figures/marks.ts';
import { tableHtml } from '../figures/table.ts';
import { digits, people, shortName } from '../format.ts';
import { type NamedTable, NOTHING, type RegionSection } from '../section.ts';
import { BOTTLENECK_WORDS as WORDS } from '../words/bottleneck-words.ts';
import { details, duo, lead, remark, resultTable } from './parts.ts';

const TOP = 10;
/** Relative gap that flows of a report are found to; the command goes further. */
const GAP = 1e-4;
/** Bounds of volume over capacity that colours tell apart: v0 … v4. */
const LOADS = [0.5, 0.8, 1, 1.5] as const;

export interface Jam extends BottleneckRow {
  /** as a planner says it: road, place – place */
  readonly place: string;
  readonly ends: readonly [readonly [number, number], readonly [number, number]];
  /** as drawn, in the direction of travel */
  readonly drawn: readonly (readonly [number, number])[];
}

export interface Jams {
  /** worst delay first */
  readonly rows: readonly Jam[];
  readonly cars: number;
  readonly delayPersonMinutes: number;
  readonly gap: number;
  readonly currency: string | null;
  readonly isObserved: boolean;
  readonly notes: readonly string[];
}

/** Equilibrium flows of the busiest hour on the roads, and what the loss of the ten worst would cost. Cost: see assignTrips. */
export const jamsOf = perRegion((context): Jams | null => {
  const { region, beside } = context;
  const graph = context.graph('road');
  if (region.roads.length === 0 || region.zones.length < 2 || context.options.mode === 'rail') return null;
  const known = beside.commuters;
  const modelled = known === null ? commuterTrips(context.times('multimodal'), 'combined', 'production') : null;
  const input = roadPeak(region, graph, known ?? modelled?.trips ?? new Float64Array(), modelled?.notes ?? []);
  if (input.classes.every(({ trips }) => trips.length === 0)) return null;
  const assignment = assignTrips(input, { gap: GAP });
  const worst = bottlenecks(input, assignment, null).slice(0, TOP);
  const critical = linkCriticality(input, assignment, undefined, new Set(worst.map(({ link }) => link)));
  const places = new Map(region.junctions.map((place) => [place.id, place]));
  const lineOf = linkLines(region);
  const rows = bottlenecks(input, assignment, critical).flatMap((row): Jam[] => {
    const [a, b] = [places.get(row.from), places.get(row.to)];
    if (!a || !b) return [];
    const place = `${row.name ? `${row.name}, ` : ''}${shortName(a.name || a.id)} – ${shortName(b.name || b.id)}`;
    const ends = [
      [a.longitude, a.latitude],
      [b.longitude, b.latitude],
    ] as const;
    return [{ ...row, place, ends, drawn: lineOf(row.link, row.from, row.to) ?? ends }];
  });
  return {
    rows,
    cars: assignment.trips,
    delayPersonMinutes: rows.reduce((sum, row) => sum + row.delayPersonMinutes, 0),
    gap: assignment.end.relativeGap,
    currency: input.valueOfTime?.currency ?? null,
    isObserved: known !== null,
    notes: input.notes,
  };
});

/** Roads by volume over capacity in a synthetic peak, the ten with most delay numbered. */
export const bottlenecksSection: RegionSection = {
  id: 'bottlenecks',
  title: WORDS.title,
  show: (context) => {
    if (context.options.mode === 'rail') return NOTHING;
    const jams = jamsOf(context);
    const table = jamsTable(context, jams);
    const [first] = jams?.rows ?? [];
    if (!jams || !first || !(first.delayPersonMinutes > 0))
      return { html: `<p class="gap">${escapeHtml(WORDS.none)}</p>`, tables: [], findings: [] };
    const placed = placeMarks(marks(context, jams), context.frame());
    const map = mapFigureHtml(context, {
      title: WORDS.map(context.name),
      label: WORDS.label(context.name, first.place, first.ratio ?? 0),
      layers: loadLayer(context, jams),
      above: placed.svg,
      taken: placed.taken,
      legend: [...LOADS, null].map((bound, step) => swatch(`load v${step}`, WORDS.load(bound, LOADS[step - 1] ?? null), 'line')).join(''),
      source: WORDS.source,
    });
    const over = jams.rows.filter((row) => (row.ratio ?? 0) > 1).length;
    const side = [
      lead([
        WORDS.lead(first.place, first.ratio ?? 0, first.delayPersonMinutes, first.minutes, first.freeMinutes),
        WORDS.loss(first.criticalityPersonMinutes ?? 0, first.cutOffTrips ?? 0),
        WORDS.all(over, jams.rows.length, jams.delayPersonMinutes),
      ]),
      list(jams),
      remark(WORDS.caution(DEFAULT_PEAK, jams.isObserved)),
    ];
    const columns = [
      'rank',
      'place',
      'flow',
      'capacity',
      'ratio',
      'free_minutes',
      'minutes',
      'delay_person_minutes',
      'loss_person_minutes',
      'cut_off_trips',
    ];
    const notes = `<ul>${[WORDS.method(jams.gap), ...jams.notes].map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
    return {
      html: `${duo(map, side.join(''))}${details(WORDS.caption, tableHtml(table, { caption: WORDS.caption, columns, most: TOP }))}${details(WORDS.assumptions, notes)}`,
      tables: [table],
      findings: [],
    };
  },
};

function loadLayer(context: RegionContext, { rows }: Jams): string {
  const byStep = new Map<number, string[]>();
  for (const { ratio, drawn } of rows) {
    const step = LOADS.filter((bound) => (ratio ?? 0) >= bound).length;
    byStep.set(step, [...(byStep.get(step) ?? []), linePath(context.frame(), drawn)]);
  }
  return [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([step, paths]) => `<path class="load v${step}" d="${paths.join('')}"/>`)
    .join('');
}

function marks(context: RegionContext, { rows }: Jams): Mark[] {
  const frame = context.frame();
  return rows.slice(0, TOP).flatMap(({ ends: [a, b], place, delayPersonMinutes }, index): Mark[] => {
    const [longitude, latitude] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    if (!isInFrame(frame, longitude, latitude)) return [];
    const title = `${index + 1}: ${place}, ${WORDS.delay(delayPersonMinutes)}`;
    return [{ x: frame.x(longitude), y: frame.y(latitude), text: String(index + 1), className: 'road', title }];
  });
}

/** The marks of the map with what they stand for. */
function list({ rows }: Jams): string {
  const items = rows.slice(0, TOP).map(({ place, ratio, delayPersonMinutes }, index) => {
    const told = `× ${digits(ratio ?? 0, 1)}, ${people(delayPersonMinutes / 60)} h`;
    return `<li><b class="road">${index + 1}</b><span>${escapeHtml(place)}</span><small>${escapeHtml(told)}</small></li>`;
  });
  return `<ol class="marks">${items.join('')}</ol>`;
}

function jamsTable(context: RegionContext, jams: Jams | null): NamedTable {
  const columns = [
    column('rank'),
    column('link'),
    column('place'),
    column('flow', 'vehicles/h', 0),
    column('capacity', 'vehicles/h', 0),
    column('ratio', 'volume / capacity', 2),
    column('free_minutes', 'min', 2),
    column('minutes', 'min', 2),
    column('delay_person_minutes', 'in the hour', 0),
    column('delay_cost', `${jams?.currency ?? 'money'} in the hour`, 0),
    column('loss_person_minutes', 'in the hour, if lost', 0),
    column('cut_off_trips', 'vehicles/h', 0),
    column('main_origin'),
  ];
  const rows = (jams?.rows ?? []).map((row, index): Cell[] => {
    // the loss was worked out for the first ten: an empty cell is no zero
    const loss = index < TOP ? [row.criticalityPersonMinutes, row.cutOffTrips] : [null, null];
    const head = [index + 1, row.link, row.place, row.flow, row.capacity, row.ratio, row.freeMinutes, row.minutes];
    return [...head, row.delayPersonMinutes, row.delayCost, ...loss, row.mainOrigin];
  });
  const table = { ...resultTable(context, 'road flows of a synthetic peak', columns, rows), notes: jams?.notes ?? [] };
  const geometries = (jams?.rows ?? []).map(({ drawn }) => ({ type: 'LineString', coordinates: drawn }));
  return { file: `${context.id}-bottlenecks`, table, geometries };
}
