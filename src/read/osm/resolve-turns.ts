import type { NodeTable } from './node-table.ts';
import type { Pieces } from './split-ways.ts';
import type { Tally } from './tally.ts';
import type { MappedTurn } from './turn-rules.ts';
import type { Ways } from './way-table.ts';

/** A turn restriction on pieces: entries (piece × 2, plus 1 run backwards) one after the other. */
export interface PieceTurn {
  readonly id: string;
  readonly kind: string;
  readonly effect: 'no' | 'only';
  readonly entries: readonly number[];
  /** vertices where its links must end */
  readonly vertices: readonly number[];
}

/** Via ways that branch more than this are no restriction that a mapper could have meant. */
const MOST_VIA_STEPS = 1000;

/** What the search for a restriction's pieces needs of the network. */
interface Ground {
  readonly ways: Ways<unknown>;
  readonly pieces: Pieces;
  readonly nodes: NodeTable;
  readonly isOneway: (piece: number) => boolean;
}

/** Number of a way by its id, or -1. */
function wayNumber(ways: Ways<unknown>, id: number): number {
  let low = 0;
  let high = ways.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ways.id[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return ways.id[low] === id ? low : -1;
}

function piecesOf(ground: Ground, way: number): number[] {
  const first = ground.pieces.firstOfWay[way] ?? 0;
  const end = ground.pieces.firstOfWay[way + 1] ?? first;
  return Array.from({ length: end - first }, (_none, index) => first + index);
}

/** The ways in which cars may run the pieces of a way: entries. */
function entriesOf(ground: Ground, way: number): number[] {
  return piecesOf(ground, way).flatMap((piece) => (ground.isOneway(piece) ? [piece * 2] : [piece * 2, piece * 2 + 1]));
}

function headOf(pieces: Pieces, entry: number): number {
  return ((entry & 1) === 0 ? pieces.to[entry >>> 1] : pieces.from[entry >>> 1]) ?? 0;
}

function tailOf(pieces: Pieces, entry: number): number {
  return headOf(pieces, entry ^ 1);
}

type Found = { entries: number[]; vertices: number[] } | { reason: string };

function throughNode(ground: Ground, turn: MappedTurn, from: number, to: number): Found {
  const { pieces, nodes } = ground;
  const node = nodes.indexOf(turn.viaNode ?? 0);
  const vertex = node < 0 ? -1 : (pieces.vertices.ofNode[node] ?? -1);
  if (vertex < 0) return { reason: 'via is not on the road network' };
  const arrivals = entriesOf(ground, from).filter((entry) => headOf(pieces, entry) === vertex);
  const departures = entriesOf(ground, to).filter((entry) => tailOf(pieces, entry) === vertex);
  const pairs = arrivals.flatMap((arrival) => departures.map((departure) => [arrival, departure] as const));
  const isUTurn = from === to;
  const fitting = pairs.filter(([arrival, departure]) => (arrival ^ 1) === departure || !isUTurn);
  if (fitting.length === 0) return { reason: 'from or to does not meet via, or oneway forbids it already' };
  if (fitting.length > 1) return { reason: 'from or to goes on beyond via: not clear which part is meant' };
  const [arrival = 0, departure = 0] = fitting[0] ?? [];
  return { entries: [arrival, departure], vertices: [vertex] };
}

/** Up to two ways to run the via pieces from the head of `arrival` to where `departures` begin, with no piece twice. */
function viaPaths(ground: Ground, arrival: number, vias: readonly number[], departures: readonly number[]): number[][] {
  const { pieces } = ground;
  const found: number[][] = [];
  const open: number[][] = [[]];
  let steps = 0;
  for (let path = open.pop(); path !== undefined && found.length < 2 && steps < MOST_VIA_STEPS; path = open.pop()) {
    steps += 1;
    const here = headOf(pieces, path.at(-1) ?? arrival);
    const run = path;
    const ends = path.length > 0 ? departures.filter((departure) => tailOf(pieces, departure) === here) : [];
    found.push(...ends.map((departure) => [arrival, ...run, departure]));
    const used = new Set(path.map((entry) => entry >>> 1));
    const onward = vias.filter((entry) => tailOf(pieces, entry) === here && !used.has(entry >>> 1));
    open.push(...onward.map((entry) => [...run, entry]));
  }
  return found;
}

function throughWays(ground: Ground, viaWays: readonly number[], from: number, to: number): Found {
  const vias = viaWays.flatMap((way) => entriesOf(ground, way));
  const departures = entriesOf(ground, to);
  const isVia = new Set(viaWays);
  const whole = (path: readonly number[]) =>
    new Set(path.slice(1, -1).map((entry) => ground.pieces.way[entry >>> 1] ?? -1)).size === isVia.size;
  const paths = entriesOf(ground, from)
    .flatMap((arrival) => viaPaths(ground, arrival, vias, departures))
    .filter(whole);
  const [path] = paths;
  if (!path) return { reason: 'from, via and to do not join, or oneway forbids it already' };
  if (paths.length > 1) return { reason: 'from or to goes on beyond via: not clear which part is meant' };
  const first = headOf(ground.pieces, path[0] ?? 0);
  return { entries: path, vertices: [first, tailOf(ground.pieces, path.at(-1) ?? 0)] };
}

/**
 * Turn restrictions laid on the pieces of the road network; those that cannot be laid are counted by reason. A restriction with several
 * from or to members (no_entry, no_exit) is one row for each pair.
 */
export function resolveTurns(turns: readonly MappedTurn[], ground: Ground, tally: Tally): PieceTurn[] {
  return turns.flatMap((turn) => {
    const pairs = turn.from.flatMap((from) => turn.to.map((to) => [from, to] as const));
    return pairs.flatMap(([fromId, toId], index): PieceTurn[] => {
      const [from, to] = [wayNumber(ground.ways, fromId), wayNumber(ground.ways, toId)];
      const viaWays = turn.viaWays.map((id) => wayNumber(ground.ways, id));
      const isKnown = from >= 0 && to >= 0 && viaWays.every((way) => way >= 0);
      const found: Found = !isKnown
        ? { reason: 'a member is no road of this network' }
        : turn.viaNode !== null
          ? throughNode(ground, turn, from, to)
          : throughWays(ground, viaWays, from, to);
      if ('reason' in found) {
        tally.add('turn-dropped', 'relation', found.reason, turn.id);
        return [];
      }
      const id = pairs.length === 1 ? `r${turn.id}` : `r${turn.id}.${index}`;
      return [{ id, kind: turn.kind, effect: turn.effect, ...found }];
    });
  });
}
