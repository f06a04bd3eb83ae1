import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { brokenRaster, otherReference, type Raster } from './raster.ts';

const HEAD = /^\s*(ncols|nrows|xllcorner|yllcorner|xllcenter|yllcenter|cellsize|dx|dy|nodata_value)\s+(\S+)\s*$/i;
const MOST_CELLS = 1e10;

/**
 * An ESRI ASCII grid (.asc): a head of words and numbers, then rows from north to south, however the lines are broken. A .prj beside it must
 * say WGS84 in degrees; without one that is assumed and told.
 *
 * @throws DataError where the head lacks a word or the numbers are not as many as it says
 */
export async function openAsciiGrid(path: string): Promise<Raster> {
  const file = basename(path);
  const head = await readHead(path);
  const number = (name: string) => head.words.get(name) ?? Number.NaN;
  const [width, height] = [number('ncols'), number('nrows')];
  const cellSize = number('cellsize');
  const [stepLongitude, stepLatitude] = [head.words.get('dx') ?? cellSize, head.words.get('dy') ?? cellSize];
  const west = head.words.get('xllcorner') ?? number('xllcenter') - stepLongitude / 2;
  const south = head.words.get('yllcorner') ?? number('yllcenter') - stepLatitude / 2;
  const isWhole = Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1 && width * height <= MOST_CELLS;
  if (!isWhole || ![stepLongitude, stepLatitude, west, south].every(Number.isFinite)) {
    const found = [...head.words].map(([word, value]) => `${word} ${value}`).join(', ') || 'no head';
    throw brokenRaster(file, found, 'ncols, nrows, xllcorner, yllcorner and cellsize, as numbers');
  }
  const notes = checkProjection(path, file);
  const noData = head.words.get('nodata_value') ?? null;
  return {
    ...{ file, width, height, west, stepLongitude, stepLatitude, notes },
    north: south + height * stepLatitude,
    rows: () => readRows(path, head.lines, width, height, noData),
  };
}

async function readHead(path: string): Promise<{ words: Map<string, number>; lines: number }> {
  const words = new Map<string, number>();
  let lines = 0;
  const input = createReadStream(path, { encoding: 'utf8' });
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const [, word, value] = HEAD.exec(line) ?? [];
    if (word === undefined) break;
    words.set(word.toLowerCase(), Number(value));
    lines += 1;
  }
  input.destroy();
  return { words, lines };
}

function checkProjection(path: string, file: string): string[] {
  const beside = path.replace(/asc$/i, (own) => (own === 'ASC' ? 'PRJ' : 'prj'));
  if (!existsSync(beside)) return [`${file} has no .prj beside it: taken as degrees WGS84`];
  const text = readFileSync(beside, 'utf8').trim();
  // old ArcInfo writes words, all others well-known text
  const isGeographic = /^Projection\s+GEOGRAPHIC/im.test(text) || /^GEOG(CS|CRS)\[/i.test(text);
  if (!isGeographic || !/WGS_?\s?(19)?84/i.test(text)) throw otherReference(file, text.slice(0, 60));
  return [];
}

async function* readRows(
  path: string,
  headLines: number,
  width: number,
  height: number,
  noData: number | null,
): AsyncGenerator<Float64Array> {
  const file = basename(path);
  const row = new Float64Array(width);
  let [line, column, done] = [0, 0, 0];
  for await (const text of createInterface({ input: createReadStream(path, { encoding: 'utf8' }), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (line <= headLines || text.trim() === '') continue;
    for (const value of numbersOf(text, noData, file, line)) {
      if (done === height) throw brokenRaster(file, `line ${line}: more figures`, `${height} rows of ${width}`);
      row[column++] = value;
      if (column < width) continue;
      yield row;
      [column, done] = [0, done + 1];
    }
  }
  if (done < height) throw brokenRaster(file, `${done} rows and ${column} figures`, `${height} rows of ${width}`);
}

function numbersOf(text: string, noData: number | null, file: string, line: number): number[] {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const value = Number(word);
      if (Number.isNaN(value) && word.toLowerCase() !== 'nan') throw brokenRaster(file, `line ${line}: "${word.slice(0, 40)}"`, 'numbers');
      return value === noData ? Number.NaN : value;
    });
}
