import { changedLinks } from '../analysis/compare/changed-links.ts';
import type { Slice } from '../analysis/compare/slice-measures.ts';
import type { ResultTable } from '../model/results.ts';

/** Zones with before, after and change of every measure, and the links that only one of the states has. RFC 7946, one feature a line. */
export function compareGeoJson(before: Slice, after: Slice, table: ResultTable): string {
  const index = (name: string) => table.columns.findIndex((column) => column.name === name);
  const [scope, id, measure] = [index('scope'), index('id'), index('measure')];
  const round = (value: unknown) => (typeof value === 'number' ? Number(value.toFixed(4)) : (value ?? null));
  const properties = new Map<string, Record<string, unknown>>();
  for (const row of table.rows) {
    if (row[scope] !== 'zone') continue;
    const own = properties.get(String(row[id])) ?? {};
    for (const part of ['before', 'after', 'change']) own[`${row[measure]}_${part}`] = round(row[index(part)]);
    properties.set(String(row[id]), own);
  }
  const zones = after.region.zones.map((zone) => ({
    type: 'Feature',
    id: zone.id,
    geometry: { type: 'Point', coordinates: [zone.longitude, zone.latitude] },
    properties: { kind: 'zone', name: zone.name, admin1: zone.admin1, population: zone.population, ...properties.get(zone.id) },
  }));
  const lines = changedLinks(before, after).map(({ id: link, name, mode, state, positions }) => ({
    type: 'Feature',
    id: link,
    geometry: { type: 'LineString', coordinates: positions },
    properties: { kind: 'link', name, mode, state },
  }));
  const features = [...zones, ...lines].map((feature) => JSON.stringify(feature));
  return `{"type": "FeatureCollection", "features": [\n${features.join(',\n')}\n]}\n`;
}
