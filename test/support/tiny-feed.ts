import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

/** Tables of a GTFS feed by name, as CSV text. */
export type Tables = Readonly<Record<string, string>>;

/** Kilometres of one hundredth of a degree of longitude on the equator, mean sphere. */
export const HUNDREDTH_KILOMETRES = (Math.PI / 180) * 6371.0088 * 0.01;

/** A rail line on the equator: a, b, c at 0.00, 0.01 and 0.03 degrees; five minutes from each to the next; one trip each way. */
export const TINY_FEED: Tables = {
  'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\nx,Example Rail,http://example.org,Africa/Libreville\n',
  'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\na,A,0.001,0\nb,B,0.001,0.01\nc,C,0.001,0.03\n',
  'routes.txt': 'route_id,agency_id,route_short_name,route_long_name,route_type\nr,x,1,Equator Line,2\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nall,1,1,1,1,1,1,1,20260105,20260111\n',
  'trips.txt': 'route_id,service_id,trip_id\nr,all,out\nr,all,back\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n' +
    'out,08:00:00,08:00:00,a,1\nout,08:05:00,08:05:00,b,2\nout,08:10:00,08:10:00,c,3\n' +
    'back,09:00:00,09:00:00,c,1\nback,09:05:00,09:05:00,b,2\nback,09:10:00,09:10:00,a,3\n',
};

/** More than the least feed: parents, dates, headways, transfers, shapes and open times, every reader is met by it. */
export const RICH_FEED: Tables = {
  ...TINY_FEED,
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\nB,B,0.001,0.01,1,\na,A,0.001,0,,\nb,B 1,0.001,0.01,0,B\nb2,B 2,0.001,0.0101,0,B\nc,C,0.001,0.03,,\nd,D,0.002,0.03,,\n',
  'calendar_dates.txt': 'service_id,date,exception_type\nall,20260106,2\nall,20260112,1\n',
  'trips.txt': 'route_id,service_id,trip_id,shape_id,block_id\nr,all,out,s,1\nr,all,back,,1\nr,all,fast,s,\n',
  'stop_times.txt': `${TINY_FEED['stop_times.txt']}fast,10:00:00,10:00:00,a,1\nfast,,,b2,2\nfast,25:07:00,25:08:00,c,3\n`,
  'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nout,06:00:00,07:00:00,600\n',
  'transfers.txt': 'from_stop_id,to_stop_id,transfer_type,min_transfer_time\nc,d,2,120\n',
  'shapes.txt': 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,0.001,0,1\ns,0.001,0.01,2\ns,0.002,0.02,3\ns,0.001,0.03,4\n',
};

/** The tiny feed with other or further tables, in a folder. */
export function writeFeed(folder: string, changes: Tables = {}): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries({ ...TINY_FEED, ...changes })) writeFileSync(join(folder, name), text);
  return folder;
}

/** A zip of deflated tables: local heads, central directory, end record (APPNOTE 4.3). */
export function zipBytes(tables: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(tables)) {
    const [bytes, packed] = [Buffer.from(text as string), deflateRawSync(Buffer.from(text as string))];
    const sizes = Buffer.alloc(26);
    sizes.writeUInt16LE(20, 0);
    sizes.writeUInt16LE(8, 4);
    sizes.writeUInt32LE(crc32(bytes), 10);
    sizes.writeUInt32LE(packed.length, 14);
    sizes.writeUInt32LE(bytes.length, 18);
    sizes.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), sizes, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), sizes, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(centrals.length, 4);
  end.writeUInt16LE(centrals.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}
