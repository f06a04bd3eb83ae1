import { truncateSync } from 'node:fs';
import { expect } from 'chai';
import { DataError, UsageError } from '../../src/model/errors.ts';
import { openLineFile } from '../../src/read/lines/open-lines.ts';
import { geoPackage } from '../../src/write/export/geopackage.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';
import { shapefile } from '../support/shapefile.ts';
import { zipBytes } from '../support/tiny-feed.ts';
import { hasProgram, itWithTool, outputOf } from '../support/tools.ts';

const LINES = Array.from({ length: 20 }, (_none, index) => ({
  positions: [
    [index * 0.01, 0],
    [index * 0.01, 0.01],
  ] as [number, number][],
  row: { id: `s${index}`, maxspeed: '50' },
}));

describe('a map file', () => {
  const folder = folderForEachTest();
  const { write } = folder;
  const refusal = (path: string, layer: string | null = null) =>
    openLineFile(path, layer).then(
      () => expect.fail('was read'),
      (error: unknown) => (error instanceof DataError || error instanceof UsageError ? error.message : expect.fail(String(error))),
    );
  const writeShapes = (name: string, parts: Partial<Record<string, Uint8Array>>) => {
    for (const [ending, bytes] of Object.entries(parts)) if (bytes) write(`${name}.${ending}`, bytes);
    return folder.at(`${name}.shp`);
  };

  it('of shapes is read from a zip as from a folder, in a folder of the zip or not, by layer where it holds two', async () => {
    const { shp, dbf, prj } = shapefile(LINES);
    const plain = await openLineFile(writeShapes('s', { shp, dbf, prj }), null);
    expect(plain.map(({ properties }) => properties?.id)).to.deep.equal(LINES.map(({ row }) => row.id));
    expect(plain[3]?.geometry?.coordinates).to.deep.equal(LINES[3]?.positions);
    const one = { 'in/s.shp': shp, 'in/s.dbf': dbf, 'in/s.prj': prj };
    expect(await openLineFile(write('one.zip', zipBytes(one)), null)).to.deep.equal(plain);
    const two = zipBytes({ ...one, 't.shp': shp, 't.dbf': dbf, 't.prj': prj });
    expect(await openLineFile(write('two.zip', two), 't')).to.deep.equal(plain);
    expect(await refusal(write('two.zip', two))).to.include('two.zip holds s, t; expected --layer with one of them');
    expect(await refusal(write('none.zip', zipBytes({ 'readme.txt': 'x' })))).to.include('expected a shapefile (.shp) in the zip');
  });

  it('of shapes that lacks a part, rows or points is refused by name', async () => {
    const { shp, dbf, prj } = shapefile(LINES);
    expect(await refusal(writeShapes('a', { shp, dbf }))).to.include('no .prj file');
    expect(await refusal(writeShapes('b', { shp, prj }))).to.include('no .dbf file');
    expect(await refusal(writeShapes('c', { shp: shp.subarray(0, 500), dbf, prj }))).to.include('500 bytes; the head says');
    const fewer = shapefile(LINES.slice(1)).dbf;
    expect(await refusal(writeShapes('d', { shp, dbf: fewer, prj }))).to.include('20 shapes and 19 rows of .dbf');
    const points = Buffer.from(shp);
    // of the first record: the number of points
    points.writeInt32LE(2_000_000_000, 100 + 8 + 40);
    expect(await refusal(writeShapes('e', { shp: points, dbf, prj }))).to.include('record 1: 1 parts and 2000000000 points in 80 bytes');
    const shifted = Buffer.concat([dbf.subarray(0, 97), Buffer.from('x'), dbf.subarray(97)]);
    expect(await refusal(writeShapes('f', { shp, dbf: shifted, prj }))).to.include('row 1 does not begin where it should');
  });

  it('too large for its reader is refused before it is read', async () => {
    const path = write('large.gpkg', '');
    truncateSync(path, 1.5e9);
    expect(await refusal(path)).to.include('large.gpkg has 1500 MB; expected at most 1000 MB');
  });

  it('of a database with a page astray is refused', async () => {
    const layer = { name: 's', geometry: 'none', columns: [{ name: 'id', type: 'text', unit: '' }], rows: [['x']], positions: [] } as const;
    const whole = await geoPackage([layer]);
    expect(await refusal(write('half.gpkg', whole.subarray(0, whole.length / 2)))).to.include('broken-file');
  });

  itWithTool(
    'of FlatGeobuf with an index, as GDAL writes it, is read whole; cut off anywhere it is refused',
    'gdal-bin',
    hasProgram('ogr2ogr'),
    async () => {
      const { shp, dbf, prj } = shapefile(LINES);
      const fgb = folder.at('s.fgb');
      outputOf('ogr2ogr', ['--config', 'SHAPE_RESTORE_SHX', 'YES', '-f', 'FlatGeobuf', fgb, writeShapes('s', { shp, dbf, prj })]);
      expect(await openLineFile(fgb, null)).to.have.length(20);
      const bytes = outputOf('base64', ['-w0', fgb]);
      const whole = Buffer.from(bytes, 'base64');
      for (const part of [0.2, 0.5, 0.9]) {
        expect(await refusal(write('cut.fgb', whole.subarray(0, Math.floor(whole.length * part))))).to.match(/past the end|head says/);
      }
      // the place of a whole feature cut off at its end: only the head's count can tell
      const last = whole.length - (4 + lastFeatureBytes(whole));
      expect(await refusal(write('cut.fgb', whole.subarray(0, last)))).to.include('19 features; the head says 20');
    },
  );
});

/** Bytes of the last feature, found by walking from where the features of twenty and an index of 23 entries begin. */
function lastFeatureBytes(bytes: Buffer): number {
  let at = 12 + bytes.readUInt32LE(8) + 40 * 23;
  let length = 0;
  while (at < bytes.length) {
    length = bytes.readUInt32LE(at);
    at += 4 + length;
  }
  return length;
}
