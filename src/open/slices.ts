import { type FrozenNetwork, freeze } from '../build/freeze.ts';
import type { GraphOptions, Imputed, RegionGraph } from '../build/graph-types.ts';
import { keepAccess } from '../build/keep-access.ts';
import { buildRegionGraph } from '../build/region-graph.ts';
import { DataError, UsageError } from '../model/errors.ts';
import type { Region } from '../model/tables.ts';
import type { Upgrade } from '../model/upgrade.ts';
import { readRegion } from '../read/region-folder.ts';
import { regionFolder } from './open-network.ts';
import { upgradeRegion } from './upgrades.ts';

/** A state of a region by name: a year, upgrades, or both. */
export interface SliceName {
  readonly label: string;
  readonly year: number | null;
  readonly upgrades: readonly string[];
}

/**
 * Read the name of a slice: `today`, a year, `plans`, an upgrade or a file, several joined by `+`, e.g. `2013+capital-ring-gaps`.
 * @throws UsageError for two years or an empty part
 */
export function parseSlice(text: string, option: string): SliceName {
  const parts = text.split('+').map((part) => part.trim());
  const years = parts.filter((part) => /^\d{4}$/.test(part)).map(Number);
  if (years.length > 1 || parts.some((part) => part === '')) {
    throw new UsageError(`${option} is "${text}"; expected today, a year, plans, upgrades, or these joined by +, with at most one year`);
  }
  return { label: text, year: years[0] ?? null, upgrades: parts.filter((part) => part !== 'today' && !/^\d{4}$/.test(part)) };
}

/** The slice that --year and --upgrade name; null where neither is given. */
export function sliceOfFlags(year: number | null, upgrades: readonly string[]): SliceName | null {
  if (year === null && upgrades.length === 0) return null;
  return { label: [...(year === null ? [] : [String(year)]), ...upgrades].join('+'), year, upgrades };
}

export interface OpenedSlice {
  readonly label: string;
  readonly year: number | null;
  readonly region: Region;
  readonly upgrades: readonly Upgrade[];
  readonly notes: readonly string[];
}

/** Read a region once and give its slices. @throws DataError with every fault; UsageError where nothing is there */
export function openSlices(network: string, names: readonly SliceName[]): OpenedSlice[] {
  const folder = regionFolder(network);
  const { region, problems } = readRegion(folder);
  const faults = problems.filter((problem) => problem.severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  return names.map(({ label, year, upgrades: wanted }) => {
    const { region: own, upgrades, problems: found, notes } = upgradeRegion(folder, region, wanted);
    const warnings = found.map(
      ({ file, feature, property, found: what, expected }) => `${file}, ${feature}: ${property} is ${what}; expected ${expected}`,
    );
    return { label, year, region: own, upgrades, notes: [...notes, ...warnings] };
  });
}

/** A slice frozen, its graph beside it for the next one to keep its connectors. */
export interface SliceNetwork {
  readonly graph: RegionGraph;
  readonly frozen: FrozenNetwork;
  readonly imputed: readonly Imputed[];
  /** connectors kept from the earlier slice */
  readonly kept: number;
}

/** Freeze a slice; with an earlier one, nobody loses a station or junction because another opened (keepAccess). */
export function networkOf(slice: OpenedSlice, options: GraphOptions, earlier: SliceNetwork | null = null): SliceNetwork {
  const { graph, imputed } = buildRegionGraph(slice.region, { ...options, year: slice.year });
  const kept = earlier ? keepAccess(graph, earlier.graph) : 0;
  return { graph, imputed, kept, frozen: freeze(graph) };
}
