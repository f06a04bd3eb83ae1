import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { importTables } from '../../src/read/tables/import-tables.ts';

const TABLES: Readonly<Record<string, string>> = {
  'zones.csv':
    'id,name,name_local,admin1,admin2,lon,lat,population,population_year,jobs,jobs_year,gdp,gdp_unit,gdp_year,source,confidence\n' +
    'z0,Alpha,甲,A,A,0,0,1000,2020,400,2020,,,,census,high\n' +
    'z1,Beta,,B,B,0.1,0,2000,2020,,,,,,census,high\n',
  'zone_jobs.csv': 'zone_id,jobs,year,method,source,confidence\nz0,500,2021,published,survey,high\nz9,1,2021,published,survey,high\n',
  'road_nodes.csv': 'id,name,name_local,kind,lon,lat\na,A,,city,0,0\nb,B,,city,0.1,0\n',
  'road_links.csv':
    'route,name,from,to,km,class,kmh,lanes,toll,opened,status,source,confidence,surface\n' +
    'R1,Road,a,b,12,primary,60,2,no,1990,open,recalled,medium,gravel\n' +
    'R2,Road,a,c,12,primary,60,2,no,1990,open,register,high,\n' +
    'R3,Road,a,b,soon,primary,60,2,no,1990,open,register,high,\n' +
    'R4,Road,b,a,11.9,primary,60,2,no,1990,open,Gabriel graph of seats,low,\n',
};

describe('the import of tables', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'corridor-'));
    for (const [name, text] of Object.entries(TABLES)) writeFileSync(join(folder, name), text);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('brings every sound row, with its basis read from its source and its unknown columns kept', () => {
    const { region } = importTables(folder, null);
    expect(region.zones.map(({ id, population }) => [id, population])).to.deep.equal([
      ['z0', 1000],
      ['z1', 2000],
    ]);
    expect(region.roads.map(({ id, basis }) => [id, basis])).to.deep.equal([
      ['R1:a:b', 'recalled'],
      ['R4:b:a', 'assumed-neighbour'],
    ]);
    expect(region.roads[0]?.kept).to.deep.equal({ surface: 'gravel' });
  });

  it('lists each refused row with file, line, column, what was found and what was expected', () => {
    const { problems } = importTables(folder, null);
    const errors = problems.filter((problem) => problem.severity === 'error');
    expect(errors.map(({ kind, file, feature, property }) => [kind, file, feature.split(' ')[1], property])).to.deep.equal([
      ['unknown-zone', 'zone_jobs.csv', '3', 'zone_id'],
      ['dangling-end', 'road_links.csv', '3', 'to'],
      ['not-a-number', 'road_links.csv', '4', 'km'],
    ]);
  });

  it('says which table wins where two disagree', () => {
    const { region, problems } = importTables(folder, null);
    expect(region.zones[0]?.jobs).to.equal(500);
    const warning = problems.find((problem) => problem.kind === 'tables-disagree');
    expect(warning?.expected).to.equal('about 400 as in zones.csv; zone_jobs.csv wins');
  });

  it('starts a region.json from the tables: the largest zone leads', () => {
    const { manifest } = importTables(folder, null).region;
    expect([manifest.primaryCore, manifest.secondaryCores]).to.deep.equal(['z1', ['z0']]);
    expect(manifest.boundingBox).to.deep.equal([0, 0, 0.1, 0]);
  });
});
