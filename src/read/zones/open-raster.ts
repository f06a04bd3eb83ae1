import { existsSync } from 'node:fs';
import { UsageError } from '../../model/errors.ts';
import { brokenRaster, isRaster, type Raster } from './raster.ts';

/**
 * Open a raster: GeoTIFF, or an ESRI ASCII grid.
 *
 * @throws UsageError where the file is not there or of another ending; DataError where it is broken or not in degrees WGS84
 */
export async function openRaster(path: string): Promise<Raster> {
  if (!isRaster(path)) throw new UsageError(`raster is "${path}"; expected .tif, .tiff (GeoTIFF) or .asc (ESRI ASCII grid)`);
  if (!existsSync(path)) throw new UsageError(`raster is "${path}"; expected a file that is there`);
  // the GeoTIFF reader is loaded only where one is read
  const raster = /\.asc$/i.test(path)
    ? await (await import('./ascii-grid.ts')).openAsciiGrid(path)
    : await (await import('./geotiff.ts')).openGeoTiff(path);
  const { file, west, north, width, height, stepLongitude, stepLatitude } = raster;
  const [east, south] = [west + width * stepLongitude, north - height * stepLatitude];
  // a cell of leeway: rasters that cover the globe may overlap themselves
  const isInDegrees =
    west >= -180 - stepLongitude && east <= 180 + stepLongitude && south >= -90 - stepLatitude && north <= 90 + stepLatitude;
  if (!(stepLongitude > 0 && stepLatitude > 0 && isInDegrees)) {
    throw brokenRaster(file, `west ${west}, south ${south}, east ${east}, north ${north}`, 'degrees from -180 to 180 and -90 to 90');
  }
  return raster;
}
