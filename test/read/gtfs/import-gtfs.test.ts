import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DataError } from '../../../src/model/errors.ts';
import { parseDate } from '../../../src/read/gtfs/fields.ts';
import { DEFAULT_GTFS_OPTIONS, type GtfsImport, type GtfsOptions, importGtfs } from '../../../src/read/gtfs/import-gtfs.ts';
import { regionFiles } from '../../../src/write/region-folder.ts';
import { timetableBytes } from '../../../src/write/timetable-file.ts';
import { randomFrom } from '../../fuzz/mutate.ts';
import { HUNDREDTH_KILOMETRES, RICH_FEED, type Tables, TINY_FEED, writeFeed, zipBytes } from '../../support/tiny-feed.ts';

const STOP_TIMES = TINY_FEED['stop_times.txt'] ?? '';
const TRIPS = TINY_FEED['trips.txt'] ?? '';

describe('a GTFS feed', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'corridor-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const options = (changes: Partial<GtfsOptions> = {}): GtfsOptions => ({ ...DEFAULT_GTFS_OPTIONS, id: 'tiny', ...changes });
  const read = (tables: Tables = {}, changes: Partial<GtfsOptions> = {}): Promise<GtfsImport> => {
    return importGtfs([writeFeed(join(folder, 'feed'), tables)], options(changes));
  };
  const links = ({ region }: GtfsImport) => region.rail.map(({ from, to, minutes, trainsPerDay }) => [from, to, minutes, trainsPerDay]);
  const faults = ({ problems }: GtfsImport) => problems.filter(({ severity }) => severity === 'error');
  const failure = async (run: Promise<unknown>): Promise<DataError> => {
    try {
      await run;
    } catch (error) {
      if (error instanceof DataError) return error;
      throw error;
    }
    throw new Error('expected a DataError');
  };

  it('of one line becomes its links: five minutes each, one train each way, as long as the straight line', async () => {
    const result = await read();
    expect(links(result)).to.deep.equal([
      ['a', 'b', 5, 1],
      ['b', 'c', 5, 1],
    ]);
    expect(result.region.rail[1]?.lengthKilometres).to.be.closeTo(2 * HUNDREDTH_KILOMETRES, 0.001);
    expect(result.region.services).to.deep.equal([]);
    expect(faults(result)).to.deep.equal([]);
  });

  it('has a service where a train passes a station by, and the links keep their stopping trains', async () => {
    const express = 'fast,10:00:00,10:00:00,a,1\nfast,10:07:00,10:07:00,c,2\n';
    const result = await read({ 'trips.txt': `${TRIPS}r,all,fast\n`, 'stop_times.txt': STOP_TIMES + express });
    expect(links(result)).to.deep.equal([
      ['a', 'b', 5, 1],
      ['b', 'c', 5, 1],
    ]);
    const [service] = result.region.services;
    expect([service?.stops, service?.minutes, service?.trainsPerDay, service?.bidirectional]).to.deep.equal([['a', 'c'], [0, 7], 1, false]);
  });

  it('of a ring keeps the closing link: the way round passes every station, but it is another way', async () => {
    const stops = 'stop_id,stop_name,stop_lat,stop_lon\na,A,0.01,0.01\nb,B,0.01,0.02\nc,C,0.02,0.02\nd,D,0.02,0.01\n';
    const ring = (trip: string, order: string) =>
      [...order].map((stop, index) => `${trip},08:0${index}:00,08:0${index}:00,${stop},${index}\n`).join('');
    const times = `trip_id,arrival_time,departure_time,stop_id,stop_sequence\n${ring('out', 'abcda')}${ring('back', 'adcba')}`;
    const result = await read({ 'stops.txt': stops, 'stop_times.txt': times });
    expect(result.region.rail.map(({ from, to }) => from + to).sort()).to.deep.equal(['ab', 'ad', 'bc', 'cd']);
    expect(result.region.services).to.deep.equal([]);
  });

  it('that runs one way only is a service, because a link of a region is two-way; its links carry no train', async () => {
    const result = await read({
      'trips.txt': 'route_id,service_id,trip_id\nr,all,out\n',
      'stop_times.txt': STOP_TIMES.split('back')[0] ?? '',
    });
    expect(links(result)).to.deep.equal([
      ['a', 'b', 5, 0],
      ['b', 'c', 5, 0],
    ]);
    expect(result.region.services.map(({ minutes, kept }) => [minutes, kept.why])).to.deep.equal([[[0, 5, 10], 'runs one way']]);
  });

  it('takes the median run time, dwell at the next station included', async () => {
    const trip = (id: string, minutes: number, dwell: number) =>
      `${id},10:00:00,10:00:00,a,1\n${id},10:0${minutes}:00,10:0${minutes + dwell}:00,b,2\n${id},10:20:00,10:20:00,c,3\n`;
    const result = await read({
      'trips.txt': `${TRIPS}r,all,t6\nr,all,t7\n`,
      'stop_times.txt': STOP_TIMES + trip('t6', 6, 1) + trip('t7', 6, 2),
    });
    // a to b and back: 5, 5, 6 + 1, 6 + 2; the lower middle is 5
    expect(links(result)[0]).to.deep.equal(['a', 'b', 5, 2]);
  });

  it('reads times past 24:00, and a window counts them by the clock', async () => {
    const late = STOP_TIMES.replace(/0[89]:/g, '24:');
    const result = await read({ 'stop_times.txt': late }, { window: { from: 0, to: 3600 } });
    expect(links(result)[0]).to.deep.equal(['a', 'b', 5, 1]);
    expect(result.timetable.departure[0]).to.equal(24 * 3600);
    expect(result.region.manifest.defaults.serviceHoursPerDay).to.equal(1);
    // within the first minute one train leaves a, another c, and none b
    expect(links(await read({ 'stop_times.txt': late }, { window: { from: 0, to: 60 } }))).to.deep.equal([
      ['a', 'b', 5, 0.5],
      ['b', 'c', 5, 0.5],
    ]);
  });

  it('takes the weekday with the most trains, from calendar_dates alone as well, and says so', async () => {
    const dates = 'service_id,date,exception_type\nall,20260107,1\nall,20260110,1\nmore,20260107,1\nmore,20260108,1\n';
    const tables = { 'calendar.txt': (TINY_FEED['calendar.txt'] ?? '').split('\n')[0] ?? '', 'calendar_dates.txt': dates };
    const result = await read(tables);
    expect(result.timetable.date).to.equal('2026-01-07');
    expect(result.notes[0]).to.contain('2026-01-07: the busiest weekday');
    const error = await failure(read(tables, { day: parseDate('2026-01-09') }));
    expect(error.message).to.contain('no-service').and.contain('trains from 2026-01-07 to 2026-01-10');
  });

  it('runs a trip of frequencies.txt once a headway', async () => {
    const result = await read({ 'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nout,06:00:00,07:00:00,600\n' });
    // 06:00, 06:10 … 06:50 out, one train back: the mean of 6 and 1
    expect(links(result)[0]).to.deep.equal(['a', 'b', 5, 3.5]);
    expect(result.timetable.tripIds.filter((id) => id.startsWith('out@'))).to.have.length(6);
  });

  it('fills open times by distance: one third of the way after one third of the time', async () => {
    const open = STOP_TIMES.replace('out,08:05:00,08:05:00,b', 'out,,,b').replace('out,08:10:00,08:10:00', 'out,08:09:00,08:09:00');
    const result = await read({ 'stop_times.txt': open });
    const outbound = result.timetable.tripIds.indexOf('out');
    expect([...result.timetable.arrival.subarray(outbound * 3, outbound * 3 + 3)].map((time) => time - 8 * 3600)).to.deep.equal([
      0, 180, 540,
    ]);
    expect(result.notes.join()).to.contain('1 open times filled by distance (0 along shapes, 1 straight)');
  });

  it('measures along shapes: a detour of equal steps makes the link longer than straight', async () => {
    const shape =
      'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,0.001,0,1\ns,0.011,0,2\ns,0.011,0.01,3\ns,0.001,0.01,4\ns,0.001,0.03,5\n';
    const trips = 'route_id,service_id,trip_id,shape_id\nr,all,out,s\nr,all,back,\n';
    const [first] = (await read({ 'shapes.txt': shape, 'trips.txt': trips })).region.rail;
    expect(first?.lengthKilometres).to.be.closeTo(3 * HUNDREDTH_KILOMETRES, 0.002);
    expect(first?.kept.length_basis).to.equal('shape');
  });

  it('draws links along shapes, either way round, without points within ten metres of the line, and straight where there is none', async () => {
    // a bend of 0.003 degrees before B, a wiggle of 0.00005 (6 m) after it, and the way back along another shape for a trip of its own
    const points = ['0.001,0,1', '0.004,0.005,2', '0.001,0.01,3', '0.00105,0.02,4', '0.001,0.03,5'];
    const shape = `shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n${points.map((point) => `s,${point}`).join('\n')}\n`;
    const bend = [
      [0, 0.001],
      [0.005, 0.004],
      [0.01, 0.001],
    ];
    const out = await read({ 'shapes.txt': shape, 'trips.txt': 'route_id,service_id,trip_id,shape_id\nr,all,out,s\nr,all,back,\n' });
    expect(out.region.rail.map(({ from, to, geometry }) => [from, to, geometry])).to.deep.equal([
      ['a', 'b', bend],
      ['b', 'c', undefined],
    ]);
    expect(out.notes.join()).to.contain('2 of 2 links are drawn and measured along a shape');
    const turned = points.map((point, index) => `t,${point.replace(/\d$/, String(9 - index))}`).join('\n');
    const back = await read({
      'shapes.txt': `shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n${turned}\n`,
      'trips.txt': 'route_id,service_id,trip_id,shape_id\nr,all,out,\nr,all,back,t\n',
    });
    expect(back.region.rail.map(({ geometry }) => geometry)).to.deep.equal([bend, undefined]);
    const none = await read({});
    expect(none.region.rail.map(({ geometry }) => geometry)).to.deep.equal([undefined, undefined]);
    expect(none.notes.join()).to.contain('the 2 links are drawn straight from station to station');
  });

  it('makes no link shorter than the straight line between its stations, and says how many were', async () => {
    // the platform of B lies 0.0004 degrees before its station: the shape from a to it is 4 % short of the station
    const stops =
      'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nB,B,0.001,0.01,1,\nb,B 1,0.001,0.0096,0,B\na,A,0.001,0,,\nc,C,0.001,0.03,,\n';
    const shape = 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,0.001,0,1\ns,0.001,0.03,2\n';
    const trips = 'route_id,service_id,trip_id,shape_id\nr,all,out,s\nr,all,back,\n';
    const { region, notes } = await read({ 'stops.txt': stops, 'shapes.txt': shape, 'trips.txt': trips });
    expect(region.rail[0]?.lengthKilometres).to.be.closeTo(HUNDREDTH_KILOMETRES, 0.001);
    expect(region.rail.map(({ kept }) => kept.length_basis)).to.have.members(['straight line', 'shape']);
    expect(notes.join()).to.contain('1 links are given the straight line between their stations');
  });

  it('merges platforms into their station and keeps their names', async () => {
    const stops =
      'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code\n' +
      'B,B,0.001,0.01,1,,\nb,B 1,0.001,0.01,0,B,1\nb2,B 2,0.001,0.0101,,B,2\na,A,0.001,0,,,\nc,C,0.001,0.03,,,\ne,Door,0.001,0.01,2,B,\n';
    const result = await read({
      'stops.txt': stops,
      'stop_times.txt': STOP_TIMES.replace('back,09:05:00,09:05:00,b,', 'back,09:05:00,09:05:00,b2,'),
    });
    expect(result.region.stations.map(({ id }) => id).sort()).to.deep.equal(['B', 'a', 'c']);
    expect(result.region.stations.find(({ id }) => id === 'B')?.kept.platforms).to.equal('b (1); b2 (2)');
    expect(result.timetable.stopIds).to.deep.equal(['a', 'b', 'b2', 'c']);
  });

  it('reads the same with a byte order mark, CRLF, quotes, line breaks in quotes, other columns and another order', async () => {
    const plain = await read();
    const stops =
      '\ufeff"stop_lon",stop_name,extra,stop_id,stop_lat\r\n0,A,"one\r\ntwo",a,0.001\r\n0.01,"B",,b,0.001\r\n\r\n0.03,C,"x ""y""",c,0.001\r\n';
    const shuffled = STOP_TIMES.split('\n').slice(1, -1).reverse().join('\r\n');
    const times = `trip_id,arrival_time,departure_time,stop_id,stop_sequence\r\n${shuffled}`;
    const odd = await read({ 'stops.txt': stops, 'stop_times.txt': times });
    expect([...regionFiles(odd.region)]).to.deep.equal([...regionFiles(plain.region)]);
    expect(timetableBytes(odd.timetable)).to.deep.equal(timetableBytes(plain.timetable));
  });

  it('gives the same bytes whatever the order of the rows', async () => {
    const written = async (tables: Tables) => {
      const { region, timetable } = await read(tables);
      return JSON.stringify([...regionFiles(region)]) + Buffer.from(timetableBytes(timetable)).toString('hex');
    };
    const whole = await written(RICH_FEED);
    const random = randomFrom(8);
    for (let run = 0; run < 25; run++) {
      const shuffled = Object.entries(RICH_FEED).map(([name, text]) => {
        const [head = '', ...rows] = text.trim().split('\n');
        const order = rows.map((row) => ({ row, key: random() })).sort((a, b) => a.key - b.key);
        return [name, `${[head, ...order.map(({ row }) => row)].join('\n')}\n`];
      });
      expect(await written(Object.fromEntries(shuffled)), `run ${run}`).to.equal(whole);
    }
  });

  it('names every broken reference with file, line and field, grouped, and loads the rest', async () => {
    const result = await read({
      'trips.txt': `${TRIPS}nowhere,all,t1\nr,never,t2\n`,
      'stop_times.txt': `${STOP_TIMES}t1,08:00:00,08:00:00,a,1\nt1,08:01:00,08:01:00,b,2\nout,8 o'clock,08:20:00,zz,4\nout,08:11:00,08:11:00,c\n`,
      'transfers.txt': 'from_stop_id,to_stop_id,transfer_type,min_transfer_time\na,q,2,60\na,b,9,\n',
    });
    expect(links(result)).to.have.length(2);
    const named = faults(result).map(({ kind, file, feature, property, found }) => [kind, file, feature, property, found].join(' | '));
    expect(named).to.deep.equal([
      'unknown-reference | trips.txt | line 4 | route_id | "nowhere"',
      'unknown-reference | trips.txt | line 5 | service_id | "never"',
      'unknown-reference | transfers.txt | line 2 | to_stop_id | "q"',
      'bad-value | transfers.txt | line 3 | transfer_type | "9"',
      'unknown-reference | stop_times.txt | lines 8–9 (2 rows) | trip_id | "t1"',
      'unknown-reference | stop_times.txt | line 10 | stop_id | "zz"',
      `bad-value | stop_times.txt | line 10 | arrival_time | "8 o'clock"`,
      'csv | stop_times.txt | line 11 | row | "4 fields"',
    ]);
  });

  it('leaves out a trip whose times go back, with the line, and one without a time at its end', async () => {
    const back = STOP_TIMES.replace('out,08:10:00,08:10:00', 'out,08:04:00,08:04:00').replace('back,09:10:00,09:10:00', 'back,,');
    const error = await failure(read({ 'stop_times.txt': back }));
    expect(error.message).to.match(
      /time-goes-back: stop_times.txt, feature line 4: arrival_time[\s\S]*missing-time: stop_times.txt, feature line 7/,
    );
  });

  it('counts what is left out by type, and imports buses where asked', async () => {
    const buses = { 'routes.txt': (TINY_FEED['routes.txt'] ?? '').replace(',2\n', ',3\n') };
    expect((await failure(read(buses))).message).to.contain('no train on any day');
    expect(links(await read(buses, { families: ['bus'] }))).to.have.length(2);
    const both = { 'routes.txt': `${TINY_FEED['routes.txt']}b,x,2,Bus,700\n`, 'trips.txt': `${TRIPS}b,all,t\n` };
    expect((await read(both)).notes.join()).to.contain('left out by --types: 1 routes of bus with 1 trips');
  });

  it('takes zones that are there already: each station in that with the nearest seat', async () => {
    const zone = (id: string, longitude: number, population: number) => {
      return {
        id,
        name: id,
        nameLocal: '',
        admin1: '',
        admin2: '',
        longitude,
        latitude: 0,
        population,
        jobs: null,
        gdp: null,
        figures: {},
      };
    };
    const { region } = await read({}, { zones: [zone('west', 0, 10), zone('east', 0.03, 20)] });
    expect(region.stations.map(({ id, zone: seat }) => [id, seat])).to.deep.equal([
      ['a', 'west'],
      ['b', 'west'],
      ['c', 'east'],
    ]);
    expect([region.zones.length, region.manifest.primaryCore]).to.deep.equal([2, 'east']);
  });

  it('merges feeds under their names, on one clock', async () => {
    const west = writeFeed(join(folder, 'west'));
    // Nairobi's clock is two hours ahead of Libreville's: 08:00 there is 06:00 here
    const agency = (TINY_FEED['agency.txt'] ?? '').replace('Africa/Libreville', 'Africa/Nairobi');
    const east = writeFeed(join(folder, 'east'), {
      'agency.txt': agency,
      'stops.txt': (TINY_FEED['stops.txt'] ?? '').replaceAll('0.001', '0.002'),
    });
    const { region, timetable } = await importGtfs([west, east], options());
    expect(timetable.timezone).to.equal('Africa/Libreville');
    expect(region.stations.map(({ id }) => id)).to.deep.equal(['west:a', 'west:b', 'west:c', 'east:a', 'east:b', 'east:c']);
    const at = timetable.tripIds.indexOf('east:out');
    const before = timetable.tripIds.slice(0, at).length * 3;
    expect(timetable.departure[before]).to.equal(6 * 3600);
    // the two lines lie 0.001 degrees apart: 111 m, within the default 300 m
    expect(region.transfers.map(({ from, to }) => `${from} ${to}`)).to.include('east:a west:a');
  });

  it('in a zip reads as in a folder, and a zip with one bit turned is refused', async () => {
    const zip = join(folder, 'feed.zip');
    const bytes = zipBytes(TINY_FEED);
    writeFileSync(zip, bytes);
    const packed = await importGtfs([zip], options());
    expect([...regionFiles(packed.region)]).to.deep.equal([...regionFiles((await read()).region)]);
    const at = bytes.indexOf('stop_times.txt') + 'stop_times.txt'.length + 20;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(zip, bytes);
    expect((await failure(importGtfs([zip], options()))).message).to.contain('broken-feed: feed.zip');
  });
});
