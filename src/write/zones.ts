import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MultiPolygon, Polygon } from 'geojson';
import type { RegionManifest, Zone } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { type FeatureRow, featureLines, type Shape, writeFolder } from './feature-lines.ts';
import { zoneFeature } from './region-folder.ts';

/**
 * The manifest with cores that are among the zones: those it has where they still are, else the largest zone, and the largest of each other
 * first-level unit.
 */
export function withCores(manifest: RegionManifest, zones: readonly Zone[]): RegionManifest {
  const known = new Set(zones.map((zone) => zone.id));
  if ([manifest.primaryCore, ...manifest.secondaryCores].every((core) => known.has(core))) return manifest;
  const largest = zones.toSorted((a, b) => b.population - a.population || byCodePoint(a.id, b.id));
  const leaders = new Map<string, string>();
  for (const zone of largest) if (!leaders.has(zone.admin1)) leaders.set(zone.admin1, zone.id);
  const [primaryCore = '', ...secondaryCores] = leaders.values();
  return { ...manifest, primaryCore, secondaryCores };
}

/**
 * Put zones in place of those of a region folder; the network stays as it is. Outlines go to zone-areas.geojson, which is taken away where the
 * new zones have none.
 */
export function writeZones(
  folder: string,
  manifest: RegionManifest,
  zones: readonly Zone[],
  areas: readonly { readonly id: string; readonly polygon: Polygon | MultiPolygon }[],
): void {
  const files = new Map<string, Iterable<string>>([
    ['region.json', [`${JSON.stringify(manifest, null, 2)}\n`]],
    ['zones.geojson', featureLines(zones.toSorted((a, b) => byCodePoint(a.id, b.id)).map((zone) => zoneFeature(zone)))],
  ]);
  if (areas.length > 0) {
    const rows = areas
      .toSorted((a, b) => byCodePoint(a.id, b.id))
      .map(({ id, polygon }): FeatureRow => ({ id, geometry: polygon as unknown as Shape, properties: {} }));
    files.set('zone-areas.geojson', featureLines(rows));
  }
  writeFolder(folder, files);
  if (areas.length === 0) rmSync(join(folder, 'zone-areas.geojson'), { force: true });
}
