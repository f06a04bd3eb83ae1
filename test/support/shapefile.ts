type Position = readonly [number, number];

/** Degrees WGS84, as ESRI writes it. */
const WGS84_PROJECTION =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

/** A shapefile of lines of one part each with text fields of 10 bytes, for tests: the bytes of .shp, .dbf and .prj. */
export function shapefile(
  lines: readonly { readonly positions: readonly Position[]; readonly row: Readonly<Record<string, string>> }[],
): Record<'shp' | 'dbf' | 'prj', Buffer> {
  return {
    shp: shapes(lines.map(({ positions }) => positions)),
    dbf: table(lines.map(({ row }) => row)),
    prj: Buffer.from(WGS84_PROJECTION),
  };
}

function shapes(lines: readonly (readonly Position[])[]): Buffer {
  const records = lines.map((positions, index) => {
    const record = Buffer.alloc(8 + 48 + 16 * positions.length);
    record.writeInt32BE(index + 1, 0);
    record.writeInt32BE((record.length - 8) / 2, 4);
    record.writeInt32LE(3, 8);
    writeBox(record, 12, positions);
    record.writeInt32LE(1, 44);
    record.writeInt32LE(positions.length, 48);
    positions.forEach(([x, y], point) => {
      record.writeDoubleLE(x, 56 + 16 * point);
      record.writeDoubleLE(y, 64 + 16 * point);
    });
    return record;
  });
  const head = Buffer.alloc(100);
  head.writeInt32BE(9994, 0);
  head.writeInt32BE((100 + records.reduce((sum, { length }) => sum + length, 0)) / 2, 24);
  head.writeInt32LE(1000, 28);
  head.writeInt32LE(3, 32);
  writeBox(head, 36, lines.flat());
  return Buffer.concat([head, ...records]);
}

function writeBox(into: Buffer, at: number, positions: readonly Position[]): void {
  const [xs, ys] = [positions.map(([x]) => x), positions.map(([, y]) => y)];
  [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].forEach((value, index) => {
    into.writeDoubleLE(value, at + 8 * index);
  });
}

const FIELD_BYTES = 10;

function table(rows: readonly Readonly<Record<string, string>>[]): Buffer {
  const names = Object.keys(rows[0] ?? {});
  const head = Buffer.alloc(33 + 32 * names.length);
  head.set([3, 126, 1, 1]);
  head.writeUInt32LE(rows.length, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(1 + FIELD_BYTES * names.length, 10);
  names.forEach((name, index) => {
    head.write(name, 32 + 32 * index, 'ascii');
    head.write('C', 32 + 32 * index + 11, 'ascii');
    head[32 + 32 * index + 16] = FIELD_BYTES;
  });
  head[head.length - 1] = 13;
  const cells = rows.map((row) => ` ${names.map((name) => (row[name] ?? '').padEnd(FIELD_BYTES)).join('')}`);
  return Buffer.concat([head, Buffer.from(cells.join(''), 'ascii'), Buffer.from([0x1a])]);
}
