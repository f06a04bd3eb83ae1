import { prepareCustomisation } from '../kernels/hierarchy/customisation.ts';
import { customiseHierarchy } from '../kernels/hierarchy/customise.ts';
import { buildHierarchy } from '../kernels/hierarchy/hierarchy.ts';
import { createSweeper } from '../kernels/hierarchy/sweeper.ts';
import { createTriangleMemory } from '../kernels/hierarchy/triangle-memory.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { snapshotOf } from '../model/snapshot.ts';
import { roadLikeNetwork } from './road-like.ts';

/** Bytes that each structure keeps on a road-like network, found by walking it, beside its formula. */
export function memoryTable(nodes: number, seed: number): ResultTable {
  const network = roadLikeNetwork(nodes, seed);
  const { nodeCount: n, arcCount: m } = network;
  const idBytes = network.nodeIds.reduce((sum, id) => sum + id.length, 0);
  const hierarchy = buildHierarchy(network);
  const customisation = prepareCustomisation(network);
  const customised = customiseHierarchy(customisation, network);
  const h = hierarchy.out.upper.length + hierarchy.into.upper.length;
  const e = customisation.upper.length;
  const k = customised.out.upper.length + customised.into.upper.length;
  const rows: [string, string, number, number][] = [
    [
      'snapshot of the network',
      '128 + 24 n + ids + 12 m',
      128 + 24 * n + idBytes + 12 * m,
      bytesOf(snapshotOf(network, (bytes) => new ArrayBuffer(bytes))),
    ],
    ['hierarchy', '16 n + 8 h', 16 * n + 8 * h, bytesOf(hierarchy)],
    ['topology for changing costs', '16 n + 12 e + 4 m', 16 * n + 12 * e + 4 * m, bytesOf(customisation)],
    ['customised hierarchy', '16 n + 8 k', 16 * n + 8 * k, bytesOf(customised)],
    ['working memory of a customiser', '16 n + 29 e', 16 * n + 29 * e, bytesOf(createTriangleMemory(customisation, 'costs').memory)],
    ['16-lane sweep', '72.25 n + 8 h', 72.25 * n + 8 * h, bytesOf(createSweeper(hierarchy).rows)],
  ];
  return {
    command: 'bench',
    parameters: { subjects: 'memory', seed },
    inputs: [],
    columns: [
      column('structure'),
      column('formula'),
      column('formula_bytes', 'B'),
      column('measured_bytes', 'B'),
      column('per_node', 'B', 1),
      column('per_arc', 'B', 1),
    ],
    rows: rows.map(([structure, formula, expected, found]): Cell[] => [
      structure,
      formula,
      Math.round(expected),
      found,
      found / n,
      found / m,
    ]),
    notes: [
      `n = ${n} nodes, m = ${m} arcs, h = ${h} arcs of the hierarchy (out and into), e = ${e} edges of the topology, k = ${k} arcs of the customised hierarchy`,
    ],
  };
}

/** Bytes of all array buffers that a result reaches, each once. */
function bytesOf(value: unknown, seen = new Set<unknown>()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return bytesOf(value.buffer, seen);
  if (value instanceof ArrayBuffer) return value.byteLength;
  return Object.values(value).reduce((sum: number, part) => sum + bytesOf(part, seen), 0);
}
