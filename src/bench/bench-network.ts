import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DataError, UsageError } from '../model/errors.ts';
import type { Network } from '../model/network.ts';
import { MILLISECONDS_PER_MINUTE, minutesToMilliseconds } from '../model/units.ts';
import { isTntpNet } from '../open/open-tntp.ts';
import { readEdgeList } from '../read/edge-list.ts';
import { readTntpNet } from '../read/tntp/net.ts';
import { createRandom, roadLikeNetwork } from './road-like.ts';

/** A network to measure on, and the edge list that peers read. */
export interface BenchNetwork {
  readonly name: string;
  readonly network: Network;
  readonly file: string;
  readonly close: () => void;
}

const OWN_NODES = 10_000;

/**
 * The networks named, edge lists or TNTP nets, or a road-like one of 10,000 nodes from the seed.
 *
 * @throws UsageError naming files that are not there; DataError with every fault of a file
 */
export function benchNetworks(files: readonly string[], seed: number): BenchNetwork[] {
  if (files.length === 0) return [ownNetwork(OWN_NODES, seed)];
  const absent = files.filter((file) => !existsSync(file));
  if (absent.length > 0) throw new UsageError(`--networks names ${absent.join(', ')}; expected files that are there`);
  return files.map((file) => {
    if (isTntpNet(file)) return tntpNetwork(file);
    return { name: basename(file), network: readEdgeList(file).network, file, close: () => {} };
  });
}

/** Free-flow times as minutes, rounded to whole milliseconds of at least 1; the name tells how many were raised from 0. */
function tntpNetwork(path: string): BenchNetwork {
  const { net, problems } = readTntpNet(path);
  const faults = problems.filter(({ severity }) => severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  const raised = net.links.filter(({ freeTime }) => freeTime * MILLISECONDS_PER_MINUTE < 0.5).length;
  const lines = net.links.map(({ from, to, freeTime }) => `${from},${to},${minutesToMilliseconds(freeTime)}`);
  const { file, close } = edgeFile(`from,to,weight\n${lines.join('\n')}\n`);
  const name = raised > 0 ? `${basename(path)}, times raised from 0 to 1 ms: ${raised}` : basename(path);
  return { name, network: readEdgeList(file).network, file, close };
}

/** A road-like network and its edge list in a folder of its own, which `close` takes away. */
export function ownNetwork(nodes: number, seed: number): BenchNetwork {
  const network = roadLikeNetwork(nodes, seed);
  return { name: `road-like ${nodes}, seed ${seed}`, network, ...edgeFile(edgeList(network)) };
}

function edgeFile(text: string): Pick<BenchNetwork, 'file' | 'close'> {
  const folder = mkdtempSync(join(tmpdir(), 'corridor-bench-'));
  const file = join(folder, 'edges.csv');
  writeFileSync(file, text);
  return { file, close: () => rmSync(folder, { recursive: true }) };
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
