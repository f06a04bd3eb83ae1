import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../src/kernels/seeded-random.ts';
import type { Place, Region, TurnRule } from '../../src/model/tables.ts';
import { withUserSpeeds } from '../../src/read/osm/default-speeds.ts';
import { DEFAULT_OSM_OPTIONS, importOsm, osmManifest } from '../../src/read/osm/import-osm.ts';
import { type DrivenRoute, OsmExtract, type Segment } from './osm-extract.ts';
import { keptSteps, prepareRoutino, type RoutinoStep, routinoMetres, routinoRoute, routinoTenths } from './routino.ts';

/** Why two times of a pair may differ; anything else is told in words and counts as unexplained. */
export const SAME = 'same time on one ruler';
export const ROUNDED = 'another route, as quick within its whole metres and tenths of a second';
export const UNREAD = 'Routino drives against a restriction of several from ways or via ways, which it does not read';
export const MISSED = 'two routes of Routino over a place on ours are together quicker than its one';
export const TURNED = 'ours turns round at a junction, which Routino does in dead ends only';
export const NEITHER = 'no route in either';

/** One pair: minutes and kilometres of both, and the minutes of Routino's route by our lengths and speeds. */
export interface RoutePair {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly kilometres: number;
  readonly routinoMinutes: number;
  readonly routinoKilometres: number;
  readonly routinoMinutesHere: number;
  /** segments of Routino's route, and those whose metres and speed we can work out to the last digit that it prints */
  readonly segments: number;
  readonly segmentsAgreed: number;
  readonly verdict: string;
}

export interface Comparison {
  readonly pairs: readonly RoutePair[];
  readonly junctions: number;
  readonly turns: number;
}

/** Class figures of docs/openstreetmap.md in units of 5 km/h, as test/read/osm/fixtures/routino-tagging.xml has them. */
const CLASS_UNITS = {
  ...{ motorway: 20, motorway_link: 12, trunk: 16, trunk_link: 10, primary: 12, primary_link: 8, secondary: 10, secondary_link: 7 },
  ...{ tertiary: 8, tertiary_link: 6, unclassified: 7, residential: 6, living_street: 2, road: 6, service: 3 },
};

/**
 * Times of random pairs of junctions by our importer and search, and by Routino of Debian, from the same file.
 *
 * Routino cuts each segment's length to whole metres and its time to tenths of a second, and knows speeds in whole km/h; so it is told speeds in
 * units of 5 (km/h or mph), which leaves none of them a remainder, and each route is timed once more on our ruler. A pair is explained where
 * both routes take the same time there, or where ours, timed by Routino's own rounding, is no quicker than the route it took.
 *
 * @param unitKilometresPerHour  5 where the file posts km/h, 8.04672 where it posts miles
 */
export async function compareWithRoutino(file: string, unitKilometresPerHour: number, count: number, seed: number): Promise<Comparison> {
  const classes = Object.fromEntries(Object.entries(CLASS_UNITS).map(([name, units]) => [name, units * unitKilometresPerHour]));
  const speeds = withUserSpeeds({ classes, implicit: {}, countries: {} });
  const { region, boundingBox } = await importOsm(file, { ...DEFAULT_OSM_OPTIONS, classes: new Set(Object.keys(CLASS_UNITS)), speeds });
  const rows: Region = {
    ...{ ...region, zones: [], junctions: [...region.junctions], roads: [...region.roads] },
    manifest: osmManifest('r', 'r', [], boundingBox, file),
  };
  const extract = new OsmExtract(rows);
  const folder = mkdtempSync(join(tmpdir(), 'corridor-routino-'));
  try {
    prepareRoutino(file, folder);
    const random = seededRandom(seed);
    const world: World = { extract, folder, turns: rows.turns ?? [], unit: unitKilometresPerHour };
    const anyJunction = () => extract.junctions[random.below(extract.junctions.length)] as Place;
    const pairs: RoutePair[] = [];
    while (pairs.length < count) {
      const [from, to] = [anyJunction(), anyJunction()];
      if (from.id !== to.id && extract.isAlone(from) && extract.isAlone(to)) pairs.push(comparePair(world, from, to));
    }
    return { pairs, junctions: extract.junctions.length, turns: rows.turns?.length ?? 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * Seconds of a route by Routino's figures, whose clock at a unit's number of km/h runs `unit` times too long: at least with tenths cut off at every segment, at most with none cut off. What its search goes by
 * lies between, because it cuts once for each run of segments between its super-nodes.
 */
function routinoSeconds(driven: readonly Segment[], unit: number): { least: number; most: number } {
  const figures = driven.map((segment) => {
    const [metres, units] = [routinoMetres(segment.from, segment.to), Math.round(segment.kilometresPerHour / unit)];
    return { least: routinoTenths(metres, units) / 10, most: (metres / units) * 3.6 };
  });
  return { least: sum(figures.map(({ least }) => least)), most: sum(figures.map(({ most }) => most)) };
}

function turnsRound(driven: readonly Segment[]): boolean {
  return driven.some(({ from }, index) => driven[index + 1]?.to.join() === from.join());
}

/** What the pairs of an extract share. */
interface World {
  readonly extract: OsmExtract;
  readonly folder: string;
  readonly turns: readonly TurnRule[];
  readonly unit: number;
}

const hours = (driven: readonly Segment[]) => sum(driven.map(({ kilometres, kilometresPerHour }) => kilometres / kilometresPerHour));

/** Why Routino's route, laid on our segments, is not as quick as ours. */
function verdictOf(world: World, ours: DrivenRoute, here: readonly Segment[] | null, [from, to]: readonly [Place, Place]): string {
  if (here === null) return 'Routino uses a segment that is closed or absent here';
  const seconds = hours(here) * 3600 - ours.milliseconds / 1000;
  // each link is rounded to a millisecond, and its length to a millimetre
  const links = ours.segments.filter(({ link }, index) => link !== ours.segments[index - 1]?.link).length;
  if (Math.abs(seconds) <= links * 0.001) return SAME;
  if (seconds < 0) {
    const broken = world.turns.filter((rule) => isBroken(rule, here));
    if (broken.length > 0 && broken.every(({ id, path }) => id.includes('.') || path.length > 2)) return UNREAD;
    return `Routino's route is ${(-seconds).toFixed(1)} s quicker, and closed here`;
  }
  if (routinoSeconds(ours.segments, world.unit).most >= routinoSeconds(here, world.unit).least) return ROUNDED;
  if (turnsRound(ours.segments)) return TURNED;
  if (isMissed(world, ours.segments, here, [from, to])) return MISSED;
  return `ours is ${seconds.toFixed(1)} s quicker, and closed in Routino`;
}

/** Whether a route drives the whole path of a forbidden turn, or the beginning of a compulsory one and then something else. */
function isBroken({ effect, path }: TurnRule, driven: readonly Segment[]): boolean {
  const links = driven
    .map(({ link, isBackward }) => `${link}${isBackward ? '<' : '>'}`)
    .filter((step, index, all) => step !== all[index - 1]);
  const begun = path.slice(0, -1).join();
  return links.some((_step, start) => {
    const next = links[start + path.length - 1];
    if (next === undefined || links.slice(start, start + path.length - 1).join() !== begun) return false;
    return (next === path.at(-1)) === (effect === 'no');
  });
}

/** Whether Routino, asked for the way to and from a place on the part of ours that its route lacks, needs less time for both than for its one. */
function isMissed(
  { folder, unit }: World,
  ours: readonly Segment[],
  here: readonly Segment[],
  [from, to]: readonly [Place, Place],
): boolean {
  const isIn = (driven: readonly Segment[], segment: Segment) => driven.some((other) => other.to.join() === segment.to.join());
  const lacking = ours.filter((segment) => !isIn(here, segment));
  const middle = lacking[lacking.length >> 1];
  if (!middle) return false;
  const over = { longitude: middle.to[0], latitude: middle.to[1] };
  const halves = [routinoRoute(folder, from, over), routinoRoute(folder, over, to)];
  if (halves.some((half) => half === null)) return false;
  const minutes = sum(halves.flatMap((half) => (half ?? []).map((step) => step.minutes))) / unit;
  // its printed minutes are rounded to hundredths, step by step
  return minutes * 60 < routinoSeconds(here, unit).least / unit - 0.3;
}

function comparePair(world: World, from: Place, to: Place): RoutePair {
  const { extract, folder, unit } = world;
  const ours = extract.route(from.id, to.id);
  const theirs = routinoRoute(folder, from, to);
  const here = theirs === null ? null : onOurRuler(extract, from, theirs);
  const steps = theirs?.slice(1) ?? [];
  const agreed = (here ?? []).filter((segment, index) => isAgreed(segment, steps[index], unit));
  return {
    from: from.id,
    to: to.id,
    minutes: ours === null ? NaN : ours.milliseconds / 60_000,
    kilometres: ours === null ? NaN : sum(ours.segments.map(({ kilometres }) => kilometres)),
    routinoMinutes: theirs === null ? NaN : sum(steps.map(({ minutes }) => minutes)) / unit,
    routinoKilometres: theirs === null ? NaN : sum(steps.map(({ metres }) => metres)) / 1000,
    routinoMinutesHere: here === null ? NaN : hours(here) * 60,
    segments: steps.length,
    segmentsAgreed: agreed.length,
    verdict: ours && theirs ? verdictOf(world, ours, here, [from, to]) : ours === theirs ? NEITHER : `only ${ours ? 'here' : 'in Routino'}`,
  };
}

/** Whether Routino's metres and hundredths of a minute of a segment are what our places and our speed give under its rounding. */
function isAgreed(segment: Segment, step: RoutinoStep | undefined, unit: number): boolean {
  const metres = routinoMetres(segment.from, segment.to);
  const minutes = routinoTenths(metres, Math.round(segment.kilometresPerHour / unit)) / 600;
  return step !== undefined && metres === step.metres && Math.abs(minutes - step.minutes) <= 0.0051;
}

/**
 * Routino's route as segments of ours, or null where one is missing. It names places to six decimals of its own rounding, so a step may fit more
 * than one position: all that roads lead to are followed, and the quickest chain is taken.
 */
function onOurRuler(extract: OsmExtract, from: Place, steps: readonly RoutinoStep[]): Segment[] | null {
  let chains = new Map<string, { at: readonly [number, number]; hours: number; driven: Segment[] }>();
  chains.set('', { at: [from.longitude, from.latitude], hours: 0, driven: [] });
  for (const step of keptSteps(steps)) {
    const next: typeof chains = new Map();
    for (const { at, hours, driven } of chains.values()) {
      for (const segment of extract.leaving(at)) {
        if (!step.fits(segment.to)) continue;
        const key = segment.to.join();
        const total = hours + segment.kilometres / segment.kilometresPerHour;
        if (total < (next.get(key)?.hours ?? Number.POSITIVE_INFINITY))
          next.set(key, { at: segment.to, hours: total, driven: [...driven, segment] });
      }
    }
    chains = next;
  }
  const best = [...chains.values()].sort((a, b) => a.hours - b.hours)[0];
  return best?.driven ?? null;
}
