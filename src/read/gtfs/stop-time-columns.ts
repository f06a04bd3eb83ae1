import { NO_TIME } from './fields.ts';

/** Stop times of a day's trips, column by column, rows of a trip together and in order. */
export interface StopTimeColumns {
  readonly tripCount: number;
  /** rows of trip t are first[t] … first[t + 1] - 1; none for trips that are not wanted or were refused */
  readonly first: Uint32Array;
  /** position in stops.txt's list */
  readonly stop: Uint32Array;
  /** seconds after noon minus 12 hours; NO_TIME before interpolation where the feed leaves them open */
  readonly arrival: Int32Array;
  readonly departure: Int32Array;
  /** as the feed has it, in its own unit; NaN where it has none */
  readonly shapeDistance: Float64Array;
  /** NO_BOARDING_FLAG and NO_ALIGHTING_FLAG of model/timetable.ts */
  readonly flags: Uint8Array;
  readonly line: Uint32Array;
}

export interface StopTimeRow {
  trip: number;
  stop: number;
  sequence: number;
  arrival: number;
  departure: number;
  shapeDistance: number;
  flags: number;
  line: number;
}

const FIRST_CAPACITY = 65_536;

/** Stop times as they come, in any order: typed columns that double as they fill. Cost O(1) a row, 33 bytes. */
export class StopTimeStore {
  #count = 0;
  #trip = new Uint32Array(FIRST_CAPACITY);
  #stop = new Uint32Array(FIRST_CAPACITY);
  #sequence = new Uint32Array(FIRST_CAPACITY);
  #arrival = new Int32Array(FIRST_CAPACITY);
  #departure = new Int32Array(FIRST_CAPACITY);
  #shapeDistance = new Float64Array(FIRST_CAPACITY);
  #flags = new Uint8Array(FIRST_CAPACITY);
  #line = new Uint32Array(FIRST_CAPACITY);

  add(row: Readonly<StopTimeRow>): void {
    if (this.#count === this.#trip.length) this.#grow();
    const at = this.#count++;
    this.#trip[at] = row.trip;
    this.#stop[at] = row.stop;
    this.#sequence[at] = row.sequence;
    this.#arrival[at] = row.arrival;
    this.#departure[at] = row.departure;
    this.#shapeDistance[at] = row.shapeDistance;
    this.#flags[at] = row.flags;
    this.#line[at] = row.line;
  }

  #grow(): void {
    const size = this.#trip.length * 2;
    const larger = <T extends Uint32Array | Int32Array | Uint8Array | Float64Array>(next: T, old: ArrayLike<number>): T => {
      next.set(old);
      return next;
    };
    this.#trip = larger(new Uint32Array(size), this.#trip);
    this.#stop = larger(new Uint32Array(size), this.#stop);
    this.#sequence = larger(new Uint32Array(size), this.#sequence);
    this.#arrival = larger(new Int32Array(size), this.#arrival);
    this.#departure = larger(new Int32Array(size), this.#departure);
    this.#shapeDistance = larger(new Float64Array(size), this.#shapeDistance);
    this.#flags = larger(new Uint8Array(size), this.#flags);
    this.#line = larger(new Uint32Array(size), this.#line);
  }

  /**
   * Rows by trip and stop_sequence: a counting sort by trip, then a sort inside the few trips that came out of order.
   *
   * @param accept  asked for each trip with its rows in order; false leaves the trip out
   * Cost O(rows), O(rows log rows of a trip) for unordered ones.
   */
  columns(tripCount: number, accept: (trip: number, rows: OrderedRows) => boolean): StopTimeColumns {
    const order = this.#orderByTrip(tripCount);
    const first = new Uint32Array(tripCount + 1);
    const kept = new Uint32Array(this.#count);
    let size = 0;
    for (let trip = 0, from = 0; trip < tripCount; trip++) {
      let to = from;
      while (to < order.length && this.#trip[order[to] ?? 0] === trip) to += 1;
      const rows = order.subarray(from, to);
      this.#sortBySequence(rows);
      if (rows.length > 0 && accept(trip, this.#view(rows))) {
        kept.set(rows, size);
        size += rows.length;
      }
      first[trip + 1] = size;
      from = to;
    }
    const at = kept.subarray(0, size);
    return {
      tripCount,
      first,
      stop: Uint32Array.from(at, (row) => this.#stop[row] ?? 0),
      arrival: Int32Array.from(at, (row) => this.#arrival[row] ?? NO_TIME),
      departure: Int32Array.from(at, (row) => this.#departure[row] ?? NO_TIME),
      shapeDistance: Float64Array.from(at, (row) => this.#shapeDistance[row] ?? Number.NaN),
      flags: Uint8Array.from(at, (row) => this.#flags[row] ?? 0),
      line: Uint32Array.from(at, (row) => this.#line[row] ?? 0),
    };
  }

  #orderByTrip(tripCount: number): Uint32Array {
    const next = new Uint32Array(tripCount + 1);
    for (let row = 0; row < this.#count; row++) next[(this.#trip[row] ?? 0) + 1] = (next[(this.#trip[row] ?? 0) + 1] ?? 0) + 1;
    for (let trip = 0; trip < tripCount; trip++) next[trip + 1] = (next[trip + 1] ?? 0) + (next[trip] ?? 0);
    const order = new Uint32Array(this.#count);
    for (let row = 0; row < this.#count; row++) {
      const trip = this.#trip[row] ?? 0;
      const place = next[trip] ?? 0;
      order[place] = row;
      next[trip] = place + 1;
    }
    return order;
  }

  #sortBySequence(rows: Uint32Array): void {
    const sequence = this.#sequence;
    for (let index = 1; index < rows.length; index++) {
      if ((sequence[rows[index] ?? 0] ?? 0) < (sequence[rows[index - 1] ?? 0] ?? 0)) {
        rows.sort((a, b) => (sequence[a] ?? 0) - (sequence[b] ?? 0) || a - b);
        return;
      }
    }
  }

  #view(rows: Uint32Array): OrderedRows {
    const read = (column: ArrayLike<number>) => (index: number) => column[rows[index] ?? 0] ?? 0;
    return {
      count: rows.length,
      sequence: read(this.#sequence),
      arrival: read(this.#arrival),
      departure: read(this.#departure),
      line: read(this.#line),
    };
  }
}

/** One trip's rows while it is being judged. */
export interface OrderedRows {
  readonly count: number;
  readonly sequence: (index: number) => number;
  readonly arrival: (index: number) => number;
  readonly departure: (index: number) => number;
  readonly line: (index: number) => number;
}
