/** Stands for a trip that belongs to no block. */
export const NO_BLOCK = 0xffffffff;
/** Bits of patternFlags: nobody may board, nobody may alight. */
export const NO_BOARDING_FLAG = 1;
export const NO_ALIGHTING_FLAG = 2;

/**
 * The stop times of one service day, for a timetable engine: patterns of stops, and under each the times of its trips as a table.
 *
 * Invariant: patternFirstStop and patternFirstTrip have patternCount + 1 entries, start at 0 and never fall; the times of pattern p with s
 * stops are a block of s · trips entries in arrival and departure, a trip after the other, the blocks in the order of the patterns; along a
 * trip no time goes back; the trips of a pattern are in order at every stop (none overtakes: what overtakes is a pattern of its own).
 */
export interface Timetable {
  /** service day YYYY-MM-DD; several, separated by commas, where feeds share none */
  readonly date: string;
  /** IANA name of the zone of all times */
  readonly timezone: string;
  readonly stationIds: readonly string[];
  /** platforms or stops, as the feeds name them */
  readonly stopIds: readonly string[];
  /** position in stationIds of each stop */
  readonly stopStation: Uint32Array;
  readonly lineIds: readonly string[];
  readonly patternLine: Uint32Array;
  readonly patternFirstStop: Uint32Array;
  /** position in stopIds */
  readonly patternStop: Uint32Array;
  readonly patternFlags: Uint8Array;
  readonly patternFirstTrip: Uint32Array;
  readonly tripIds: readonly string[];
  /** trips with the same number are run by the same vehicle, passengers may stay aboard; NO_BLOCK for none */
  readonly tripBlock: Uint32Array;
  /** seconds after noon minus 12 hours of the service day, past 86,400 after midnight, below 0 before it */
  readonly arrival: Int32Array;
  readonly departure: Int32Array;
}

/** Every typed array of a timetable file, in the order of the file. */
export const TIMETABLE_ARRAYS = {
  stopStation: 'u32',
  patternLine: 'u32',
  patternFirstStop: 'u32',
  patternStop: 'u32',
  patternFlags: 'u8',
  patternFirstTrip: 'u32',
  tripBlock: 'u32',
  arrival: 'i32',
  departure: 'i32',
} as const;

/** Every list of names of a timetable file, each a JSON array of strings in UTF-8. */
export const TIMETABLE_NAMES = ['stationIds', 'stopIds', 'lineIds', 'tripIds'] as const;

/** The eight bytes a timetable file starts with. */
export const TIMETABLE_MAGIC = 'CORRTTBL';
export const TIMETABLE_VERSION = 1;
/** Bytes of magic, version and length of the head, before the head itself. */
export const TIMETABLE_START_BYTES = 16;
/** Every section starts at a multiple of this. */
export const TIMETABLE_ALIGNMENT = 8;

export interface TimetableSection {
  readonly name: string;
  readonly type: 'u8' | 'u32' | 'i32' | 'json';
  /** bytes from the end of the head, which is padded to TIMETABLE_ALIGNMENT */
  readonly offset: number;
  /** bytes */
  readonly length: number;
}

export interface TimetableHead {
  readonly date: string;
  readonly timezone: string;
  readonly sections: readonly TimetableSection[];
}
