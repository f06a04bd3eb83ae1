import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { outputOf } from './tools.ts';

/** Rules and speeds of docs/openstreetmap.md, written for Routino; beside the sources, because tsc copies no XML. */
const fixture = (name: string) => fileURLToPath(new URL(`../../../test/read/osm/fixtures/${name}`, import.meta.url));

/** Whether Routino of Debian (3.3) is on the machine. It has no --version of its own that ends with 0 everywhere, so its help is asked. */
export function hasRoutino(): boolean {
  return ['planetsplitter', 'routino-router'].every((program) => spawnSync(program, ['--help']).error === undefined);
}

/** A step of a route: the place it leads to, its whole metres and its printed minutes (two decimals), as Routino has them. */
export interface RoutinoStep {
  readonly longitude: number;
  readonly latitude: number;
  readonly metres: number;
  readonly minutes: number;
}

/** Prepare an extract for routino-router in a folder: every node kept, no pruning. */
export function prepareRoutino(file: string, folder: string): void {
  outputOf('planetsplitter', [`--dir=${folder}`, `--tagging=${fixture('routino-tagging.xml')}`, '--prune-none', file]);
}

type Position = readonly [number, number];
type Place = { readonly longitude: number; readonly latitude: number };

/** The quickest route by car from place to place, node by node; null where there is none. The first step is the start, without a length. */
export function routinoRoute(folder: string, from: Place, to: Place): RoutinoStep[] | null {
  const places = [`--lat1=${from.latitude}`, `--lon1=${from.longitude}`, `--lat2=${to.latitude}`, `--lon2=${to.longitude}`];
  const files = [`--dir=${folder}`, `--profiles=${fixture('routino-profiles.xml')}`, '--profile=car', '--transport=motorcar'];
  const { status, stdout, stderr } = spawnSync(
    'routino-router',
    [...files, '--quickest', '--exact-nodes-only', '--output-text-all', '--output-stdout', ...places],
    { encoding: 'utf8', maxBuffer: 1e8 },
  );
  if (status !== 0) {
    if (/Cannot find .*route compatible with profile/.test(stdout + stderr)) return null;
    throw new Error(`routino-router: ${stdout}${stderr}`);
  }
  const rows = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return rows.map((line) => {
    const [latitude, longitude, , , kilometres, minutes] = line.split('\t').map((cell) => Number(cell));
    return {
      longitude: longitude ?? NaN,
      latitude: latitude ?? NaN,
      metres: Math.round((kilometres ?? NaN) * 1000),
      minutes: minutes ?? NaN,
    };
  });
}

const RADIANS = Math.PI / 180;
/** Routino keeps places in whole 67,108,864ths of a radian. */
const STEPS_A_RADIAN = 1024 * 65536;

/** Whole metres that Routino gives a segment: the haversine on a sphere of 6378.137 km between its rounded places, cut off. */
export function routinoMetres(a: Position, b: Position): number {
  const kept = (degrees: number) => Math.floor(degrees * RADIANS * STEPS_A_RADIAN + 0.5) / STEPS_A_RADIAN;
  const [latitudeA, latitudeB] = [kept(a[1]), kept(b[1])];
  const north = Math.sin((latitudeA - latitudeB) / 2);
  const east = Math.sin((kept(a[0]) - kept(b[0])) / 2);
  const chord = north * north + Math.cos(latitudeA) * Math.cos(latitudeB) * east * east;
  return Math.floor(6378.137 * 1000 * 2 * Math.asin(Math.sqrt(chord)));
}

/** Tenths of a second that Routino gives a segment at a speed in whole km/h, cut off. */
export function routinoTenths(metres: number, kilometresPerHour: number): number {
  return Math.floor((metres / kilometresPerHour) * 36);
}

/** The steps after the start, each with a test of whether a position is the one it names. */
export function keptSteps(steps: readonly RoutinoStep[]): { readonly fits: (position: Position) => boolean }[] {
  // half a step of Routino's grid and half a unit of its sixth decimal
  const tolerance = 0.5 / STEPS_A_RADIAN / RADIANS + 0.51e-6;
  return steps.slice(1).map(({ longitude, latitude }) => ({
    fits: ([x, y]) => Math.abs(x - longitude) <= tolerance && Math.abs(y - latitude) <= tolerance,
  }));
}
