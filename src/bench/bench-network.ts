import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Network } from '../model/network.ts';
import { readEdgeList } from '../read/edge-list.ts';
import { createRandom, roadLikeNetwork } from './road-like.ts';

/** A network to measure on, and the edge list that peers read. */
export interface BenchNetwork {
  readonly name: string;
  readonly network: Network;
  readonly file: string;
  readonly close: () => void;
}

const OWN_NODES = 10_000;

/** The networks named, or a road-like one of 10,000 nodes from the seed. */
export function benchNetworks(files: readonly string[], seed: number): BenchNetwork[] {
  if (files.length === 0) return [ownNetwork(OWN_NODES, seed)];
  return files.map((file) => ({ name: basename(file), network: readEdgeList(file).network, file, close: () => {} }));
}

/** A road-like network and its edge list in a folder of its own, which `close` takes away. */
export function ownNetwork(nodes: number, seed: number): BenchNetwork {
  const network = roadLikeNetwork(nodes, seed);
  const folder = mkdtempSync(join(tmpdir(), 'corridor-bench-'));
  const file = join(folder, 'edges.csv');
  writeFileSync(file, edgeList(network));
  return { name: `road-like ${nodes}, seed ${seed}`, network, file, close: () => rmSync(folder, { recursive: true }) };
}

function edgeList({ nodeCount, firstArc, arcHead, arcCost, nodeIds }: Network): string {
  const lines = ['from,to,weight'];
  for (let node = 0; node < nodeCount; node++) {
    const end = firstArc[node + 1] ?? 0;
    for (let arc = firstArc[node] ?? 0; arc < end; arc++) lines.push(`${nodeIds[node]},${nodeIds[arcHead[arc] ?? 0]},${arcCost[arc]}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Different nodes drawn from a seed. */
export function drawNodes(nodeCount: number, count: number, seed: number): Uint32Array {
  const random = createRandom(seed);
  const drawn = new Set<number>();
  while (drawn.size < Math.min(count, nodeCount)) drawn.add(Math.floor(random() * nodeCount));
  return Uint32Array.from(drawn);
}
