import { UNREACHED } from '../../model/network.ts';
import type { Parts, TriangleMemory, TriangleRows, TriangleSteps } from './triangle-memory.ts';

/** The walks of assembly/triangles.ts in plain TypeScript: where WebAssembly SIMD is missing, and to hold it against. */
export function plainTriangles(memory: TriangleMemory): TriangleSteps {
  return {
    rise: () => rise(memory),
    riseCounted: () => riseCounted(memory),
    press: () => press(memory, false),
    pressKeepingTies: () => press(memory, true),
    gather: (direction) => gather(memory, direction),
    countParts: () =>
      forEachTightTriangle(memory, (whole) => {
        memory.nextPart[memory.arcOf[whole]!]!++;
      }),
    layParts: (partCount) => layParts(memory, partCount),
  };
}

/**
 * Visit every triangle, those of the least important middle first: `base` joins the least important node to the middle one, `side` to the
 * most important one, `edge` the middle one to the most important one. When `edge` is visited, `base` and `side` have had all their turns.
 */
function forEachTriangle(
  { nodeCount, first, upper, firstLower, lowerEdge, lower }: TriangleRows,
  visit: (base: number, side: number, edge: number) => void,
): void {
  const edgeTo = new Uint32Array(nodeCount);
  for (let middle = nodeCount - 1; middle >= 0; middle--) {
    for (let edge = first[middle]!; edge < first[middle + 1]!; edge++) edgeTo[upper[edge]!] = edge;
    for (let index = firstLower[middle]!; index < firstLower[middle + 1]!; index++) {
      const base = lowerEdge[index]!;
      // rows are sorted, and the middle is the less important of the two upper ends
      for (let side = first[lower[base]!]!; side < base; side++) visit(base, side, edgeTo[upper[side]!]!);
    }
  }
}

function rise({ rows, cost }: TriangleMemory): void {
  forEachTriangle(rows, (base, side, edge) => {
    const rising = cost[base * 2 + 1]! + cost[side * 2]!;
    const falling = cost[side * 2 + 1]! + cost[base * 2]!;
    if (rising < cost[edge * 2]!) cost[edge * 2] = rising;
    if (falling < cost[edge * 2 + 1]!) cost[edge * 2 + 1] = falling;
  });
}

function riseCounted({ rows, cost, count }: TriangleMemory): void {
  const offer = (pair: number, through: number, ways: number): void => {
    if (through > cost[pair]! || through >= UNREACHED) return;
    count[pair] = through === cost[pair] ? count[pair]! + ways : ways;
    cost[pair] = through;
  };
  forEachTriangle(rows, (base, side, edge) => {
    offer(edge * 2, cost[base * 2 + 1]! + cost[side * 2]!, count[base * 2 + 1]! * count[side * 2]!);
    offer(edge * 2 + 1, cost[side * 2 + 1]! + cost[base * 2]!, count[side * 2 + 1]! * count[base * 2]!);
  });
}

function press({ rows, cost, best, kept }: TriangleMemory, keepsTies: boolean): void {
  const { nodeCount, first, upper, firstLower, lowerEdge, lower } = rows;
  const edgeTo = new Uint32Array(nodeCount);
  best.fill(UNREACHED);
  const settle = (pair: number): boolean => {
    const own = cost[pair]!;
    const isKept = own < best[pair]! || (keepsTies && own === best[pair] && own !== UNREACHED);
    if (isKept) best[pair] = own;
    return isKept;
  };
  for (let middle = 0; middle < nodeCount; middle++) {
    for (let edge = first[middle]!; edge < first[middle + 1]!; edge++) {
      edgeTo[upper[edge]!] = edge;
      kept[edge] = (settle(edge * 2) ? 1 : 0) + (settle(edge * 2 + 1) ? 2 : 0);
    }
    for (let index = firstLower[middle]!; index < firstLower[middle + 1]!; index++) {
      const base = lowerEdge[index]!;
      const [baseOut, baseInto] = [cost[base * 2]!, cost[base * 2 + 1]!];
      let [leastOut, leastInto] = [best[base * 2]!, best[base * 2 + 1]!];
      for (let side = first[lower[base]!]!; side < base; side++) {
        const edge = edgeTo[upper[side]!]!;
        const [up, down] = [best[edge * 2]!, best[edge * 2 + 1]!];
        if (baseOut + up < best[side * 2]!) best[side * 2] = baseOut + up;
        if (down + baseInto < best[side * 2 + 1]!) best[side * 2 + 1] = down + baseInto;
        leastOut = Math.min(leastOut, cost[side * 2]! + down);
        leastInto = Math.min(leastInto, up + cost[side * 2 + 1]!);
      }
      best[base * 2] = leastOut;
      best[base * 2 + 1] = leastInto;
    }
  }
}

function gather({ rows, cost, best, kept, row }: TriangleMemory, direction: 0 | 1): number {
  const { nodeCount, first, upper } = rows;
  let arc = 0;
  row[0] = 0;
  for (let position = 0; position < nodeCount; position++) {
    for (let edge = first[position]!; edge < first[position + 1]!; edge++) {
      if (((kept[edge]! >> direction) & 1) === 0) continue;
      best[arc] = upper[edge]!;
      best[upper.length + arc++] = cost[edge * 2 + direction]!;
    }
    row[position + 1] = arc;
  }
  return arc;
}

/** Kept edges, and the first and second pair of each way over a less important node that equals them. */
function forEachTightTriangle({ rows, cost, kept }: TriangleMemory, visit: (whole: number, first: number, second: number) => void): void {
  forEachTriangle(rows, (base, side, edge) => {
    const out = edge * 2;
    if (kept[edge]! & 1 && cost[base * 2 + 1]! + cost[side * 2]! === cost[out]) visit(out, base * 2 + 1, side * 2);
    if (kept[edge]! & 2 && cost[side * 2 + 1]! + cost[base * 2]! === cost[out + 1]) visit(out + 1, side * 2 + 1, base * 2);
  });
}

function layParts(memory: TriangleMemory, partCount: number): Parts {
  const { arcOf, nextPart } = memory;
  const parts = { first: new Uint32Array(partCount), second: new Uint32Array(partCount) };
  forEachTightTriangle(memory, (whole, first, second) => {
    const part = nextPart[arcOf[whole]!]!++;
    parts.first[part] = arcOf[first]!;
    parts.second[part] = arcOf[second]!;
  });
  return parts;
}
