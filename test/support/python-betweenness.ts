import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Network } from '../../src/model/network.ts';

export type PythonLibrary = 'igraph' | 'graph-tool';

export interface PythonBetweenness {
  readonly version: string;
  /** the task alone: neither start nor reading */
  readonly seconds: number;
  readonly node: readonly number[];
  /** by arc of the network; null where the library gives none in the same call */
  readonly arc: readonly number[] | null;
}

/** Reads `tail,head,weight` lines of integers and prints one JSON object. */
const SCRIPT = `
import json, sys, time
library, path, nodes = sys.argv[1], sys.argv[2], int(sys.argv[3])
rows = [tuple(map(int, line.split(","))) for line in open(path)]
if library == "igraph":
    import igraph
    graph = igraph.Graph(n=nodes, edges=[(a, b) for a, b, _ in rows], directed=True)
    weights = [float(w) for _, _, w in rows]
    start = time.perf_counter()
    node = graph.betweenness(directed=True, weights=weights)
    seconds, version, arc = time.perf_counter() - start, igraph.__version__, None
else:
    import numpy as np
    import graph_tool.all as gt
    gt.openmp_set_num_threads(1)
    graph = gt.Graph(directed=True)
    graph.add_vertex(nodes)
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    graph.add_edge_list(table[:, :2])
    weight = graph.new_edge_property("double")
    weight.a = table[:, 2]
    start = time.perf_counter()
    v, e = gt.betweenness(graph, weight=weight, norm=False)
    seconds, version, node, arc = time.perf_counter() - start, gt.__version__, v.a.tolist(), e.a.tolist()
print(json.dumps({"version": version, "seconds": seconds, "node": node, "arc": arc}))
`;

/** Interpreters that may hold Debian's packages; another python3 may come first on the path. */
const INTERPRETERS = ['/usr/bin/python3', 'python3'];

/**
 * Betweenness by a library of Debian's python3-igraph or python3-graph-tool, one thread.
 *
 * @returns null where the library is not installed
 */
export function pythonBetweenness(network: Network, library: PythonLibrary): PythonBetweenness | null {
  const folder = mkdtempSync(join(tmpdir(), 'corridor-bench-'));
  try {
    const file = join(folder, 'arcs.csv');
    writeFileSync(file, arcLines(network));
    for (const interpreter of INTERPRETERS) {
      const options = { encoding: 'utf8', maxBuffer: 1 << 30 } as const;
      const { status, stdout } = spawnSync(interpreter, ['-c', SCRIPT, library, file, String(network.nodeCount)], options);
      if (status === 0) return JSON.parse(stdout) as PythonBetweenness;
    }
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function arcLines({ nodeCount, firstArc, arcHead, arcCost }: Network): string {
  const lines: string[] = [];
  for (let node = 0; node < nodeCount; node++) {
    const end = firstArc[node + 1] ?? 0;
    for (let arc = firstArc[node] ?? 0; arc < end; arc++) lines.push(`${node},${arcHead[arc]},${arcCost[arc]}`);
  }
  return `${lines.join('\n')}\n`;
}
