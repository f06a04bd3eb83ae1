import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { seededRandom } from '../../../src/kernels/seeded-random.ts';
import { DataError, UsageError } from '../../../src/model/errors.ts';
import { openRaster } from '../../../src/read/zones/open-raster.ts';
import { sumIntoGrid, sumIntoPolygons } from '../../../src/read/zones/raster-sums.ts';
import { RASTER_COLUMN, rasterGrid, withRasterPeople } from '../../../src/read/zones/raster-zones.ts';
import type { PlacedRow } from '../../../src/read/zones/zone-file.ts';
import { folderForEachTest } from '../../support/scratch-folder.ts';
import { hasProgram, itWithTool, outputOf, pythonWith } from '../../support/tools.ts';

const ZONAL = fileURLToPath(new URL('../../../../test/read/zones/fixtures/zonal-sums.py', import.meta.url));
const HEAD = 'ncols 3\nnrows 2\nxllcorner 8\nyllcorner 47\ncellsize 0.1\nNODATA_value -9\n';

function square(west: number, south: number, east: number, north: number): Polygon {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

/** A grid of 80 by 60 cells of 0.001 degrees with some nobody, some without a figure. */
function bigGrid(seed: number): { text: string; total: number } {
  const random = seededRandom(seed);
  let total = 0;
  const rows = Array.from({ length: 60 }, () =>
    Array.from({ length: 80 }, () => {
      const kind = random.uniform();
      if (kind < 0.1) return -9;
      const value = kind < 0.3 ? 0 : random.below(200);
      total += value;
      return value;
    }).join(' '),
  );
  return { text: `ncols 80\nnrows 60\nxllcorner 8\nyllcorner 47\ncellsize 0.001\nNODATA_value -9\n${rows.join('\n')}\n`, total };
}

describe('a population raster', () => {
  const folder = folderForEachTest();
  const { write } = folder;
  const refusal = (path: string, read: (path: string) => Promise<unknown> = openRaster) =>
    read(path).then(
      () => expect.fail('was read'),
      (error: unknown) => (error instanceof DataError || error instanceof UsageError ? error.message : expect.fail(String(error))),
    );

  it('counts each cell where its middle is, tells what lies outside, and passes over cells without a figure', async () => {
    // broken lines make no difference
    const raster = await openRaster(write('p.asc', `${HEAD}1 2 4\n8\n-9 16\n`));
    const polygons = [square(8, 47, 8.1, 47.2), square(8.2, 47, 8.3, 47.1)];
    const { sums, count } = await sumIntoPolygons(raster, polygons);
    expect([...sums]).to.deep.equal([9, 16]);
    expect(count).to.deep.equal({ people: 31, cells: 5, outsidePeople: 6, outsideCells: 2, missingCells: 1, sharedCells: 0 });
    const { zones, problems } = await rasterGrid(raster, { shape: 'square', cellKilometres: 100, box: [8, 47, 8.2, 47.2] });
    expect(zones.map(({ population }) => population)).to.deep.equal([11]);
    expect(problems.map(({ kind, feature, found }) => [kind, feature, found])).to.deep.equal([
      ['raster', '–', 'p.asc has no .prj beside it: taken as degrees WGS84'],
      ['outside-box', '2 of 5 cells with people', '20 of 31 persons'],
    ]);
    // seat: where the people of the cell live
    expect(zones[0]?.longitude).to.be.closeTo((8.05 * 9 + 8.15 * 2) / 11, 1e-12);
  });

  it('gives every cell to one zone where zones tile, also where their edges run through the middles of cells', async () => {
    const grid = bigGrid(3);
    const raster = await openRaster(write('p.asc', grid.text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 159 }), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 119 }), { maxLength: 6 }),
        async (xs, ys) => {
          // cuts at multiples of half a cell
          const cuts = (steps: readonly number[], end: number) => [...new Set([0, ...steps, end])].sort((a, b) => a - b);
          const [xCuts, yCuts] = [cuts(xs, 160), cuts(ys, 120)];
          const tiles = xCuts
            .slice(1)
            .flatMap((east, x) =>
              yCuts
                .slice(1)
                .map((north, y) =>
                  square(8 + (xCuts[x] ?? 0) * 0.0005, 47 + (yCuts[y] ?? 0) * 0.0005, 8 + east * 0.0005, 47 + north * 0.0005),
                ),
            );
          const { sums, count } = await sumIntoPolygons(raster, tiles);
          expect(sums.reduce((sum, value) => sum + value, 0)).to.equal(grid.total);
          expect([count.people, count.outsideCells, count.sharedCells]).to.deep.equal([grid.total, 0, 0]);
        },
      ),
      { numRuns: 30 },
    );
    for (const shape of ['square', 'hexagon'] as const) {
      const { cells, count } = await sumIntoGrid(raster, { shape, cellKilometres: 0.7, box: [8, 47, 8.08, 47.06] }, 'people');
      expect(cells.reduce((sum, { sums }) => sum + (sums.people ?? 0), 0)).to.equal(grid.total);
      expect(count.outsideCells).to.equal(0);
    }
  });

  it('tells of zones that overlap, zones without a cell, and cells as large as zones', async () => {
    const raster = await openRaster(write('p.asc', `${HEAD}1 2 4\n8 -9 16\n`));
    const rows = [square(8, 47, 8.2, 47.2), square(8.1, 47, 8.3, 47.2), square(8.01, 47.01, 8.02, 47.02)].map(
      (polygon, index): PlacedRow => ({
        label: `feature ${index}`,
        longitude: 8,
        latitude: 47,
        polygon,
        areaSquareKilometres: 1,
        columns: {},
      }),
    );
    const { rows: filled, problems } = await withRasterPeople(raster, rows);
    expect(filled.map(({ columns }) => columns[RASTER_COLUMN])).to.deep.equal([11, 20, 0]);
    expect(problems.slice(1).map(({ kind, feature }) => [kind, feature])).to.deep.equal([
      ['overlapping-zones', '1 cells'],
      ['population-missing', '1 of 3 zones'],
    ]);
    const coarse = await rasterGrid(raster, { shape: 'square', cellKilometres: 5, box: [8, 47, 8.3, 47.2] });
    expect(coarse.problems.at(-1)).to.include({ kind: 'coarse-raster', found: '11.12 km high in zones of 5 km' });
  });

  it('is refused where it is negative, in other coordinates, cut short or too long', async () => {
    const read = async (path: string) => sumIntoPolygons(await openRaster(path), []);
    expect(await refusal(write('a.asc', `${HEAD}1 2 4\n8 -1 16\n`), read)).to.include('-1 at 8.15000, 47.05000');
    expect(await refusal(write('b.asc', `${HEAD}1 2 4\n8 1\n`), read)).to.include('1 rows and 2 figures; expected 2 rows of 3');
    expect(await refusal(write('c.asc', `${HEAD}1 2 4\n8 1 16 32\n`), read)).to.include('more figures');
    expect(await refusal(write('d.asc', `${HEAD}1 2 x\n8 1 16\n`), read)).to.include('line 7: "x"');
    expect(await refusal(write('e.asc', HEAD.replace('xllcorner 8', 'xllcorner 500000')))).to.include('west 500000');
    write('f.prj', 'PROJCS["ETRS89 / UTM zone 32N",GEOGCS["ETRS89"]]');
    expect(await refusal(write('f.asc', `${HEAD}1 2 4\n8 1 16\n`))).to.include('expected WGS84 in degrees');
    expect(await refusal(write('g.asc', 'ncols 3\n'))).to.include('expected ncols, nrows');
    expect(await refusal(write('h.tif', 'II*'))).to.include('expected a whole GeoTIFF');
    expect(await refusal(folder.at('none.tif'))).to.include('a file that is there');
  });

  const hasGdal = hasProgram('gdal_translate');
  itWithTool(
    'as GeoTIFF gives the figures of the grid it was made of, whatever its type, tiles and packing',
    'gdal-bin',
    hasGdal,
    async () => {
      const grid = bigGrid(5);
      const from = write('p.asc', grid.text);
      const whole = await sumIntoGrid(
        await openRaster(from),
        { shape: 'hexagon', cellKilometres: 0.7, box: [8, 47, 8.08, 47.06] },
        'people',
      );
      for (const more of [
        ['-ot', 'Int16'],
        ['-ot', 'Float32', '-co', 'COMPRESS=LZW', '-co', 'PREDICTOR=3'],
        ['-ot', 'Float64', '-co', 'COMPRESS=DEFLATE', '-co', 'TILED=YES', '-co', 'BLOCKXSIZE=32', '-co', 'BLOCKYSIZE=16'],
        ['-ot', 'Int32', '-co', 'COMPRESS=ZSTD', '-co', 'PREDICTOR=2'],
        ['-ot', 'Int32', '-co', 'BIGTIFF=YES', '-co', 'ENDIANNESS=BIG', '-mo', 'AREA_OR_POINT=Point'],
      ]) {
        const path = folder.at('p.tif');
        rmSync(path, { force: true });
        outputOf('gdal_translate', ['-q', '-a_srs', 'EPSG:4326', ...more, from, path]);
        const raster = await openRaster(path);
        const made = await sumIntoGrid(raster, { shape: 'hexagon', cellKilometres: 0.7, box: [8, 47, 8.08, 47.06] }, 'people');
        expect(made.count, more.join(' ')).to.deep.equal(whole.count);
        expect(made.cells.map(({ cell, sums }) => [cell.id, sums.people])).to.deep.equal(
          whole.cells.map(({ cell, sums }) => [cell.id, sums.people]),
        );
        expect(raster.west).to.be.closeTo(8, 1e-12);
      }
      outputOf('gdalwarp', ['-q', '-t_srs', 'EPSG:3857', folder.at('p.tif'), folder.at('mercator.tif')]);
      expect(await refusal(folder.at('mercator.tif')))
        .to.include('EPSG:3857')
        .and.to.include('expected WGS84 in degrees');
      const bytes = readFileSync(folder.at('p.tif'));
      folder.write('cut.tif', bytes.subarray(0, bytes.length / 2));
      const read = async (path: string) => sumIntoPolygons(await openRaster(path), []);
      expect(await refusal(folder.at('cut.tif'), read)).to.include('broken-raster');
    },
  );

  const python = pythonWith('osgeo');
  itWithTool('sums by polygon as GDAL and numpy do, cell by cell', 'python3-gdal', hasGdal && python !== null, async () => {
    const random = seededRandom(11);
    const grid = bigGrid(7);
    const path = folder.at('p.tif');
    outputOf('gdal_translate', ['-q', '-a_srs', 'EPSG:4326', write('p.asc', grid.text), path]);
    // stars with a hole, and one of two parts; no corner lies on the middle of a cell
    const star = (x: number, y: number, size: number) => {
      const ring = Array.from({ length: 14 }, (_none, corner) => {
        const radius = size * (0.4 + 0.6 * random.uniform());
        return [x + radius * Math.cos((corner / 7) * Math.PI), y + radius * Math.sin((corner / 7) * Math.PI)];
      });
      return [...ring, ring[0] ?? []];
    };
    const shapes = [
      { type: 'Polygon' as const, coordinates: [star(8.02, 47.02, 0.02), star(8.02, 47.02, 0.005)] },
      { type: 'Polygon' as const, coordinates: [star(8.07, 47.05, 0.03)] },
      { type: 'MultiPolygon' as const, coordinates: [[star(8.05, 47.01, 0.008)], [star(8.01, 47.05, 0.009)]] },
    ];
    const features = shapes.map((geometry) => ({ type: 'Feature', properties: {}, geometry }));
    const areas = write('areas.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
    const { total, sums } = JSON.parse(outputOf(python ?? '', [ZONAL, path, areas]));
    const ours = await sumIntoPolygons(await openRaster(path), shapes);
    expect(ours.count.people).to.equal(total);
    expect([...ours.sums]).to.deep.equal(sums);
    expect(Math.min(...sums)).to.be.greaterThan(1000);
  });
});
