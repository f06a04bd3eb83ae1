import { basename } from 'node:path';
import { fromFile, type GeoTIFFImage } from 'geotiff';
import { DataError } from '../../model/errors.ts';
import { brokenRaster, otherReference, type Raster } from './raster.ts';
import { checkTiffHead } from './tiff-frame.ts';

const GEOGRAPHIC = 2;
const WGS84 = 4326;
const PIXEL_IS_POINT = 2;
/** Cells read at a time; at least a row of tiles, which may have so many. */
const CELLS_AT_ONCE = 4_000_000;
const MOST_CELLS_AT_ONCE = 200_000_000;
const MOST_CELLS = 1e10;

/**
 * The first band of a GeoTIFF in degrees WGS84, north up; tiles or strips, any compression that the library knows.
 *
 * @throws DataError where it is broken, in another reference system, turned or scaled
 */
export async function openGeoTiff(path: string): Promise<Raster> {
  const file = basename(path);
  return told(file, async () => {
    const fileBytes = checkTiffHead(path);
    const image = await (await fromFile(path)).getImage();
    await checkBlocks(image, fileBytes);
    return rasterOf(image, file);
  });
}

async function rasterOf(image: GeoTIFFImage, file: string): Promise<Raster> {
  const keys = image.getGeoKeys() ?? {};
  const code = keys.ProjectedCSTypeGeoKey ?? keys.GeographicTypeGeoKey;
  if (keys.GTModelTypeGeoKey !== GEOGRAPHIC || keys.GeographicTypeGeoKey !== WGS84) {
    const name = keys.GTCitationGeoKey ?? keys.GeogCitationGeoKey ?? '';
    throw otherReference(file, code === undefined ? `no reference system ${name}`.trim() : `EPSG:${code} ${name}`.trim());
  }
  const [stepLongitude, stepLatitude, longitude, latitude] = await placeOf(image, file);
  const metadata = (await image.getGDALMetadata(0)) ?? {};
  for (const [name, plain] of [
    ['SCALE', 1],
    ['OFFSET', 0],
  ] as const) {
    const value = metadata[name];
    if (value !== undefined && Number(value) !== plain)
      throw brokenRaster(file, `${name} ${value}`, 'figures as they are; gdal_translate -unscale');
  }
  const shift = keys.GTRasterTypeGeoKey === PIXEL_IS_POINT ? 0.5 : 0;
  const bands = image.getSamplesPerPixel();
  return {
    ...{ file, width: image.getWidth(), height: image.getHeight(), stepLongitude, stepLatitude },
    west: longitude - shift * stepLongitude,
    north: latitude + shift * stepLatitude,
    notes: bands > 1 ? [`${file} has ${bands} bands: the first is read`] : [],
    rows: () => readRows(image, file),
  };
}

/** @throws Error where tiles or strips lie beyond the end of the file: the library would read noughts there */
async function checkBlocks(image: GeoTIFFImage, fileBytes: number): Promise<void> {
  const [width, height] = [image.getWidth(), image.getHeight()];
  const atOnce = width * Math.max(1, Math.min(height, image.getTileHeight()));
  if (!(width >= 1 && height >= 1 && width * height <= MOST_CELLS && atOnce <= MOST_CELLS_AT_ONCE)) {
    throw new Error(`${width} by ${height} cells in tiles ${image.getTileHeight()} high; gdal_translate -projwin cuts out the region`);
  }
  const directory = image.getFileDirectory();
  const kind = directory.hasTag('StripOffsets') ? 'Strip' : 'Tile';
  const offsets: ArrayLike<number | bigint> = (await directory.loadValue(`${kind}Offsets`)) ?? [];
  const lengths: ArrayLike<number | bigint> = (await directory.loadValue(`${kind}ByteCounts`)) ?? [];
  const across = Math.ceil(width / image.getTileWidth());
  const planes = directory.getValue('PlanarConfiguration') === 2 ? image.getSamplesPerPixel() : 1;
  const blocks = across * Math.ceil(height / image.getTileHeight()) * planes;
  if (offsets.length !== blocks || lengths.length !== blocks) throw new Error(`${offsets.length} tiles or strips of ${blocks}`);
  const isPacked = (directory.getValue('Compression') ?? 1) !== 1;
  for (let block = 0; block < blocks; block++) {
    const [offset, length] = [Number(offsets[block]), Number(lengths[block])];
    if (offset + length > fileBytes) throw new Error(`tile or strip ${block} ends at byte ${offset + length} of ${fileBytes}`);
    // a length of nought stands for a block without figures
    const line = Math.floor((block % (blocks / planes)) / across);
    const whole = (image.getTileWidth() * image.getBlockHeight(line) * image.getBytesPerPixel()) / planes;
    if (!isPacked && length > 0 && length < whole) throw new Error(`tile or strip ${block} has ${length} bytes of ${whole}`);
  }
}

/** Degrees a cell, and the place of the corner (or middle) of the first one. */
async function placeOf(image: GeoTIFFImage, file: string): Promise<[number, number, number, number]> {
  const directory = image.getFileDirectory();
  const scale = directory.getValue('ModelPixelScale');
  const ties = await image.getTiePoints();
  const [tie] = ties;
  const [stepLongitude = 0, stepLatitude = 0] = scale ?? [];
  if (scale && tie && ties.length === 1) return [stepLongitude, stepLatitude, tie.x - tie.i * stepLongitude, tie.y + tie.j * stepLatitude];
  const matrix = directory.getValue('ModelTransformation');
  const isUpright = matrix && matrix[1] === 0 && matrix[4] === 0;
  if (!isUpright)
    throw brokenRaster(file, matrix ? 'a turned raster' : 'no single place', 'cells along the meridians; gdalwarp sets them upright');
  return [matrix[0] ?? 0, -(matrix[5] ?? 0), matrix[3] ?? 0, matrix[7] ?? 0];
}

async function* readRows(image: GeoTIFFImage, file: string): AsyncGenerator<Float64Array> {
  const [width, height] = [image.getWidth(), image.getHeight()];
  const block = Math.max(1, image.getTileHeight());
  const rowsAtOnce = block * Math.max(1, Math.floor(CELLS_AT_ONCE / (width * block)));
  const row = new Float64Array(width);
  for (let top = 0; top < height; top += rowsAtOnce) {
    const bottom = Math.min(height, top + rowsAtOnce);
    const cells = await readCells(image, file, top, bottom);
    for (let start = 0; start < cells.length; start += width) {
      row.set(cells.subarray(start, start + width));
      yield row;
    }
  }
}

/** Figures of some rows of the first band, NaN where there is none. */
async function readCells(image: GeoTIFFImage, file: string, top: number, bottom: number): Promise<Float64Array> {
  const width = image.getWidth();
  const read = await told(file, () => image.readRasters({ window: [0, top, width, bottom], samples: [0] }));
  const [raw] = Array.isArray(read) ? read : [];
  if (raw === undefined || typeof raw === 'number' || raw.length !== width * (bottom - top)) {
    throw brokenRaster(file, 'rows cut short', `${width} figures a row`);
  }
  const noData = image.getGDALNoData();
  // a float of 32 bits stands for the nearest to the number that the head has in words
  const missing = noData !== null && raw instanceof Float32Array ? Math.fround(noData) : noData;
  const cells = Float64Array.from(raw);
  if (missing !== null) for (let cell = 0; cell < cells.length; cell++) if (cells[cell] === missing) cells[cell] = Number.NaN;
  return cells;
}

async function told<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw brokenRaster(file, error instanceof Error ? error.message : String(error), 'a whole GeoTIFF', error);
  }
}
