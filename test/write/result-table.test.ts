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

  it('fits a width: the longest texts are cut first, then columns at the right are left out, both told; CSV and JSON keep all', () => {
    const long = 'abcdefghij'.repeat(6);
    const wide: ResultTable = {
      ...table,
      columns: [column('id'), column('name'), column('minutes', 'min', 1), column('why'), column('last', '', 1)],
      rows: [
        ['a', long, 12.5, long.slice(0, 30), 1],
        ['b', 'short', 3, 'x', 2],
      ],
      notes: ['of the table'],
    };
    const lines = (width: number) => toText(wide, width).trimEnd().split('\n');
    const widest = (width: number) =>
      Math.max(
        ...lines(width)
          .slice(0, 3)
          .map((line) => line.length),
      );
    expect(lines(Number.POSITIVE_INFINITY)).to.have.length(4);
    expect(widest(Number.POSITIVE_INFINITY)).to.equal(2 + 2 + 60 + 2 + 13 + 2 + 30 + 2 + 4);
    const [head, units, first, second, ...notes] = lines(80);
    expect(widest(80)).to.equal(80);
    expect(head?.split(/ {2,}/)).to.deep.equal(['id', 'name', 'minutes', 'why', 'last']);
    expect(units?.trim()).to.equal('(min)');
    expect(first).to.match(/^a {3}abcdefghij.*… +12\.5 {2}abcdefghij.* +1$/);
    expect(second).to.include('short').and.to.match(/2$/);
    expect(notes).to.deep.equal(['note: of the table', 'note: texts cut to fit (…): name; --format csv or json has all']);
    expect(lines(40)[0]).to.match(/^id +name +minutes$/);
    expect(lines(40).at(-2)).to.equal('note: too narrow for 2 columns: why, last; --format csv or json has all');
    expect(toCsv(wide)).to.include(long);
    expect(toJson(wide)).to.include(long);
  });

  it('counts East Asian letters as two columns, so that what follows them stands in line', () => {
    const names: ResultTable = {
      ...table,
      columns: [column('id'), column('name'), column('n')],
      rows: [
        ['a', '北京南', 7],
        ['b', 'Beijing', 8],
        ['c', '天津西站'.repeat(10), 9],
      ],
    };
    expect(toText(names, 30).split('\n').slice(0, 4)).to.deep.equal([
      'id  name                     n',
      'a   北京南                   7',
      'b   Beijing                  8',
      'c   天津西站天津西站天津西…  9',
    ]);
  });

  it('never loses the first column or a number, whatever the width', () => {
    const one: ResultTable = { ...table, columns: [column('a very long name of a column'), column('n')], rows: [['x', 123456789]] };
    expect(toText(one, 10).split('\n').slice(0, 2)).to.deep.equal(['a very long name of a column', 'x']);
    expect(toText(one, 40)).to.include('123456789');
  });
});
