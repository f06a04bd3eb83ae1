import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { freeze, freezeMetres } from '../build/freeze.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import { buildLinkGraph } from '../build/link-graph.ts';
import { buildPlainGraph, DEFAULT_NODING, type NodingOptions } from '../build/plain-graph.ts';
import { DataError, UsageError } from '../model/errors.ts';
import type { Network } from '../model/network.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import { readEdgeList } from '../read/edge-list.ts';
import { readPlainLines } from '../read/plain-geojson.ts';
import { openRegion } from './open-network.ts';

/** A network of links and nodes alone: what topology and centrality need. */
export interface LinkNetwork {
  readonly network: Network;
  /** lengths in metres for costs; null where nodes have no place */
  readonly metres: Network | null;
  readonly notes: readonly string[];
  /** the single file it came from; empty for a region folder */
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
}

/**
 * A region, a GeoJSON file of lines (`.geojson`, `.json`) or an edge list (`.csv`).
 *
 * @throws DataError with every fault; UsageError where nothing is there
 */
export function openLinks(argument: string, options: GraphOptions, noding: NodingOptions = DEFAULT_NODING, upgrade?: string): LinkNetwork {
  const isFile = existsSync(argument) && statSync(argument).isFile();
  if (!isFile) {
    const graph = buildLinkGraph(openRegion(argument, upgrade).region, options);
    return { network: freeze(graph).network, metres: freezeMetres(graph), notes: [], inputs: [] };
  }
  if (upgrade !== undefined) throw new UsageError('--upgrade changes a region; a single file has no upgrades');
  const sha256 = createHash('sha256').update(readFileSync(argument)).digest('hex');
  const inputs = [{ file: basename(argument), sha256 }];
  if (argument.endsWith('.csv')) {
    const { network, problems } = readEdgeList(argument);
    return { network, metres: null, notes: problems.map(describeProblem), inputs };
  }
  const { lines, problems } = readPlainLines(argument);
  const { graph, imputed, refused, loops } = buildPlainGraph(lines, noding);
  const faults: Problem[] = problems.filter((problem) => problem.severity === 'error');
  for (const feature of refused) {
    const file = basename(argument);
    const expected = 'a speed in km/h, or --default-speed';
    faults.push({ severity: 'error', kind: 'missing-speed', file, feature, property: 'speed_kmh', found: 'nothing', expected });
  }
  if (faults.length > 0) throw new DataError(faults);
  const notes = [
    `ends within ${noding.toleranceMetres} m are joined; lines that cross without a shared vertex stay apart`,
    ...imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`),
    ...(loops.length > 0 ? [`left out, they lead back to their own node: ${loops.join(', ')}`] : []),
  ];
  return { network: freeze(graph).network, metres: freezeMetres(graph), notes, inputs };
}
