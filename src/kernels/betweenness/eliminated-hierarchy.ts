import { NONE } from './arc-lists.ts';
import { type CountedArcs, NO_ARC } from './counted-arcs.ts';
import { type CustomisedPaths, customisePaths, type EdgeSide, forEachTriangle } from './customise-paths.ts';
import { type ArcParts, type CountedHierarchy, holders } from './path-hierarchy.ts';

/** A path hierarchy by elimination; null where that makes too many triangles: see customisePaths. Ranks are positions read backwards. */
export function eliminateHierarchy(arcs: CountedArcs): CountedHierarchy | null {
  const customised = customisePaths(arcs);
  if (!customised) return null;
  const { topology, out, into } = customised;
  const last = arcs.nodeCount - 1;
  const up = keptArcs(customised, out);
  const down = keptArcs(customised, into);
  const hierarchy = {
    nodeCount: arcs.nodeCount,
    firstUp: up.first,
    upHead: up.edges.map((edge) => last - topology.upper[edge]!),
    upCost: up.edges.map((edge) => out.cost[edge]!),
    upCount: Float64Array.from(up.edges, (edge) => out.count[edge]!),
    firstDown: down.first,
    downTail: down.edges.map((edge) => last - topology.upper[edge]!),
    downCost: down.edges.map((edge) => into.cost[edge]!),
    downCount: Float64Array.from(down.edges, (edge) => into.count[edge]!),
  };
  const base = new Uint32Array(up.edges.length + down.edges.length).fill(NO_ARC);
  up.edges.forEach((edge, arc) => {
    if (out.base[edge] !== NONE) base[arc] = out.base[edge]!;
  });
  down.edges.forEach((edge, arc) => {
    if (into.base[edge] !== NONE) base[up.edges.length + arc] = into.base[edge]!;
  });
  const parts = {
    nodeOfRank: topology.nodeAt.slice().reverse(),
    rankOfNode: topology.positionOf.map((position) => last - position),
    base,
    holder: holders(hierarchy),
    ...tightParts(customised, up.edges, down.edges),
  };
  return { hierarchy, parts };
}

/** Kept edges by the rank of their lower end. */
function keptArcs({ topology }: CustomisedPaths, side: EdgeSide): { first: Uint32Array; edges: Uint32Array } {
  const { nodeCount, first } = topology;
  const start = new Uint32Array(nodeCount + 1);
  const edges: number[] = [];
  for (let rank = 0; rank < nodeCount; rank++) {
    const position = nodeCount - 1 - rank;
    for (let edge = first[position]!; edge < first[position + 1]!; edge++) if (side.isKept[edge] === 1) edges.push(edge);
    start[rank + 1] = edges.length;
  }
  return { first: start, edges: Uint32Array.from(edges) };
}

/** The two arcs of each triangle that is as short as its third arc. */
function tightParts(
  { topology, out, into }: CustomisedPaths,
  upEdges: Uint32Array,
  downEdges: Uint32Array,
): Pick<ArcParts, 'firstPart' | 'partFirst' | 'partSecond'> {
  const outArc = new Uint32Array(topology.upper.length);
  const intoArc = new Uint32Array(topology.upper.length);
  upEdges.forEach((edge, arc) => {
    outArc[edge] = arc;
  });
  downEdges.forEach((edge, arc) => {
    intoArc[edge] = upEdges.length + arc;
  });
  const whole: number[] = [];
  const first: number[] = [];
  const second: number[] = [];
  forEachTriangle(topology, (base, side, edge) => {
    if (out.isKept[edge] === 1 && into.cost[base]! + out.cost[side]! === out.cost[edge]) {
      whole.push(outArc[edge]!);
      first.push(intoArc[base]!);
      second.push(outArc[side]!);
    }
    if (into.isKept[edge] === 1 && into.cost[side]! + out.cost[base]! === into.cost[edge]) {
      whole.push(intoArc[edge]!);
      first.push(intoArc[side]!);
      second.push(outArc[base]!);
    }
  });
  return groupByWhole(upEdges.length + downEdges.length, whole, first, second);
}

function groupByWhole(
  arcCount: number,
  whole: readonly number[],
  first: readonly number[],
  second: readonly number[],
): Pick<ArcParts, 'firstPart' | 'partFirst' | 'partSecond'> {
  const firstPart = new Uint32Array(arcCount + 1);
  for (const arc of whole) firstPart[arc + 1]!++;
  for (let arc = 0; arc < arcCount; arc++) firstPart[arc + 1]! += firstPart[arc]!;
  const next = firstPart.slice(0, arcCount);
  const partFirst = new Uint32Array(whole.length);
  const partSecond = new Uint32Array(whole.length);
  whole.forEach((arc, index) => {
    const part = next[arc]!++;
    partFirst[part] = first[index]!;
    partSecond[part] = second[index]!;
  });
  return { firstPart, partFirst, partSecond };
}
