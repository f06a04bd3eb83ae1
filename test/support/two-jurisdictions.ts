import { PLAIN_DEFAULTS } from '../../src/model/mode-defaults.ts';
import type { Place, Region, RoadLink, Zone } from '../../src/model/tables.ts';

const SIDE = 6;
const SPACING_KILOMETRES = 20;
/** Degrees of a kilometre at the equator, on the mean sphere of place.ts. */
const DEGREES = 360 / (2 * Math.PI * 6371.0088);
/** The row that lies on the equator, where spacing along the row is exact; its bridge is the one that can be removed. */
export const BRIDGE_ROW = 2;
/** Every road is driven in ten minutes. */
const STREET_MINUTES = 10;

export const seat = (column: number, row: number) => `c${column}r${row}`;

/**
 * A world of 6 × 6 towns 20 km apart, 10,000 people each, streets of 10 minutes between neighbours. Columns 0–2 are West, 3–5 East; the river
 * between them is crossed by one bridge a row, and the bridge of row 2 can be left out.
 */
export function twoJurisdictions(options: { hasBridge: boolean }): Region {
  const cells = Array.from({ length: SIDE * SIDE }, (_value, cell) => ({ column: cell % SIDE, row: Math.floor(cell / SIDE) }));
  const at = (column: number, row: number) => ({
    longitude: (column - (SIDE - 1) / 2) * SPACING_KILOMETRES * DEGREES,
    latitude: (row - BRIDGE_ROW) * SPACING_KILOMETRES * DEGREES,
  });
  const zones = cells.map(({ column, row }): Zone => {
    const side = column < SIDE / 2 ? 'West' : 'East';
    const names = { id: seat(column, row), name: seat(column, row), nameLocal: '', admin1: side, admin2: side };
    return { ...names, ...at(column, row), population: 10_000, jobs: null, gdp: null, figures: {} };
  });
  const junctions = cells.map(({ column, row }): Place => {
    return { id: seat(column, row), name: seat(column, row), nameLocal: '', kind: 'town', zone: null, kept: {}, ...at(column, row) };
  });
  const roads = cells.flatMap(({ column, row }): RoadLink[] => [
    ...(column + 1 < SIDE ? [street(seat(column, row), seat(column + 1, row))] : []),
    ...(row + 1 < SIDE ? [street(seat(column, row), seat(column, row + 1))] : []),
  ]);
  const bridge = `${seat(2, BRIDGE_ROW)}:${seat(3, BRIDGE_ROW)}`;
  return {
    manifest: MANIFEST,
    zones,
    stations: [],
    junctions,
    rail: [],
    roads: options.hasBridge ? roads : roads.filter((road) => road.id !== bridge),
    services: [],
    transfers: [],
    plans: [],
    references: [],
  };
}

function street(from: string, to: string): RoadLink {
  return {
    id: `${from}:${to}`,
    from,
    to,
    route: `${from}:${to}`,
    name: '',
    class: 'primary',
    lengthKilometres: SPACING_KILOMETRES,
    speedKilometresPerHour: (SPACING_KILOMETRES / STREET_MINUTES) * 60,
    lanes: 2,
    oneway: false,
    toll: null,
    opened: null,
    status: 'open',
    source: 'hand-made',
    confidence: 'high',
    basis: 'published',
    kept: {},
  };
}

const MANIFEST: Region['manifest'] = {
  id: 'two-jurisdictions',
  name: 'Two jurisdictions',
  nameLocal: '',
  boundingBox: [-2, -2, 2, 2],
  areaSquareKilometres: null,
  areaSource: '',
  primaryCore: seat(2, BRIDGE_ROW),
  secondaryCores: [seat(3, BRIDGE_ROW)],
  currency: 'USD',
  valueOfTimePerHour: 20,
  defaults: PLAIN_DEFAULTS,
  sources: ['hand-made'],
};
