import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { KEEP_NOTHING, type KeptParts } from '../model/kept-parts.ts';
import { CORRIDOR_VERSION } from '../model/version.ts';
import { regionFolder } from '../open/open-network.ts';
import { inputHashes, sha256, writeWhole } from './output.ts';

/** What two runs must share for parts of one to serve the other. */
export interface RunIdentity {
  readonly command: string;
  /** every option that the parts depend on */
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
}

/** Options that no part depends on. */
const ONLY_OUTPUT = new Set(['resume', 'quiet', 'format', 'out']);

/** What a call of a command is known by: its options, and the hashes of the regions and files that it reads. */
export function runIdentity(
  command: string,
  options: object & { readonly upgrade?: string; readonly network?: string | undefined },
  regions: readonly string[],
  files: readonly (string | undefined)[],
): RunIdentity {
  const known = Object.entries(options).filter(([name]) => !ONLY_OUTPUT.has(name));
  const ofRegions = [...new Set(regions)].flatMap((name, position) =>
    inputHashes(regionFolder(name), position === 0 ? options.upgrade : undefined).map(({ file, sha256 }) => ({
      file: `${basename(name)}/${file}`,
      sha256,
    })),
  );
  const others = files.flatMap((path) => (path === undefined ? [] : [{ file: basename(path), sha256: sha256(path) }]));
  return { command, options: Object.fromEntries(known), inputs: [...ofRegions, ...others] };
}

const RUN_FILE = 'run.json';
const PART_FILE = /^part-(\d{6,})\.jsonl$/;
/** Finished parts wait this long for one another before they are written: what a stop loses at most, beside the part in work. */
const MOST_WAIT_MILLISECONDS = 250;

/** The option of every command that can be stopped and gone on with. */
export const RESUME_OPTION = [
  '--resume <folder>',
  'keep finished parts there; the same command started again after a stop goes on from them and gives the same bytes',
] as const;

/**
 * Parts of a run in a folder: `run.json` says which run, `part-000001.jsonl` and on hold its parts, each file written whole and renamed, with
 * the SHA-256 of its lines as its first line. A file that a failing disk cut short is left aside and its parts are computed again.
 *
 * @throws UsageError where the folder holds another run, naming what differs, or anything that is no run
 */
export function resumeFolder(folder: string | undefined, identity: RunIdentity): KeptParts {
  if (folder === undefined) return KEEP_NOTHING;
  openRun(folder, identity);
  const kept = new Map<string, unknown>();
  let number = 0;
  for (const file of readdirSync(folder).sort()) {
    const match = PART_FILE.exec(file);
    if (!match) continue;
    number = Math.max(number, Number(match[1]));
    for (const [name, value] of partsOf(join(folder, file))) kept.set(name, value);
  }
  let waiting: string[] = [];
  let written = Date.now();
  const write = () => {
    number += 1;
    const lines = waiting.join('\n');
    writeWhole(join(folder, `part-${String(number).padStart(6, '0')}.jsonl`), `${digest(lines)}\n${lines}`);
    waiting = [];
    written = Date.now();
  };
  const part = <T>(name: string, compute: () => T, coded: (value: T) => unknown, decoded: (stored: unknown) => T): T => {
    if (kept.has(name)) {
      const value = decoded(kept.get(name));
      kept.delete(name);
      return value;
    }
    const value = compute();
    waiting.push(JSON.stringify([name, coded(value)], finite));
    if (Date.now() - written >= MOST_WAIT_MILLISECONDS) write();
    return value;
  };
  return {
    part: <T>(name: string, compute: () => T) =>
      part(
        name,
        compute,
        (value) => value,
        (stored) => stored as T,
      ),
    words: (name, compute) => part(name, compute, base64Of, (stored) => wordsOf(String(stored))),
  };
}

/** Little-endian bytes of words as base64. */
function base64Of(words: Uint32Array): string {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => {
    bytes.writeUInt32LE(word, index * 4);
  });
  return bytes.toString('base64');
}

function wordsOf(text: string): Uint32Array {
  const bytes = Buffer.from(text, 'base64');
  return Uint32Array.from({ length: bytes.length / 4 }, (_none, index) => bytes.readUInt32LE(index * 4));
}

/** JSON would turn these into null without a word. */
function finite(this: unknown, key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`a kept part holds ${value} at "${key}"; expected finite numbers`);
  return value;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function partsOf(path: string): [name: string, value: unknown][] {
  const text = readFileSync(path, 'utf8');
  const end = text.indexOf('\n');
  const lines = text.slice(end + 1);
  if (end < 0 || digest(lines) !== text.slice(0, end)) return [];
  return lines.split('\n').map((line) => JSON.parse(line));
}

/** What a run is known by, flat: one text a name, so that a difference can be told by name. */
function describe({ command, options, inputs }: RunIdentity): Record<string, string> {
  const known: Record<string, string> = { command, corridor: CORRIDOR_VERSION, node: process.version };
  for (const name of Object.keys(options).sort()) {
    if (options[name] !== undefined) known[`option ${name}`] = String(options[name]);
  }
  for (const { file, sha256 } of inputs) known[`file ${file}`] = sha256;
  return known;
}

function openRun(folder: string, identity: RunIdentity): void {
  const now = describe(identity);
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new UsageError(`--resume is ${folder}, a file; expected a folder`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, RUN_FILE);
  if (!existsSync(path)) {
    const others = readdirSync(folder).filter((name) => !name.endsWith('.part'));
    if (others.length > 0) throw new UsageError(`--resume ${folder} holds ${others[0]} and no run; expected an empty or a new folder`);
    writeWhole(path, `${JSON.stringify(now, null, 1)}\n`);
    return;
  }
  const before = readRun(path);
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => before[name] !== now[name]);
  if (names.length === 0) return;
  const differences = names.map((name) => `${name} was ${before[name] ?? 'not given'}, is ${now[name] ?? 'not given'}`);
  throw new UsageError(
    `--resume ${folder} holds another run: ${differences.join('; ')}; expected the same options and files, or another folder`,
  );
}

function readRun(path: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`--resume: ${path} is not the file of a run; expected an empty or a new folder`);
  }
}
