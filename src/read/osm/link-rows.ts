import type { Links } from './merge-chains.ts';
import type { NodeTable } from './node-table.ts';
import type { Pieces } from './split-ways.ts';
import type { Ways } from './way-table.ts';

/** Positions of an entry in `ways.node`, in the order in which it is run. */
function positionsOf(pieces: Pieces, entry: number): number[] {
  const piece = entry >>> 1;
  const [start = 0, end = 0] = [pieces.start[piece], pieces.end[piece]];
  const low = Math.min(start, end);
  const positions = Array.from({ length: Math.abs(end - start) + 1 }, (_none, index) => low + index);
  // a piece may itself run against the way it is cut from
  const isTurned = end < start !== ((entry & 1) === 1);
  return isTurned ? positions.reverse() : positions;
}

/** What the pieces of a link tell together: ids of their ways, what carries them, and every position in order. */
export function waysOfLink(ways: Ways<unknown>, nodes: NodeTable, pieces: Pieces, links: Links, link: number) {
  const geometry: [number, number][] = [];
  const ids: number[] = [];
  let structure = 0;
  const entries = links.entry.subarray(links.first[link], links.first[link + 1]);
  for (const entry of entries) {
    const way = pieces.way[entry >>> 1] ?? 0;
    const id = ways.id[way] ?? 0;
    if (ids.at(-1) !== id) ids.push(id);
    structure |= (ways.flags[way] ?? 0) & 3;
    for (const [index, position] of positionsOf(pieces, entry).entries()) {
      // where pieces meet, the position is written once
      if (index === 0 && geometry.length > 0) continue;
      const node = ways.node[position] ?? 0;
      geometry.push([nodes.longitude(node), nodes.latitude(node)]);
    }
  }
  return { ids, structure, geometry };
}
