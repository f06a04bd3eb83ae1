import { area } from '@turf/turf';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Problem } from '../../../src/model/problem.ts';
import { faultsInto } from '../../../src/read/features.ts';
import { cellFinder, type GridOptions, gridCell, wholeGrid } from '../../../src/read/zones/grid.ts';
import { gridZones } from '../../../src/read/zones/grid-zones.ts';
import { type PlacedRow, readPlacedRows, representativePoint } from '../../../src/read/zones/zone-file.ts';
import { zonesOfRows } from '../../../src/read/zones/zones-of-rows.ts';
import { withFile } from '../../support/osm-worlds.ts';

const NO_COLUMNS = { id: null, name: null, nameLocal: null, admin1: null, admin2: null, jobs: null, gdp: null, figures: [] };

const read = async (name: string, text: string): Promise<{ rows: PlacedRow[]; problems: Problem[] }> => {
  const problems: Problem[] = [];
  const rows = await withFile(name, text, async (path) => readPlacedRows(path, { longitude: null, latitude: null }, faultsInto(problems)));
  return { rows, problems };
};

const feature = (geometry: unknown, properties: unknown) => ({ type: 'Feature', geometry, properties });
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });
const SQUARE = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [0, 0],
];
/** A U open to the north: its centroid lies in the gap. */
const HORSESHOE = [
  [0, 0],
  [9, 0],
  [9, 9],
  [8, 9],
  [8, 1],
  [1, 1],
  [1, 9],
  [0, 9],
  [0, 0],
];

describe('zones of a file', () => {
  it('come from polygons at their middle, or at a point inside where the middle is not', async () => {
    const { rows } = await read(
      'z.geojson',
      collection(feature({ type: 'Polygon', coordinates: [SQUARE] }, { code: 'A', people: 7, work: '3' })),
    );
    const { zones, areas, problems } = zonesOfRows(rows, { ...NO_COLUMNS, id: 'code', population: 'people', jobs: 'work' }, 'z.geojson');
    expect(problems).to.deep.equal([]);
    expect(zones[0]).to.deep.include({ id: 'A', longitude: 1, latitude: 1, population: 7, jobs: 3 });
    expect(zones[0]?.figures.area_km2?.value).to.be.closeTo(area({ type: 'Polygon', coordinates: [SQUARE] }) / 1e6, 1e-3);
    expect(areas.map(({ id }) => id)).to.deep.equal(['A']);
    const [longitude, latitude] = representativePoint({ type: 'Polygon', coordinates: [HORSESHOE] });
    expect(longitude <= 1 || longitude >= 8 || latitude <= 1).to.equal(true);
  });

  it('come from tables of points, by the usual names of their columns or by those given', async () => {
    const { rows, problems } = await read('z.csv', 'Lon,Lat,id,people\n1,2,a,5\n3,4,b,6\n');
    expect(problems).to.deep.equal([]);
    expect(
      zonesOfRows(rows, { ...NO_COLUMNS, population: 'people' }, 'z.csv').zones.map(({ id, longitude, latitude, population }) => [
        id,
        longitude,
        latitude,
        population,
      ]),
    ).to.deep.equal([
      ['a', 1, 2, 5],
      ['b', 3, 4, 6],
    ]);
  });

  it('name every bad row at once: number, place, ring, id', async () => {
    const table = await read('z.csv', 'x,y,id,people\n1,2,a,many\n1,2,b,-4\n1,2,c,3\n1,2,c,3\n95,200,d,1\n');
    const messages = [...table.problems, ...zonesOfRows(table.rows, { ...NO_COLUMNS, population: 'people' }, 'z.csv').problems].map(
      ({ found }) => found,
    );
    expect(messages).to.deep.equal(['[95, 200]', '"many"', '"-4"', 'c']);
    const broken = await read(
      'z.geojson',
      collection(
        feature({ type: 'Polygon', coordinates: [SQUARE.slice(0, 4)] }, {}),
        feature({ type: 'LineString', coordinates: SQUARE }, {}),
      ),
    );
    expect(broken.problems.map(({ kind }) => kind)).to.deep.equal(['open-ring', 'geometry-type']);
    const strange = zonesOfRows(table.rows, { ...NO_COLUMNS, population: 'inhabitants' }, 'z.csv');
    expect(strange.problems[0]).to.include({ kind: 'missing-column', property: 'inhabitants' });
  });

  it('count nobody where a population is empty, and say so', async () => {
    const { rows } = await read('z.csv', 'x,y,people\n1,2,\n1,3,4\n');
    const { zones, problems } = zonesOfRows(rows, { ...NO_COLUMNS, population: 'people' }, 'z.csv');
    expect(zones.map(({ population }) => population)).to.deep.equal([0, 4]);
    expect(problems[0]).to.include({ severity: 'warning', kind: 'population-missing', feature: '1 of 2 zones' });
  });
});

describe('a grid of zones', () => {
  const box = [8, 47, 9, 48] as const;
  const options = (shape: GridOptions['shape']): GridOptions => ({ shape, cellKilometres: 5, box });
  const row = (longitude: number, latitude: number, people: number): PlacedRow => {
    return { label: '', longitude, latitude, polygon: null, areaSquareKilometres: null, columns: { people } };
  };

  it('puts every place into the one cell that holds it', () => {
    for (const shape of ['square', 'hexagon'] as const) {
      fc.assert(
        fc.property(fc.double({ min: 8, max: 9, noNaN: true }), fc.double({ min: 47, max: 48, noNaN: true }), (longitude, latitude) => {
          const at = cellFinder(options(shape))(longitude, latitude);
          expect(at).not.to.equal(null);
          const distance = (column: number, line: number) => {
            const [x, y] = gridCell(options(shape), column, line).centre;
            // on the parallel in the middle of the box, as the grid is laid
            return Math.hypot((x - longitude) * Math.cos((47.5 * Math.PI) / 180), y - latitude);
          };
          const [column = 0, line = 0] = at ?? [];
          for (const [right, up] of [
            [-1, -1],
            [-1, 0],
            [-1, 1],
            [0, -1],
            [0, 1],
            [1, -1],
            [1, 0],
            [1, 1],
          ] as const) {
            expect(distance(column, line)).to.be.at.most(distance(column + right, line + up) + 1e-9);
          }
        }),
      );
    }
  });

  it('covers the box: cells times their area make its area, but for the margin', () => {
    for (const shape of ['square', 'hexagon'] as const) {
      const cells = wholeGrid(options(shape));
      const sum = cells.reduce((total, { polygon }) => total + area(polygon), 0);
      const whole = area({
        type: 'Polygon',
        coordinates: [
          [
            [8, 47],
            [9, 47],
            [9, 48],
            [8, 48],
            [8, 47],
          ],
        ],
      });
      expect(sum / whole, shape).to.be.within(0.9, 1.1);
    }
  });

  it('sums the people of its points, seats them where they live, and names those beyond the box', () => {
    const points = [row(8.5, 47.5, 30), row(8.5001, 47.5, 10), row(8.9, 47.9, 5), row(10, 47.5, 99)];
    const { zones, problems } = gridZones(options('hexagon'), points, { population: 'people', jobs: null }, 'p.csv');
    expect(zones.reduce((sum, zone) => sum + zone.population, 0)).to.equal(45);
    const largest = zones.find((zone) => zone.population === 40);
    expect(largest?.longitude).to.be.closeTo((8.5 * 30 + 8.5001 * 10) / 40, 1e-9);
    expect(problems.map(({ kind, found }) => [kind, found])).to.deep.equal([['outside-box', '99 persons beyond the box']]);
  });
});
