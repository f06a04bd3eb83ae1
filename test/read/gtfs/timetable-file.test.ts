import { expect } from 'chai';
import fc from 'fast-check';
import { DataError } from '../../../src/model/errors.ts';
import type { Timetable } from '../../../src/model/timetable.ts';
import { DEFAULT_GTFS_OPTIONS, importGtfs } from '../../../src/read/gtfs/import-gtfs.ts';
import { decodeTimetable } from '../../../src/read/timetable-file.ts';
import { timetableBytes } from '../../../src/write/timetable-file.ts';
import { folderForAllTests } from '../../support/scratch-folder.ts';
import { writeFeed } from '../../support/tiny-feed.ts';

describe('a timetable file', () => {
  const folder = folderForAllTests();

  const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19);
  /** Trips a to b to c, each with its start and its two run times. */
  const importTrips = async (trips: readonly (readonly [number, number, number])[]): Promise<Timetable> => {
    const rows = trips.flatMap(([start, first, second], index) => {
      const times = [start, start + first, start + first + second].map(clock);
      return ['a', 'b', 'c'].map((stop, at) => `t${index},${times[at]},${times[at]},${stop},${at}`);
    });
    writeFeed(folder.at('feed'), {
      'trips.txt': `route_id,service_id,trip_id\n${trips.map((_trip, index) => `r,all,t${index}`).join('\n')}\n`,
      'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence\n${rows.join('\n')}\n`,
    });
    return (await importGtfs([folder.at('feed')], { ...DEFAULT_GTFS_OPTIONS, id: 'tiny' })).timetable;
  };

  it('comes back as it went, and no trip of a pattern overtakes another, whatever the trips', async () => {
    const run = fc.integer({ min: 60, max: 3600 });
    const trips = fc.array(fc.tuple(fc.integer({ min: 0, max: 70_000 }), run, run), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(trips, async (list) => {
        const timetable = await importTrips(list);
        // the decoder checks the order of trips and times, entry by entry
        expect(decodeTimetable(timetableBytes(timetable), 'timetable.bin')).to.deep.equal(timetable);
        expect(timetable.arrival.length).to.equal(list.length * 3);
      }),
      { numRuns: 40 },
    );
  });

  it('puts a train that overtakes into a pattern of its own', async () => {
    const slowAndFast = await importTrips([
      [0, 600, 600],
      [60, 120, 120],
    ]);
    expect(slowAndFast.patternLine.length).to.equal(2);
  });

  it('cut short, of another version or with times out of order is refused, never read wrongly', async () => {
    const bytes = timetableBytes(await importTrips([[0, 600, 600]]));
    for (let length = 0; length < bytes.length; length++) {
      // the last section may end in padding, which carries nothing
      if (length > bytes.length - 8) continue;
      expect(() => decodeTimetable(bytes.slice(0, length), 'cut'), `${length} bytes`).to.throw(DataError);
    }
    const other = bytes.slice();
    other[8] = 9;
    expect(() => decodeTimetable(other, 'other')).to.throw(DataError, /version is|feature version/);
    const late = bytes.slice();
    new DataView(late.buffer).setInt32(late.length - 16, 1_000_000, true);
    expect(() => decodeTimetable(late, 'late')).to.throw(DataError, /goes back/);
  });
});
