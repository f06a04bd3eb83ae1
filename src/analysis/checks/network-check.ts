import type { FrozenNetwork } from '../../build/freeze.ts';
import type { Imputed, RegionGraph } from '../../build/graph-types.ts';
import { UNREACHED } from '../../model/network.ts';
import type { Problem } from '../../model/problem.ts';
import type { Region } from '../../model/tables.ts';
import { zoneTimes } from '../zone-times.ts';
import { describeNetwork } from './islands.ts';

/**
 * Pieces of a link graph beside the largest, as suspicions with their size and first node.
 *
 * @param file  the file that the links came from
 * Cost O(nodes + links).
 */
export function islandProblems(graph: RegionGraph, file: string): Problem[] {
  return describeNetwork(graph)
    .slice(1)
    .map(({ size, example }) => ({
      severity: 'warning',
      kind: 'island',
      file,
      feature: example,
      property: 'component',
      found: `${size} nodes apart from the rest`,
      expected: 'one piece',
    }));
}

/** Zones that reach no other zone in a mode, as suspicions. Cost: one tree a zone. */
export function cutOffZones(frozen: FrozenNetwork, region: Region, mode: string): Problem[] {
  const { milliseconds } = zoneTimes(frozen, region.zones);
  const count = region.zones.length;
  return region.zones.flatMap((zone, from): Problem[] => {
    const row = milliseconds.subarray(from * count, (from + 1) * count);
    if (count < 2 || row.some((time, to) => to !== from && time !== UNREACHED)) return [];
    const feature = `${zone.id} (${zone.name})`;
    return [
      {
        severity: 'warning',
        kind: 'cut-off-zone',
        file: 'zones.geojson',
        feature,
        property: mode,
        found: 'reaches no zone',
        expected: 'a way to others',
      },
    ];
  });
}

/** Values that the graph took in place of missing ones, as notes. */
export function imputedProblems(imputed: readonly Imputed[], file: string): Problem[] {
  return imputed.map(({ kind, count }) => {
    const [property = kind, ...taken] = kind.split(': ');
    const expected = `a value; took ${taken.join(': ')}`;
    return { severity: 'note', kind: 'imputed', file, feature: `${count} links`, property, found: 'nothing', expected };
  });
}
