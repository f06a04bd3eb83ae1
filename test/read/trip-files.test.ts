import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { File, ready } from 'h5wasm/node';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { givenTrips, readTripFile } from '../../src/read/trip-files.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';

const TRIPS = [
  { from: 'a', to: 'b', trips: 2.5 },
  { from: 'b', to: 'a', trips: 4 },
];

describe('files of trips', () => {
  const folder = folderForEachTest();

  async function matrix(matrices: Readonly<Record<string, readonly number[]>>, lookups: Readonly<Record<string, string[]>>, size = 2) {
    await ready;
    const path = folder.at('trips.omx');
    const file = new File(path, 'w');
    const data = file.create_group('data');
    for (const [name, values] of Object.entries(matrices)) {
      data.create_dataset({ name, data: Float64Array.from(values), shape: [size, values.length / size] });
    }
    if (Object.keys(lookups).length > 0) {
      const group = file.create_group('lookup');
      for (const [name, ids] of Object.entries(lookups)) group.create_dataset({ name, data: ids });
    }
    file.close();
    return path;
  }
  const told = async (path: string) =>
    (await readTripFile(path)).problems.map(({ property, found, expected }) => [property, found, expected]);

  it('as Open Matrix: zones of the lookup, or numbers from 1 where there is none', async () => {
    const cells = [0, 2.5, 4, 0];
    expect(await readTripFile(await matrix({ trips: cells }, { zone: ['a', 'b'] }))).to.deep.equal({ trips: TRIPS, problems: [] });
    const { trips } = await readTripFile(await matrix({ trips: cells }, {}));
    expect(trips.map(({ from, to }) => `${from}>${to}`)).to.deep.equal(['1>2', '2>1']);
  });

  it('as Open Matrix with several matrices ask for a name, and take it', async () => {
    const path = await matrix({ car: [0, 2.5, 4, 0], rail: [0, 1, 0, 0] }, { zone: ['a', 'b'], index: ['7', '8'] });
    expect(await told(path)).to.deep.equal([['matrix', 'matrices car, rail', 'one matrix, or FILE.omx#NAME']]);
    expect(await told(`${path}#bus`)).to.deep.equal([['matrix', 'matrices car, rail', 'one named bus']]);
    const given = await givenTrips(`${path}#car`);
    expect(given).to.deep.equal({ file: path, table: { trips: TRIPS, problems: [] } });
  });

  it('as Open Matrix tell every cell that is no number of trips, shapes and files that are none', async () => {
    expect(await told(await matrix({ trips: [0, Number.NaN, -1, 0] }, {}))).to.deep.equal([
      ['trips', 'NaN', 'a number of at least 0'],
      ['trips', '-1', 'a number of at least 0'],
    ]);
    expect(await told(await matrix({ trips: [0, 1, 2, 3, 4, 5] }, {}))).to.deep.equal([
      ['shape', '2 × 3', 'a square matrix with one lookup of its zones, or none'],
    ]);
    const many = await told(await matrix({ trips: new Array(9).fill(-1) }, {}, 3));
    expect(many.at(-1)).to.deep.equal(['trips', '4 more such cells', 'numbers of at least 0']);
    const text = folder.at('text.omx');
    writeFileSync(text, 'from,to,trips\n');
    expect(await told(text)).to.deep.equal([['format', 'no HDF5', 'an Open Matrix file']]);
  });

  it('as Parquet: the columns of the CSV, a pair given twice summed', async () => {
    const path = folder.at('trips.parquet');
    const write = (columns: Readonly<Record<string, string[] | number[]>>) => {
      const columnData = Object.entries(columns).map(([name, data]) => {
        return { name, data, type: typeof data[0] === 'string' ? ('STRING' as const) : ('DOUBLE' as const) };
      });
      writeFileSync(path, Buffer.from(parquetWriteBuffer({ columnData })));
    };
    write({ from: ['a', 'b', 'b'], to: ['b', 'a', 'a'], trips: [2.5, 3, 1] });
    expect(await readTripFile(path)).to.deep.equal({ trips: TRIPS, problems: [] });
    write({ home_zone: ['a', ''], work_zone: ['b', 'b'], workers: [2.5, 1] });
    const { trips, problems } = await readTripFile(path);
    expect(trips).to.deep.equal(TRIPS.slice(0, 1));
    expect(problems.map(({ feature, property }) => [feature, property])).to.deep.equal([['row 2', 'home_zone']]);
    write({ from: ['a'], to: ['b'], people: [2] });
    expect(await told(path)).to.deep.equal([['columns', 'from,to,people', 'from,to,trips or home_zone,work_zone,workers']]);
    writeFileSync(path, 'no parquet at all');
    expect((await told(path))[0]?.[0]).to.equal('bytes');
  });

  it('as CSV are read as before', async () => {
    const path = folder.at('trips.csv');
    writeFileSync(path, 'from,to,trips\na,b,2.5\nb,a,4\n');
    expect(await readTripFile(path)).to.deep.equal({ trips: TRIPS, problems: [] });
  });
});
