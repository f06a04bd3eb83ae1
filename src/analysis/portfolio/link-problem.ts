import type { FrozenNetwork } from '../../build/freeze.ts';
import { insertArc } from '../../kernels/gain/insert-arc.ts';
import { timesBetween } from '../../kernels/many-to-many.ts';
import { UNREACHED } from '../../model/network.ts';
import { MILLISECONDS_PER_MINUTE, minutesToMilliseconds } from '../../model/units.ts';
import type { NewArc } from '../missing-links/candidate.ts';
import type { ZoneTimes } from '../zone-times.ts';
import { type SetProblem, type SetValue, setKey } from './set-problem.ts';

/** A link to choose: what it adds to the network, and what it costs. */
export interface LinkItem {
  readonly id: string;
  readonly cost: number;
  readonly arcs: readonly NewArc[];
}

/** Tables of times that are held at once; each is (zones + ends)² × 4 bytes. */
const HELD_TABLES = 24;

/**
 * New links as a set problem: exact by inserting their arcs into a table of times between zones and link ends.
 *
 * @param times  of the same frozen network
 * @param trips  a day, row-major zone × zone, held as they are; pairs without a way before count nothing
 * @throws RangeError for an arc whose end is not in the network
 * Cost: a tree a zone and end once, then O((zones + ends)²) an arc and set.
 */
export function linkProblem(frozen: FrozenNetwork, times: ZoneTimes, trips: Float64Array, items: readonly LinkItem[]): SetProblem {
  const zoneCount = times.zones.length;
  const ends = [...new Set(items.flatMap(({ arcs }) => arcs.flatMap(({ from, to }) => [from, to])))];
  const endOf = new Map(ends.map((id, index) => [id, zoneCount + index]));
  const nodeOf = (id: string) => {
    const node = frozen.nodeOf.get(id);
    if (node === undefined) throw new RangeError(`node ${id} is not in the network; expected an end of a candidate`);
    return node;
  };
  const seats = (kind: string) => times.zones.map((zone) => nodeOf(`${kind}/${zone.id}`));
  const endNodes = ends.map(nodeOf);
  const columns = zoneCount + ends.length;
  const base = timesBetween(
    frozen.network,
    Uint32Array.from([...seats('zone-origin'), ...endNodes]),
    Uint32Array.from([...seats('zone-destination'), ...endNodes]),
  );
  // a table is made when the first set that starts from it is asked for
  const held = new Map<string, { readonly set: readonly number[]; table: Uint32Array | null }>([['', { set: [], table: base }]]);
  const values = new Map<string, SetValue>();

  const tableOf = (set: readonly number[]): Uint32Array => {
    let start: { readonly set: readonly number[]; table: Uint32Array | null } = { set: [], table: base };
    for (const entry of held.values()) {
      const isPart = entry.set.length < set.length || entry.table !== null;
      if (isPart && entry.set.length > start.set.length && entry.set.every((item) => set.includes(item))) start = entry;
    }
    start.table ??= tableOf(start.set);
    const table = start.table.slice();
    for (const item of set) {
      if (start.set.includes(item)) continue;
      for (const { from, to, minutes } of items[item]?.arcs ?? []) {
        insertArc(table, columns, endOf.get(from) ?? 0, endOf.get(to) ?? 0, minutesToMilliseconds(minutes));
      }
    }
    return table;
  };
  const gainOfTable = (table: Uint32Array): SetValue => {
    const byZone = new Float64Array(zoneCount);
    for (let from = 0; from < zoneCount; from++) {
      let saved = 0;
      for (let to = 0; to < zoneCount; to++) {
        const before = times.milliseconds[from * zoneCount + to] ?? UNREACHED;
        if (from === to || before === UNREACHED) continue;
        const now = table[from * columns + to] ?? UNREACHED;
        if (now < before) saved += (before - now) * (trips[from * zoneCount + to] ?? 0);
      }
      byZone[from] = saved / MILLISECONDS_PER_MINUTE;
    }
    return { byZone, total: byZone.reduce((sum, minutes) => sum + minutes, 0) };
  };
  return {
    ids: items.map(({ id }) => id),
    costs: items.map(({ cost }) => cost),
    value: (set) => {
      const key = setKey(set);
      const known = values.get(key);
      if (known) return known;
      const value = gainOfTable(tableOf(set));
      values.set(key, value);
      return value;
    },
    hold: (set) => {
      const key = setKey(set);
      if (held.has(key)) return;
      held.set(key, { set, table: null });
      for (const oldest of held.keys()) {
        if (held.size <= HELD_TABLES) break;
        if (oldest !== '') held.delete(oldest);
      }
    },
  };
}
