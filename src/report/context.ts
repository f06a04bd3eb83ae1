import type { MultiPolygon } from 'geojson';
import { withoutAssumedNeighbours } from '../analysis/benchmark/benchmark.ts';
import { type ZoneCells, zoneCells } from '../analysis/zone-cells.ts';
import { type ZoneTimes, zoneTimes } from '../analysis/zone-times.ts';
import type { FrozenNetwork } from '../build/freeze.ts';
import type { GraphOptions, Imputed, Mode, RegionGraph } from '../build/graph-types.ts';
import type { SpeedModel } from '../build/road-speeds.ts';
import { UsageError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import type { Region } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import type { Upgrade } from '../model/upgrade.ts';
import type { StoredBacktest } from '../open/open-backtest.ts';
import { openNetwork } from '../open/open-network.ts';
import { regionLand } from '../open/region-land.ts';
import { type MapFrame, mapFrame } from './figures/map-frame.ts';

/** What a section may ask about one region. Everything is computed when first asked for, once. */
export interface RegionContext {
  readonly region: Region;
  readonly id: string;
  readonly name: string;
  /** the slice that the report is about */
  readonly options: GraphOptions;
  /** upgrades applied, as the command named them; null where none was */
  readonly upgrade: string | null;
  /** place among the regions of the report, from 0: its colour */
  readonly position: number;
  /** notes of the reading: imputed and suspicious values */
  readonly problems: readonly Problem[];
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
  /** every region of the report in order, this one included */
  readonly peers: () => readonly RegionContext[];
  /** what lies beside the tables of the region: upgrades, published lengths, observed commuters */
  readonly beside: RegionBeside;
  readonly network: (mode: Mode) => FrozenNetwork;
  readonly graph: (mode: Mode) => RegionGraph;
  readonly imputed: () => readonly Imputed[];
  readonly times: (mode: Mode, speeds?: SpeedModel) => ZoneTimes;
  /** on published and recalled links alone: what figures about borders may rest on */
  readonly borderTimes: (mode: Mode, speeds?: SpeedModel) => ZoneTimes;
  readonly land: () => MultiPolygon;
  readonly cells: () => ZoneCells;
  readonly frame: () => MapFrame;
}

/** Files of a region folder that are no tables of its network. */
export interface RegionBeside {
  readonly upgrades: readonly Upgrade[];
  /** history.csv: published lengths through time */
  readonly history: readonly {
    readonly what: string;
    readonly unit: string;
    readonly year: number;
    readonly value: number;
    readonly confidence: string;
  }[];
  /** observed commuters, row-major over the zones; null where the folder has none */
  readonly commuters: Float64Array | null;
  /** the stored backtest over all shipped regions; null where there is none */
  readonly backtest: StoredBacktest | null;
}

const NOTHING_BESIDE: RegionBeside = { upgrades: [], history: [], commuters: null, backtest: null };

export interface RegionInput {
  readonly region: Region;
  readonly problems: readonly Problem[];
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
  readonly beside?: RegionBeside;
}

/**
 * Contexts of the regions of one report. Cost: none until a section asks.
 * @throws UsageError where two of them have the same id: names of files and marks of the page rest on it
 */
export function regionContexts(
  inputs: readonly RegionInput[],
  options: GraphOptions,
  upgrade: string | null = null,
): readonly RegionContext[] {
  const ids = inputs.map(({ region }) => region.manifest.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new UsageError(`two networks have the id "${twice}"; expected each once: change "id" in the region.json of one of them`);
  }
  const all: RegionContext[] = inputs.map((input, position) => regionContext(input, { options, upgrade, position, peers: () => all }));
  return all;
}

function regionContext(input: RegionInput, place: Pick<RegionContext, 'options' | 'upgrade' | 'position' | 'peers'>): RegionContext {
  const { problems, inputs } = input;
  const region = inIdOrder(input.region);
  const { options } = place;
  const { year } = options;
  const opened = byKey((mode: Mode) => openNetwork(region, { ...options, mode }));
  const timesOf = (own: Region) =>
    byKey((key: `${Mode} ${SpeedModel}`) => {
      const [mode, speeds] = key.split(' ') as [Mode, SpeedModel];
      const frozen = own === region && speeds === options.speeds ? opened(mode).frozen : openNetwork(own, { mode, year, speeds }).frozen;
      return zoneTimes(frozen, region.zones);
    });
  const times = timesOf(region);
  const sound = withoutAssumedNeighbours(region);
  const soundTimes = timesOf(sound);
  // no road is used by rail, and where none is assumed nothing is left out: the same times
  const isSame = (mode: Mode) => mode === 'rail' || sound.roads.length === region.roads.length;
  const land = once(() => regionLand(region));
  const cells = once(() => zoneCells(region.zones, land()));
  return {
    region,
    id: region.manifest.id,
    name: region.manifest.name,
    ...place,
    problems,
    inputs,
    beside: input.beside ?? NOTHING_BESIDE,
    network: (mode) => opened(mode).frozen,
    graph: (mode) => opened(mode).graph,
    imputed: () => opened(options.mode).imputed,
    times: (mode, speeds = options.speeds) => times(`${mode} ${speeds}`),
    borderTimes: (mode, speeds = options.speeds) => (isSame(mode) ? times : soundTimes)(`${mode} ${speeds}`),
    land,
    cells,
    frame: once(() => mapFrame(region.zones, cells().cells)),
  };
}

/** Links and places by id: sums and equilibria then come out the same to the last digit whatever the order of features. */
function inIdOrder(region: Region): Region {
  const sorted = <T extends { readonly id: string }>(rows: readonly T[]) => rows.toSorted((a, b) => byCodePoint(a.id, b.id));
  const { roads, rail, stations, junctions } = region;
  return { ...region, roads: sorted(roads), rail: sorted(rail), stations: sorted(stations), junctions: sorted(junctions) };
}

function once<T>(make: () => T): () => T {
  let known: { value: T } | null = null;
  return () => {
    known ??= { value: make() };
    return known.value;
  };
}

function byKey<K, T>(make: (key: K) => T): (key: K) => T {
  const known = new Map<K, { value: T }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    known.set(key, found);
    return found.value;
  };
}

/** An analysis that several sections share: computed once a region. */
export function perRegion<T>(make: (context: RegionContext) => T): (context: RegionContext) => T {
  const known = new WeakMap<RegionContext, { value: T }>();
  return (context) => {
    const found = known.get(context) ?? { value: make(context) };
    known.set(context, found);
    return found.value;
  };
}
