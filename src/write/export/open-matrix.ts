import { File, ready } from 'h5wasm/node';
import { DataError } from '../../model/errors.ts';
import type { ResultTable } from '../../model/results.ts';
import { byCodePoint } from '../../model/units.ts';

/**
 * Pairs as an Open Matrix file (OMX 0.2, github.com/osPlanning/omx: HDF5): one square matrix a numeric column under /data, the ids of its
 * rows and columns under /lookup/zone. What is unreachable or was not asked for is NaN, and each matrix says so in its attribute NA.
 *
 * @param path  the file to write; written in place
 * @throws DataError where the rows are not pairs of ids, or a pair comes twice
 * Cost O(zones²) time and memory.
 */
export async function writeOpenMatrix(table: ResultTable, path: string): Promise<void> {
  const names = table.columns.map(({ name }) => name);
  const [from, to] = [names.indexOf('from'), names.indexOf('to')];
  const amounts = names.map((_name, index) => index).filter((index) => table.rows.some((row) => typeof row[index] === 'number'));
  if (from < 0 || to < 0 || amounts.length === 0) {
    throw notPairs(table, `columns ${names.join(', ')}`, 'columns from, to and at least one number, as corridor matrix gives');
  }
  const ids = [...new Set(table.rows.flatMap((row) => [String(row[from]), String(row[to])]))].sort(byCodePoint);
  const numberOf = new Map(ids.map((id, index) => [id, index]));
  const matrices = amounts.map(() => new Float64Array(ids.length ** 2).fill(Number.NaN));
  const isTaken = new Uint8Array(ids.length ** 2);
  for (const row of table.rows) {
    const cell = (numberOf.get(String(row[from])) ?? 0) * ids.length + (numberOf.get(String(row[to])) ?? 0);
    if (isTaken[cell]) throw notPairs(table, `${row[from]} to ${row[to]} twice`, 'one row a pair');
    isTaken[cell] = 1;
    amounts.forEach((index, position) => {
      const value = row[index];
      if (typeof value === 'number') matrices[position]?.fill(value, cell, cell + 1);
    });
  }
  await ready;
  const file = new File(path, 'w');
  try {
    file.create_attribute('OMX_VERSION', '0.2');
    file.create_attribute('SHAPE', new Int32Array([ids.length, ids.length]));
    const data = file.create_group('data');
    matrices.forEach((matrix, position) => {
      const { name = 'value', unit = '' } = table.columns[amounts[position] ?? 0] ?? {};
      const shape = [ids.length, ids.length];
      const dataset = data.create_dataset({ name, data: matrix, shape, chunks: [1, ids.length], compression: 'gzip', compression_opts: 4 });
      dataset.create_attribute('NA', Number.NaN);
      if (unit !== '') dataset.create_attribute('unit', unit);
    });
    file.create_group('lookup').create_dataset({ name: 'zone', data: ids });
  } finally {
    file.close();
  }
}

function notPairs(table: ResultTable, found: string, expected: string): DataError {
  return new DataError([
    { severity: 'error', kind: 'not-pairs', file: table.command, feature: 'result', property: 'rows', found, expected },
  ]);
}
