import { accessibility, opportunities } from '../analysis/accessibility.ts';
import { hourRows, withoutAssumedNeighbours } from '../analysis/benchmark.ts';
import { centrality } from '../analysis/centrality.ts';
import { gravityDemand } from '../analysis/demand.ts';
import { gini, lorenzCurve } from '../analysis/equity.ts';
import { type IsochroneBand, isochrones } from '../analysis/isochrones.ts';
import { missingLinks, type NewLink, plannedLinks, RAIL_CANDIDATES, ROAD_CANDIDATES } from '../analysis/missing-links/missing-links.ts';
import { type SpeedBand, speedsByDistance } from '../analysis/pair-speeds.ts';
import { checkReferences } from '../analysis/reference-check.ts';
import { pairMinutes, type ZoneTimes, zoneTimes } from '../analysis/zone-times.ts';
import { freeze, freezeMetres } from '../build/freeze.ts';
import type { Mode } from '../build/graph-types.ts';
import { buildLinkGraph } from '../build/link-graph.ts';
import { oneToAll } from '../kernels/one-to-all.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import type { Region, Zone } from '../model/tables.ts';
import { openNetwork } from '../open/open-network.ts';

export interface RegionReport {
  readonly region: Region;
  /** people within 60 minutes and mean minutes, multimodal, by zone */
  readonly reachable: readonly number[];
  readonly meanMinutes: readonly (number | null)[];
  /** share of ordered pairs over each link, by link id */
  readonly linkShare: ReadonlyMap<string, number>;
  readonly bands: readonly IsochroneBand[];
  readonly core: Zone | undefined;
  readonly missing: readonly NewLink[];
  readonly plans: readonly NewLink[];
  readonly plansLeft: readonly string[];
  readonly curves: readonly { readonly mode: Mode; readonly share: readonly number[] }[];
  readonly lorenz: readonly (readonly [number, number])[];
  readonly gini: number;
  readonly speeds: readonly SpeedBand[];
  readonly tables: ReadonlyMap<string, ResultTable>;
  readonly geojson: ReadonlyMap<string, string>;
}

export const CURVE_MINUTES = Array.from({ length: 19 }, (_value, index) => index * 10);
const MODES: readonly Mode[] = ['road', 'rail', 'multimodal'];
const SPEEDS = 'harmonised';

/** Everything the page shows of one region, on harmonised speeds. Cost: about ten trees a zone and one a node. */
export function analyseRegion(region: Region): RegionReport {
  const open = (mode: Mode) => openNetwork(region, { mode, year: null, speeds: SPEEDS }).frozen;
  const road = open('road');
  const multimodal = open('multimodal');
  const times = {
    road: zoneTimes(road, region.zones),
    rail: zoneTimes(open('rail'), region.zones),
    multimodal: zoneTimes(multimodal, region.zones),
  };
  const people = opportunities(region.zones, 'population').values;
  const reachable = accessibility(times.multimodal, people, { kind: 'cumulative', minutes: 60 }).map((value) => value ?? 0);
  const meanMinutes = accessibility(times.multimodal, people, { kind: 'mean-time' });
  const linkShare = new Map<string, number>();
  for (const mode of ['road', 'rail'] as const) {
    const graph = buildLinkGraph(region, { mode, year: null, speeds: SPEEDS });
    for (const row of centrality(freeze(graph).network, freezeMetres(graph))) {
      if (row.kind === 'link') linkShare.set(row.id, row.betweenness);
    }
  }
  const found = [
    { frozen: road, times: times.road, rules: ROAD_CANDIDATES },
    { frozen: multimodal, times: times.multimodal, rules: RAIL_CANDIDATES },
  ].map(({ frozen, times: own, rules }) => {
    const trips = gravityDemand(own);
    return { links: missingLinks(region, frozen, own, trips, rules), planned: plannedLinks(region, frozen, own, trips, rules) };
  });
  const missing = found.flatMap((row) => row.links);
  const plans = found.flatMap((row) => row.planned.links);
  const core = region.zones.find((zone) => zone.id === region.manifest.primaryCore);
  const coreIndex = region.zones.findIndex((zone) => zone.id === region.manifest.primaryCore);
  const bands = isochrones(
    multimodal.network,
    oneToAll(multimodal.network, multimodal.nodeOf.get(`zone-origin/${core?.id}`) ?? 0),
    region.zones.map((zone, to) => ({ zone, minutes: pairMinutes(times.multimodal, coreIndex, to) })),
  );
  const sound = withoutAssumedNeighbours(region);
  const borderTimes = zoneTimes(openNetwork(sound, { mode: 'multimodal', year: null, speeds: SPEEDS }).frozen, region.zones);
  const rows = hourRows(times.multimodal);
  const zoneTable = zonesTable(region, reachable, meanMinutes);
  return {
    region,
    reachable,
    meanMinutes,
    linkShare,
    bands,
    core,
    missing,
    plans,
    plansLeft: found.flatMap((row) => row.planned.left),
    curves: MODES.map((mode) => ({ mode, share: reachCurve(times[mode]) })),
    lorenz: lorenzCurve(rows),
    gini: gini(rows),
    speeds: speedsByDistance(borderTimes),
    tables: new Map([
      ['zones', zoneTable],
      ['missing-links', linksTable(missing)],
      ['plans', linksTable(plans)],
      ['link-centrality', centralityTable(linkShare)],
      ['references', referencesTable(region)],
    ]),
    geojson: new Map([
      ['zones', zonesGeoJson(region, zoneTable)],
      ['isochrones', bandsGeoJson(bands)],
      ['missing-links', linksGeoJson(missing)],
      ['plans', linksGeoJson(plans)],
    ]),
  };
}

/** Population-weighted mean share of the region's people within 0, 10 … 180 minutes. */
function reachCurve(times: ZoneTimes): number[] {
  const all = times.zones.reduce((sum, zone) => sum + zone.population, 0);
  const inside = new Float64Array(CURVE_MINUTES.length);
  times.zones.forEach((zone, from) => {
    times.zones.forEach((other, to) => {
      const minutes = pairMinutes(times, from, to);
      if (minutes === null) return;
      const first = Math.ceil(minutes / 10);
      if (first < inside.length) inside[first] = (inside[first] ?? 0) + zone.population * other.population;
    });
  });
  let sum = 0;
  return Array.from(inside, (value) => {
    sum += value;
    return sum / all / all;
  });
}

function zonesTable(region: Region, reachable: readonly number[], meanMinutes: readonly (number | null)[]): ResultTable {
  const columns = [
    column('id'),
    column('name'),
    column('name_local'),
    column('admin1'),
    column('population', 'persons'),
    column('people_within_60_minutes', 'persons'),
    column('mean_minutes', 'min', 1),
  ];
  const rows = region.zones.map((zone, index): Cell[] => {
    const { id, name, nameLocal, admin1, population } = zone;
    return [id, name, nameLocal, admin1, population, reachable[index] ?? null, meanMinutes[index] ?? null];
  });
  return { command: 'report', parameters: {}, inputs: [], columns, rows, notes: [] };
}

/** Published rail times beside ours, pair by pair. */
function referencesTable(region: Region): ResultTable {
  const { graph } = openNetwork(region, { mode: 'rail', year: null, speeds: SPEEDS });
  const minutes = (name: string) => column(name, 'min', 1);
  const columns = [
    column('what'),
    column('from'),
    column('to'),
    minutes('published'),
    minutes('computed'),
    column('within_tolerance'),
    column('source'),
  ];
  const rows = checkReferences(region, graph).map(({ reference, minutes: computed, isWithin }): Cell[] => {
    return [reference.what, reference.from, reference.to, reference.value, computed, isWithin, reference.source];
  });
  return { command: 'report', parameters: {}, inputs: [], columns, rows, notes: [] };
}

const LINK_COLUMNS = [
  column('rank'),
  column('mode'),
  column('from_name'),
  column('to_name'),
  column('length_km', 'km', 1),
  column('minutes', 'min', 1),
  column('gain_person_minutes', 'person-minutes a day'),
  column('gain_per_km', 'person-minutes a day and km'),
  column('why'),
];

export function linksTable(links: readonly NewLink[]): ResultTable {
  const rows = links.map((link): Cell[] => {
    const { rank, mode, fromName, toName, lengthKilometres, minutes, gainPersonMinutes, gainPerKilometre, why } = link;
    return [rank, mode, fromName, toName, lengthKilometres, minutes, gainPersonMinutes, gainPerKilometre, why];
  });
  return { command: 'report', parameters: {}, inputs: [], columns: LINK_COLUMNS, rows, notes: [] };
}

function centralityTable(linkShare: ReadonlyMap<string, number>): ResultTable {
  const rows = [...linkShare].map(([id, share]): Cell[] => [id, share]);
  return {
    command: 'report',
    parameters: {},
    inputs: [],
    columns: [column('id'), column('betweenness', 'share of pairs', 8)],
    rows,
    notes: [],
  };
}

const round = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(6)) : value);

function collection(features: readonly object[]): string {
  return `{"type": "FeatureCollection", "features": [\n${features.map((feature) => JSON.stringify(feature, round)).join(',\n')}\n]}\n`;
}

function zonesGeoJson(region: Region, table: ResultTable): string {
  return collection(
    region.zones.map((zone, index) => ({
      type: 'Feature',
      id: zone.id,
      geometry: { type: 'Point', coordinates: [zone.longitude, zone.latitude] },
      properties: Object.fromEntries(table.columns.map(({ name }, position) => [name, table.rows[index]?.[position] ?? null])),
    })),
  );
}

function bandsGeoJson(bands: readonly IsochroneBand[]): string {
  return collection(
    bands.map(({ minutes, areaSquareKilometres, population, geometry }) => ({
      type: 'Feature',
      geometry,
      properties: { minutes, area_km2: areaSquareKilometres, population },
    })),
  );
}

function linksGeoJson(links: readonly NewLink[]): string {
  return collection(
    links.map((link) => ({
      type: 'Feature',
      id: link.id,
      geometry: { type: 'LineString', coordinates: [link.fromLonLat, link.toLonLat] },
      properties: { rank: link.rank, mode: link.mode, gain_person_minutes: link.gainPersonMinutes, why: link.why },
    })),
  );
}
