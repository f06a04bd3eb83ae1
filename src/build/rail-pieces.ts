import FlatQueue from 'flatqueue';
import type { RailLink, Region } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';

/** A piece of track between neighbouring stations, one way, by the line that it belongs to. */
export interface RailPiece {
  readonly line: string;
  readonly class: string;
  readonly from: string;
  readonly to: string;
}

interface Hop {
  readonly link: RailLink;
  readonly to: string;
}

interface Step extends RailPiece {
  readonly link: RailLink;
}

/** What trains of this class keep to themselves. */
const OWN_TRACK = 'high-speed';
/** A link of a line is that of trains running through on other lines where those make as short a way with far more trains. */
const THROUGH = { lengthRatio: 1.15, trainsRatio: 10 } as const;

/**
 * Pieces of track that a ride of a line passes between two of its stops: those of its own line by the fewest stations; where its trains run
 * through onto others, the shortest way over all open lines (high-speed ones for high-speed trains alone); the two stops themselves where no
 * line joins them.
 *
 * Trains run through where the line has no link between the stops, or one that others double: as short (within 15%) with ten times
 * its trains. So a train a day of one line is not held against everybody who rides beside it on another.
 *
 * Cost of the first call for two stops O(stations log stations); later ones are looked up.
 */
export function railPieces(region: Region): (line: string, railClass: string, from: string, to: string) => readonly RailPiece[] {
  const links = region.rail.filter(({ status }) => status === 'open').sort((a, b) => byCodePoint(a.id, b.id));
  const ownHops = new Map<string, Map<string, Hop[]>>();
  const sharedHops = new Map<boolean, Map<string, Hop[]>>();
  const add = <K>(groups: Map<K, Map<string, Hop[]>>, key: K, link: RailLink) => {
    const hops = groups.get(key) ?? new Map<string, Hop[]>();
    groups.set(key, hops);
    hops.set(link.from, [...(hops.get(link.from) ?? []), { link, to: link.to }]);
    hops.set(link.to, [...(hops.get(link.to) ?? []), { link, to: link.from }]);
  };
  for (const link of region.rail) add(ownHops, link.line, link);
  for (const link of links) add(sharedHops, link.class === OWN_TRACK, link);
  const kilometres = ({ lengthKilometres }: RailLink) => lengthKilometres;
  const throughs = new Map<RailLink, readonly Step[] | null>();
  const throughOf = (link: RailLink): readonly Step[] | null => {
    const found = throughs.get(link);
    if (found !== undefined) return found;
    const isOther = ({ line }: RailLink) => line !== link.line;
    const way = shortest(sharedHops.get(link.class === OWN_TRACK), link.from, link.to, (other) =>
      isOther(other) ? kilometres(other) : Number.POSITIVE_INFINITY,
    );
    throughs.set(link, way && doubles(link, way) ? way : null);
    return throughs.get(link) ?? null;
  };
  const expand = (step: Step): readonly Step[] => {
    const way = throughOf(step.link);
    if (!way) return [step];
    if (way[0]?.from === step.from) return way;
    return way.map((piece) => ({ ...piece, from: piece.to, to: piece.from })).reverse();
  };
  const known = new Map<string, readonly RailPiece[]>();
  return (line, railClass, from, to) => {
    const key = JSON.stringify([line, railClass, from, to]);
    const found = known.get(key) ??
      shortest(ownHops.get(line), from, to, () => 1)?.flatMap(expand) ??
      shortest(sharedHops.get(railClass === OWN_TRACK), from, to, kilometres) ?? [{ line, class: railClass, from, to }];
    known.set(key, found);
    return found.map(({ line: own, class: ownClass, from: start, to: end }) => ({ line: own, class: ownClass, from: start, to: end }));
  };
}

function doubles(link: RailLink, way: readonly Step[]): boolean {
  const length = way.reduce((sum, step) => sum + step.link.lengthKilometres, 0);
  const trains = Math.min(...way.map((step) => step.link.trainsPerDay ?? 0));
  return (
    length <= THROUGH.lengthRatio * link.lengthKilometres && link.trainsPerDay !== null && trains >= THROUGH.trainsRatio * link.trainsPerDay
  );
}

/** The way of least cost, as pieces; null where there is none. Source: Dijkstra (1959) doi:10.1007/BF01386390. */
function shortest(
  hops: ReadonlyMap<string, readonly Hop[]> | undefined,
  from: string,
  to: string,
  costOf: (link: RailLink) => number,
): Step[] | null {
  if (!hops?.has(from) || !hops.has(to)) return null;
  const cost = new Map<string, number>([[from, 0]]);
  const into = new Map<string, Step>();
  const queue = new FlatQueue<string>();
  queue.push(from, 0);
  const settled = new Set<string>();
  for (let here = queue.pop(); here !== undefined && here !== to; here = queue.pop()) {
    if (settled.has(here)) continue;
    settled.add(here);
    for (const { link, to: next } of hops.get(here) ?? []) {
      const through = (cost.get(here) ?? 0) + costOf(link);
      if (!(through < (cost.get(next) ?? Number.POSITIVE_INFINITY))) continue;
      cost.set(next, through);
      into.set(next, { link, line: link.line, class: link.class, from: here, to: next });
      queue.push(next, through);
    }
  }
  const pieces: Step[] = [];
  for (let piece = into.get(to); piece; piece = into.get(piece.from)) {
    pieces.push(piece);
    if (piece.from === from) return pieces.reverse();
  }
  return null;
}
