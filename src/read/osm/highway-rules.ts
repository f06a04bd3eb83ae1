import { OSM_CAR_CLASSES } from '../../model/classes.ts';
import type { Status } from '../../model/tables.ts';
import { carAccess } from './access.ts';
import type { SpeedTable } from './default-speeds.ts';
import { waySpeed } from './maxspeed.ts';
import { wayDirection } from './oneway.ts';
import type { Tags } from './osm-objects.ts';

/** Tracks only where they are asked for. */
export const ALL_CLASSES: readonly string[] = [...OSM_CAR_CLASSES, 'track', 'ferry'];
export const DEFAULT_CLASSES: ReadonlySet<string> = new Set([...OSM_CAR_CLASSES, 'ferry']);

/** What the rules of roads need beyond the tags. */
export interface RoadRules {
  readonly classes: ReadonlySet<string>;
  readonly speeds: SpeedTable;
  /** ISO 3166 code of two letters, or null */
  readonly country: string | null;
}

/** What a way says about the road on it. Ways of equal profiles may be joined to one link. */
export interface RoadProfile {
  readonly class: string;
  readonly name: string;
  readonly route: string;
  readonly status: Status;
  readonly oneway: boolean;
  /** km/h; null where a ferry states its duration instead */
  readonly speed: number | null;
  readonly durationMinutes: number | null;
  readonly speedFrom: 'tag' | 'implicit' | 'class' | 'duration';
  readonly lanes: number | null;
  readonly toll: boolean | null;
  readonly opened: number | null;
}

/** A way after the rules: a road, or the reason why it is none. Null: not about roads at all. */
type RoadVerdict =
  | { readonly kind: 'road'; readonly profile: RoadProfile; readonly isBackward: boolean; readonly notes: readonly string[] }
  | { readonly kind: 'dropped'; readonly reason: string }
  | null;

const LIFECYCLE = [
  ['construction', 'construction'],
  ['proposed', 'planned'],
  ['planned', 'planned'],
] as const;

/** Class and status of a way: `highway=construction` + `construction=primary`, `proposed:highway=primary`, or plain. */
export function classAndStatus(tags: Tags, key: 'highway' | 'railway'): { class: string; status: Status } | null {
  const plain = tags.get(key);
  for (const [word, status] of LIFECYCLE) {
    if (plain === word) return { class: tags.get(word) ?? word, status };
    const prefixed = tags.get(`${word}:${key}`);
    if (plain === undefined && prefixed !== undefined) return { class: prefixed, status };
  }
  return plain === undefined ? null : { class: plain, status: 'open' };
}

/** A whole number of the first value, or null. */
function wholeNumber(text: string | undefined): number | null {
  const match = /^\s*(\d{1,2})(?:\.\d)?\s*(?:;|$)/.exec(text ?? '');
  return match ? Number(match[1]) : null;
}

/** Year of `start_date` (2010, 2010-05, C19 and the like are left aside). */
function openedYear(tags: Tags): number | null {
  const match = /^(1[789]\d\d|20\d\d|21\d\d)(?:-\d\d(?:-\d\d)?)?$/.exec(tags.get('start_date') ?? '');
  return match ? Number(match[1]) : null;
}

function tollOf(tags: Tags): boolean | null {
  const toll = tags.get('toll:motorcar') ?? tags.get('toll:motor_vehicle') ?? tags.get('toll');
  return toll === undefined ? null : toll !== 'no';
}

/** Minutes of a ferry's `duration`: "00:35", "1:10:00", "PT1H30M", "35"; null where it cannot be read. */
export function durationMinutes(text: string | undefined): number | null {
  if (text === undefined) return null;
  const clock = /^(\d{1,3}):(\d\d)(?::(\d\d))?$/.exec(text.trim());
  if (clock) return positive(Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3] ?? 0) / 60);
  const iso = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(text.trim());
  if (iso) return positive(Number(iso[1] ?? 0) * 60 + Number(iso[2] ?? 0));
  return /^\d{1,4}$/.test(text.trim()) ? positive(Number(text)) : null;
}

function positive(value: number): number | null {
  return value > 0 ? value : null;
}

function ferryVerdict(tags: Tags, rules: RoadRules): RoadVerdict {
  if (!rules.classes.has('ferry')) return { kind: 'dropped', reason: 'class not asked for: ferry' };
  const { isAllowed, isStated, because } = carAccess(tags);
  if (!isAllowed) return { kind: 'dropped', reason: `ferry, ${because}` };
  if (!isStated) return { kind: 'dropped', reason: 'ferry that does not say that it takes cars' };
  return roadVerdict(tags, 'ferry', 'open', rules);
}

function roadVerdict(tags: Tags, roadClass: string, status: Status, rules: RoadRules): RoadVerdict {
  const direction = wayDirection(tags);
  if (direction === 'none') return { kind: 'dropped', reason: 'oneway=reversible: the direction changes with the hour' };
  const speed = waySpeed(tags, roadClass, rules.speeds, rules.country);
  if (!speed) return { kind: 'dropped', reason: `class without a speed: ${roadClass}` };
  const minutes = roadClass === 'ferry' ? durationMinutes(tags.get('duration')) : null;
  const profile: RoadProfile = {
    class: roadClass,
    name: tags.get('name') ?? tags.get('bridge:name') ?? '',
    route: tags.get('ref') ?? '',
    status,
    oneway: direction !== 'both',
    speed: minutes === null ? speed.kilometresPerHour : null,
    durationMinutes: minutes,
    speedFrom: minutes === null ? speed.from : 'duration',
    lanes: wholeNumber(tags.get('lanes')),
    toll: tollOf(tags),
    opened: openedYear(tags),
  };
  const notes = speed.unread.map((text) => `maxspeed not understood: ${text}`);
  if (speed.isLowerOfTwo) notes.push('maxspeed differs by direction: the lower one is used');
  if (tags.has('maxspeed:conditional')) notes.push('maxspeed:conditional left aside');
  if (CONDITIONAL_ACCESS.some((key) => tags.has(key))) notes.push('access by the hour left aside');
  return { kind: 'road', profile, isBackward: direction === 'backward', notes };
}

const CONDITIONAL_ACCESS = ['access:conditional', 'vehicle:conditional', 'motor_vehicle:conditional', 'motorcar:conditional'];

/** What a way is to the road network. */
export function readRoad(tags: Tags, rules: RoadRules): RoadVerdict {
  const found = classAndStatus(tags, 'highway');
  if (!found) return tags.get('route') === 'ferry' ? ferryVerdict(tags, rules) : null;
  const { class: roadClass, status } = found;
  if (!ALL_CLASSES.includes(roadClass) || roadClass === 'ferry') return { kind: 'dropped', reason: `not for cars: highway=${roadClass}` };
  if (!rules.classes.has(roadClass)) return { kind: 'dropped', reason: `class not asked for: ${roadClass}` };
  if (tags.get('area') === 'yes') return { kind: 'dropped', reason: 'an area, not a line' };
  if (tags.get('service') === 'emergency_access') return { kind: 'dropped', reason: 'service=emergency_access' };
  const { isAllowed, because } = carAccess(tags);
  if (!isAllowed) return { kind: 'dropped', reason: `no access by car: ${because}` };
  return roadVerdict(tags, roadClass, status, rules);
}

/** Bits of what carries a way. */
export const STRUCTURE = { bridge: 1, tunnel: 2 } as const;

export function structureOf(tags: Tags): number {
  const has = (key: string) => tags.has(key) && tags.get(key) !== 'no';
  return (has('bridge') ? STRUCTURE.bridge : 0) | (has('tunnel') ? STRUCTURE.tunnel : 0);
}
