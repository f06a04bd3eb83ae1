import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { freeze, freezeMetres } from '../build/freeze.ts';
import type { GraphOptions, Imputed, RegionGraph } from '../build/graph-types.ts';
import { buildLinkGraph } from '../build/link-graph.ts';
import { buildPlainGraph, DEFAULT_NODING, type NodingOptions } from '../build/plain-graph.ts';
import { DataError, UsageError } from '../model/errors.ts';
import type { Network } from '../model/network.ts';
import { describeProblem, type Problem } from '../model/problem.ts';
import { readEdgeList } from '../read/edge-list.ts';
import { readPlainLines } from '../read/plain-geojson.ts';
import { openRegion } from './open-network.ts';
import { sliceNotes } from './slice-notes.ts';

/** A network of links and nodes alone: what topology and centrality need. */
export interface LinkNetwork {
  readonly network: Network;
  /** lengths in metres for costs; null where nodes have no place */
  readonly metres: Network | null;
  readonly notes: readonly string[];
  /** the single file it came from; empty for a region folder */
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
}

/** Whether what a person named is a single file of links rather than a region. */
export function isNetworkFile(argument: string): boolean {
  return existsSync(argument) && statSync(argument).isFile();
}

/**
 * A region, a GeoJSON file of lines (`.geojson`, `.json`) or an edge list (`.csv`).
 *
 * @throws DataError with every fault; UsageError where nothing is there
 */
export function openLinks(argument: string, options: GraphOptions, noding: NodingOptions = DEFAULT_NODING, upgrade?: string): LinkNetwork {
  if (!isNetworkFile(argument)) {
    const { region } = openRegion(argument, upgrade);
    const graph = buildLinkGraph(region, options);
    return { network: freeze(graph).network, metres: freezeMetres(graph), notes: sliceNotes(region, options), inputs: [] };
  }
  if (upgrade !== undefined) throw new UsageError('--upgrade changes a region; a single file has no upgrades');
  const inputs = fileHash(argument);
  if (argument.endsWith('.csv')) {
    const { network, problems } = readEdgeList(argument);
    return { network, metres: null, notes: problems.map(describeProblem), inputs };
  }
  const { graph, imputed, loops } = openPlainGraph(argument, noding);
  const notes = [
    `ends within ${noding.toleranceMetres} m are joined; lines that cross without a shared vertex stay apart`,
    ...imputed.map(({ kind, count }) => `imputed ${count} times: ${kind}`),
    ...(loops.length > 0 ? [`${loops.length} pieces lead back to their own node and are left out; corridor check lists them`] : []),
  ];
  return { network: freeze(graph).network, metres: freezeMetres(graph), notes, inputs };
}

/** Name and SHA-256 of a single file, as results carry them. */
export function fileHash(path: string): { file: string; sha256: string }[] {
  return [{ file: basename(path), sha256: createHash('sha256').update(readFileSync(path)).digest('hex') }];
}

/**
 * The graph of one GeoJSON file of lines, with what was suspected or left out on the way.
 *
 * @throws DataError with every fault of the file, lines without a speed among them
 */
export function openPlainGraph(
  path: string,
  noding: NodingOptions,
): { graph: RegionGraph; imputed: readonly Imputed[]; loops: readonly string[]; problems: readonly Problem[] } {
  const file = basename(path);
  const { lines, problems: found } = readPlainLines(path);
  const { graph, imputed, refused, loops } = buildPlainGraph(lines, noding);
  const problems: Problem[] = [...found];
  for (const feature of refused) {
    const expected = 'a speed in km/h, or --default-speed';
    problems.push({ severity: 'error', kind: 'missing-speed', file, feature, property: 'speed_kmh', found: 'nothing', expected });
  }
  if (problems.some((problem) => problem.severity === 'error')) throw new DataError(problems);
  for (const feature of loops) {
    const expected = 'another node at its end; left out';
    problems.push({ severity: 'warning', kind: 'self-loop', file, feature, property: 'geometry', found: 'back to its own node', expected });
  }
  return { graph, imputed, loops, problems };
}
