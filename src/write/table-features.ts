import type { ResultTable } from '../model/results.ts';

/** A table as GeoJSON: a feature a row, one a line so that a diff reads; numbers rounded as in the CSV, coordinates to 6 decimals. */
export function tableFeatures(table: ResultTable, geometries: readonly (object | null)[]): string {
  const features = table.rows.map((row, index) => {
    const properties = table.columns.map(({ name, decimals }, position) => {
      const cell = row[position] ?? null;
      return [name, typeof cell === 'number' ? (Number.isFinite(cell) ? Number(cell.toFixed(decimals)) : null) : cell];
    });
    return JSON.stringify(
      { type: 'Feature', geometry: geometries[index] ?? null, properties: Object.fromEntries(properties) },
      sixDecimals,
    );
  });
  return `{"type": "FeatureCollection", "features": [\n${features.join(',\n')}\n]}\n`;
}

/** Coordinates are plain numbers in arrays; properties are rounded already. */
function sixDecimals(this: unknown, _key: string, value: unknown): unknown {
  return Array.isArray(this) && typeof value === 'number' ? Number(value.toFixed(6)) : value;
}
