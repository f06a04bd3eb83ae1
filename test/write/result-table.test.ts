import { expect } from 'chai';
import { column, mixedColumn, type ResultTable } from '../../src/model/results.ts';
import { toCsv, toJson, toText } from '../../src/write/result-table.ts';

const table: ResultTable = {
  command: 'test',
  parameters: {},
  inputs: [],
  columns: [
    column('id'),
    column('flow', 'vehicles/h', 6),
    column('ratio', '', 6),
    column('share', '', 8),
    column('longitude', '°', 5),
    mixedColumn('value', 4),
  ],
  rows: [
    ['a', 12345.678901, 1.2345678, 0.0012345678, 116.39123, 1234567.8912],
    ['b', 0.4, 0.25, 0.0001, -7.5, 0.38961],
  ],
  notes: [],
};

describe('a result table', () => {
  it('shows four significant digits of the largest number of a column on a terminal, and each number of a mixed column with its own', () => {
    const [, first, second] = toText(table).split('\n');
    expect(first?.split(/ +/)).to.deep.equal(['a', '12346', '1.235', '0.001235', '116.39123', '1234568']);
    expect(second?.split(/ +/)).to.deep.equal(['b', '0', '0.250', '0.000100', '-7.50000', '0.3896']);
  });

  it('keeps all decimals that a column states in CSV and JSON', () => {
    expect(toCsv(table).split('\n')[1]).to.equal('a,12345.678901,1.234568,0.00123457,116.39123,1234567.8912');
    const [row] = (JSON.parse(toJson(table)) as { rows: object[] }).rows;
    expect(row).to.deep.equal({
      id: 'a',
      flow: 12345.678901,
      ratio: 1.234568,
      share: 0.00123457,
      longitude: 116.39123,
      value: 1234567.8912,
    });
  });

  it('shows whole numbers whole and what is unknown as a dash', () => {
    const years = { ...table, columns: [column('year', '', 2), column('minutes', 'min', 2)], rows: [[1998, null]] };
    expect(toText(years)).to.equal('year  minutes (min)\n1998  –\n');
  });
});
