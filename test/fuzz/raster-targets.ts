import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArrayBuffer } from 'geotiff';
import { openRaster } from '../../src/read/zones/open-raster.ts';
import { sumIntoGrid } from '../../src/read/zones/raster-sums.ts';
import { check, type Target } from './checks.ts';
import { mutate, mutateBinary } from './mutate.ts';

const WIDTH = 20;
const HEIGHT = 15;
const VALUES = Array.from({ length: WIDTH * HEIGHT }, (_none, cell) => (cell * 7) % 50);

const TIFF = Buffer.from(
  writeArrayBuffer(Float32Array.from(VALUES), {
    ...{ width: WIDTH, height: HEIGHT, ModelPixelScale: [0.01, 0.01, 0], ModelTiepoint: [0, 0, 0, 8, 47, 0] },
    ...{ GTModelTypeGeoKey: 2, GTRasterTypeGeoKey: 1, GeographicTypeGeoKey: 4326 },
  }),
);

const ROWS = Array.from({ length: HEIGHT }, (_none, row) => VALUES.slice(row * WIDTH, (row + 1) * WIDTH).join(' '));
const GRID = Buffer.from(
  `ncols ${WIDTH}\nnrows ${HEIGHT}\nxllcorner 8\nyllcorner 46.85\ncellsize 0.01\nNODATA_value -9\n${ROWS.join('\n')}\n`,
);

/** A raster that is read has as many cells as its head says, and all of its people are in a zone or told to be outside. */
async function checkRaster(path: string): Promise<void> {
  const raster = await openRaster(path);
  const { cells, count } = await sumIntoGrid(raster, { shape: 'square', cellKilometres: 3, box: [8, 46, 9, 47] }, 'people');
  const inside = cells.reduce((sum, { sums }) => sum + (sums.people ?? 0), 0);
  check(count.cells + count.missingCells <= raster.width * raster.height, 'more cells than the raster has');
  check(
    Math.abs(inside + count.outsidePeople - count.people) <= 1e-9 * count.people,
    `${inside} inside, ${count.outsidePeople} outside, ${count.people} in all`,
  );
}

export const RASTER_TARGETS: Readonly<Record<string, Target>> = {
  geotiff: async (folder, random) => {
    const path = join(folder, 'people.tif');
    writeFileSync(path, mutateBinary(TIFF, random));
    await checkRaster(path);
  },
  'ascii-grid': async (folder, random) => {
    const path = join(folder, 'people.asc');
    writeFileSync(path, mutate(GRID, random));
    await checkRaster(path);
  },
};
