import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { DataError } from '../../../src/model/errors.ts';
import { DEFAULT_GTFS_OPTIONS, importGtfs } from '../../../src/read/gtfs/import-gtfs.ts';
import { RAIL_LIKE } from '../../../src/read/gtfs/route-types.ts';
import { itWithShared, sharedPath } from '../../support/shared-data.ts';

const COUNTER = fileURLToPath(new URL('../../../../test/read/gtfs/fixtures/count-feed.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const FEEDS = [
  'beijing/jjj_hsr_20160310_gtfs',
  'boswash/okaykenji_mbta',
  'boswash/okaykenji_amtrak',
  'boswash/okaykenji_vre',
  'r5r/poa_trensurb',
];

interface Counted {
  readonly day: string;
  readonly rows: Record<string, number>;
  readonly stop_times_that_day: number;
  readonly stations: readonly string[];
  readonly links: Record<string, { readonly trains: number; readonly median: number | null }>;
}

describe('real feeds', () => {
  for (const feed of FEEDS) {
    const file = feed.startsWith('r5r') ? 'r5r/poa/poa_trensurb.zip' : `gtfs/${feed}.zip`;
    const name = `${feed}: rows, stations, links and trains equal an independent count`;
    if (hasPython) itWithShared(name, [file], () => compare(sharedPath(file)));
    else it.skip(`${name} (needs python3)`);
  }

  itWithShared('without a required table are refused by name', ['gtfs/beijing/beijing_subway_gtfs_partial.zip'], async () => {
    try {
      await importGtfs([sharedPath('gtfs/beijing/beijing_subway_gtfs_partial.zip')], { ...DEFAULT_GTFS_OPTIONS, id: 'partial' });
      expect.fail('the feed has no trips');
    } catch (error) {
      expect(error).to.be.instanceOf(DataError);
      expect(String(error)).to.contain('beijing_subway_gtfs_partial/trips.txt').and.contain('stop_times.txt');
    }
  });
});

async function compare(path: string): Promise<void> {
  const counted: Counted = JSON.parse(
    spawnSync('python3', [COUNTER, path, RAIL_LIKE.join(',')], { encoding: 'utf8', maxBuffer: 1e9 }).stdout,
  );
  const { region, timetable, feeds, problems } = await importGtfs([path], { ...DEFAULT_GTFS_OPTIONS, id: 'real' });
  const rows = Object.fromEntries((feeds[0]?.counts ?? []).map((count) => [count.file.replace('.txt', ''), count.taken]));
  expect(timetable.date).to.equal(counted.day);
  expect(rows).to.include(counted.rows);
  expect(timetable.arrival.length).to.equal(counted.stop_times_that_day);
  expect(region.stations.map(({ id }) => id).sort()).to.deep.equal([...counted.stations].sort());
  const keyOf = ({ line, from, to }: { line: string; from: string; to: string }) => [line, ...[from, to].sort()].join('|');
  const trains = Object.fromEntries(region.rail.map((link) => [keyOf(link), Number(link.kept.trains_all)]));
  const wanted = Object.fromEntries(Object.entries(counted.links).map(([key, link]) => [key, link.trains]));
  // links at speeds that no train has are named instead
  const absurd = problems.filter(({ kind }) => kind === 'absurd-speed').length;
  expect(Object.keys(wanted).length - Object.keys(trains).length).to.equal(absurd);
  for (const [key, count] of Object.entries(trains)) expect(count, key).to.equal(wanted[key]);
  for (const link of region.rail) {
    // where every train stops everywhere, the link's minutes are the median of all
    const everyTrainStops = Number(link.kept.trains_forward) + Number(link.kept.trains_backward) === Number(link.kept.trains_all);
    const median = counted.links[keyOf(link)]?.median ?? 0;
    if (everyTrainStops && median > 0) expect(link.minutes, link.id).to.be.closeTo(median / 60, 0.0005);
  }
}
