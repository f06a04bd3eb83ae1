import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BenchOptions } from './bench-row.ts';

const LIBRARIES = ['igraph', 'graph-tool'] as const;
export type PeerLibrary = (typeof LIBRARIES)[number];

/** A library that is running with its graph built, waiting to be timed. */
export interface Peer {
  readonly who: string;
  /** seconds of the task alone, without reading the file or building the graph */
  readonly run: () => Promise<{ readonly seconds: number; readonly checksum: number }>;
  readonly close: () => void;
}

export interface PeerFound {
  readonly library: PeerLibrary;
  readonly version: string;
  readonly interpreter: string;
}

/** The interpreter of the path, and the system's own where another one comes first: packages belong to one of them. */
const INTERPRETERS = ['python3', '/usr/bin/python3'];

/** peers.py lies beside the sources, whichever of src/ and dist/ runs. */
function scriptPath(): string {
  const beside = fileURLToPath(new URL('./peers.py', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../../src/bench/peers.py', import.meta.url));
}

/** Peers of Debian's python3-igraph and python3-graph-tool that this machine has, with their versions. */
export function peersFound(): PeerFound[] {
  return LIBRARIES.flatMap((library) => {
    for (const interpreter of INTERPRETERS) {
      const { status, stdout } = spawnSync(interpreter, [scriptPath(), library, 'version'], { encoding: 'utf8' });
      if (status === 0) return [{ library, version: stdout.trim(), interpreter }];
    }
    return [];
  });
}

/** Peers that are left out, since this machine has none of their packages. */
export function peersAbsent(found: readonly PeerFound[]): PeerLibrary[] {
  return LIBRARIES.filter((name) => !found.some(({ library }) => library === name));
}

/**
 * Start a peer on an edge list.
 *
 * @param sources  node ids
 */
export function startPeer(
  { library, version, interpreter }: PeerFound,
  task: 'trees' | 'closeness' | 'betweenness',
  file: string,
  sources: readonly string[],
  clock: BenchOptions['clock'],
): Peer {
  const child = spawn(interpreter, [scriptPath(), library, task, file, sources.join(',')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    who: `${library} ${version}`,
    run: async () => {
      child.stdin.write('\n');
      const { value, done } = await lines.next();
      if (done) throw new Error(`${library} ended without an answer for ${task} on ${file}`);
      const answer: { seconds: number; processor_seconds: number; checksum: number } = JSON.parse(value);
      return { seconds: clock === 'processor' ? answer.processor_seconds : answer.seconds, checksum: answer.checksum };
    },
    close: () => child.stdin.end(),
  };
}
