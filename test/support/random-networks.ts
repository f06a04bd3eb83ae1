import fc from 'fast-check';
import { type ArcRow, compileNetwork, type Network } from '../../src/model/network.ts';

export type Arc = readonly [from: number, to: number, milliseconds: number];

/** A network of nodes without a place, an arc a link. */
export function networkOf(nodeCount: number, arcs: readonly Arc[]): Network {
  const nodes = Array.from({ length: nodeCount }, (_value, id) => ({ id: String(id), longitude: Number.NaN, latitude: Number.NaN }));
  const rows: ArcRow[] = arcs.map(([from, to, milliseconds], link) => ({ from, to, milliseconds, link }));
  return compileNetwork(
    nodes,
    rows,
    arcs.map((_arc, link) => String(link)),
  );
}

/** Directed multigraphs with loops, parallel arcs, islands and many equal ways. */
export const anyNetwork: fc.Arbitrary<Network> = fc
  .integer({ min: 1, max: 40 })
  .chain((nodeCount) =>
    fc
      .array(fc.tuple(fc.nat(nodeCount - 1), fc.nat(nodeCount - 1), fc.integer({ min: 1, max: 20 })), { maxLength: 150 })
      .map((arcs) => networkOf(nodeCount, arcs)),
  );

/** Unit grid, both ways. */
export function gridArcs(side: number): Arc[] {
  const arcs: Arc[] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const node = y * side + x;
      if (x + 1 < side) arcs.push([node, node + 1, 1], [node + 1, node, 1]);
      if (y + 1 < side) arcs.push([node, node + side, 1], [node + side, node, 1]);
    }
  }
  return arcs;
}
