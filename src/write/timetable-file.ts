import {
  TIMETABLE_ALIGNMENT,
  TIMETABLE_ARRAYS,
  TIMETABLE_MAGIC,
  TIMETABLE_NAMES,
  TIMETABLE_START_BYTES,
  TIMETABLE_VERSION,
  type Timetable,
  type TimetableSection,
} from '../model/timetable.ts';

/**
 * A timetable as one file: magic, version and length of the head (both 32 bits, little-endian), the head as JSON, then the sections it
 * names. Layout in docs/gtfs.md. The same timetable gives the same bytes. Cost O(bytes).
 */
export function timetableBytes(timetable: Timetable): Uint8Array {
  const parts = [
    ...TIMETABLE_NAMES.map((name) => ({ name, type: 'json' as const, bytes: new TextEncoder().encode(JSON.stringify(timetable[name])) })),
    ...(Object.keys(TIMETABLE_ARRAYS) as (keyof typeof TIMETABLE_ARRAYS)[]).map((name) => {
      const { buffer, byteOffset, byteLength } = timetable[name];
      return { name, type: TIMETABLE_ARRAYS[name], bytes: new Uint8Array(buffer, byteOffset, byteLength) };
    }),
  ];
  // offsets count from the end of the head, so that the head's own length does not enter into it
  const sections: TimetableSection[] = [];
  let end = 0;
  for (const { name, type, bytes } of parts) {
    sections.push({ name, type, offset: end, length: bytes.length });
    end = aligned(end + bytes.length);
  }
  const { date, timezone } = timetable;
  const head = new TextEncoder().encode(JSON.stringify({ date, timezone, sections }));
  const start = aligned(TIMETABLE_START_BYTES + head.length);
  const file = new Uint8Array(start + end);
  file.set(new TextEncoder().encode(TIMETABLE_MAGIC));
  const view = new DataView(file.buffer);
  view.setUint32(8, TIMETABLE_VERSION, true);
  view.setUint32(12, head.length, true);
  file.set(head, TIMETABLE_START_BYTES);
  parts.forEach(({ bytes }, index) => {
    file.set(bytes, start + (sections[index]?.offset ?? 0));
  });
  return file;
}

function aligned(offset: number): number {
  return Math.ceil(offset / TIMETABLE_ALIGNMENT) * TIMETABLE_ALIGNMENT;
}
