import { DataError } from '../../model/errors.ts';

/** A grid of figures in degrees WGS84, read row by row from north to south. */
export interface Raster {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** edges of the first cell, degrees */
  readonly west: number;
  readonly north: number;
  /** width and height of a cell, degrees */
  readonly stepLongitude: number;
  readonly stepLatitude: number;
  /** rows of `width` figures, NaN where there is none; a row may be overwritten when the next one is asked for */
  readonly rows: () => AsyncIterable<Float64Array>;
  /** what was taken for granted */
  readonly notes: readonly string[];
}

/** Whether a file is a raster by its ending: .tif, .tiff or .asc. */
export function isRaster(path: string): boolean {
  return /\.(tiff?|asc)$/i.test(path);
}

export function brokenRaster(file: string, found: string, expected: string, cause?: unknown): DataError {
  return new DataError([{ severity: 'error', kind: 'broken-raster', file, feature: '–', property: 'file', found, expected }], { cause });
}

export function otherReference(file: string, found: string): DataError {
  return brokenRaster(file, found, 'WGS84 in degrees (EPSG:4326); gdalwarp -t_srs EPSG:4326 -r sum turns people a cell round');
}
