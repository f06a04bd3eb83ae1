import { classSpeed, type SpeedTable } from './default-speeds.ts';
import type { Tags } from './osm-objects.ts';

const KILOMETRES_PER_MILE = 1.609344;
const KILOMETRES_PER_NAUTICAL_MILE = 1.852;

export interface Speed {
  readonly kilometresPerHour: number;
  /** tag: a number; implicit: a word such as CN:urban, walk, none; class: our table by class */
  readonly from: 'tag' | 'implicit' | 'class';
}

const NUMBER = /^(\d+(?:[.,]\d+)?)\s*(km\/?h|kmph|kph|mph|mp\/h|knots?)?$/i;
const WALKING = new Set(['walk', 'walking', 'walking_speed', 'walking_pace', 'foot', 'schrittgeschwindigkeit', 'schritttempo']);
const UNLIMITED = new Set(['none', 'no', 'unlimited']);
/** Says that a limit exists but not which. */
const UNSTATED = new Set(['signals', 'variable', 'implicit', 'default', 'national', 'unposted', 'unknown', 'unsigned', 'yes', 'sign']);

/** One number with its unit as km/h: "50", "30 mph", "10 knots", "22,5". */
function readNumber(text: string): number | null {
  const match = NUMBER.exec(text);
  if (!match) return null;
  const value = Number((match[1] ?? '').replace(',', '.'));
  const unit = (match[2] ?? '').toLowerCase();
  const factor = unit.startsWith('mp') ? KILOMETRES_PER_MILE : unit.startsWith('knot') ? KILOMETRES_PER_NAUTICAL_MILE : 1;
  const kilometresPerHour = value * factor;
  return kilometresPerHour >= 1 && kilometresPerHour <= 450 ? kilometresPerHour : null;
}

/** A word of law: "CN:urban", "DE:zone:30", "de:zone30", "urban" in a known country, "walk", "none". */
function readWord(text: string, table: SpeedTable, country: string | null): number | null {
  const lower = text.toLowerCase();
  if (WALKING.has(lower.replaceAll(' ', '_'))) return table.walk;
  if (UNLIMITED.has(lower)) return table.unlimited;
  const parts = text.split(':');
  const given = parts.length > 1 ? (parts[0] ?? '').toUpperCase() : country;
  const place = given === 'UK' ? 'GB' : given;
  const rest = (parts.length > 1 ? parts.slice(1) : parts).join(':').toLowerCase();
  if (place === null || !/^[A-Z]{2}(-[A-Z]{2,3})?$/.test(place)) return null;
  if (WALKING.has(rest)) return table.walk;
  const zone = /^(?:zone:?)?(\d{1,3})$/.exec(rest);
  if (zone) return readNumber(zone[1] ?? '');
  // a province may rule for itself; else its country
  const last = rest.split(':').at(-1) ?? rest;
  return table.implicit[`${place}:${rest}`] ?? table.implicit[`${place}:${last}`] ?? table.implicit[`${place.slice(0, 2)}:${last}`] ?? null;
}

/**
 * One value of maxspeed. Several values: of `50;70` the lowest, of lanes `70|100` the highest counts, because a car may choose its lane.
 *
 * @returns  null where the text names no speed that we understand
 */
export function readMaxspeed(text: string, table: SpeedTable, country: string | null): Speed | null {
  const lanes = text.split('|').map((lane) => {
    const values = lane
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => readOne(part, table, country));
    if (values.length === 0 || values.some((value) => value === null)) return null;
    return (values as Speed[]).reduce((least, value) => (value.kilometresPerHour < least.kilometresPerHour ? value : least));
  });
  const known = lanes.filter((lane) => lane !== null);
  // a lane may be left empty ("|100"); a lane that is not understood spoils the lot
  const isSound = text.split('|').every((lane, index) => lane.trim() === '' || lanes[index] !== null);
  if (known.length === 0 || !isSound) return null;
  return known.reduce((most, value) => (value.kilometresPerHour > most.kilometresPerHour ? value : most));
}

function readOne(text: string, table: SpeedTable, country: string | null): Speed | null {
  const number = readNumber(text);
  if (number !== null) return { kilometresPerHour: number, from: 'tag' };
  const word = readWord(text, table, country);
  return word === null ? null : { kilometresPerHour: word, from: 'implicit' };
}

interface WaySpeed extends Speed {
  /** both directions were given and differ: the lower one is used */
  readonly isLowerOfTwo: boolean;
  /** values of maxspeed that were not understood */
  readonly unread: readonly string[];
}

/** Keys that name the rule behind a limit, asked where maxspeed itself says nothing. */
const RULE_KEYS = ['maxspeed:type', 'source:maxspeed', 'zone:maxspeed', 'zone:traffic'];

/**
 * The speed of cars on a way, km/h: maxspeed (of cars, of all, by direction), else the rule named beside it, else the class in the country.
 *
 * @returns  null where not even the table knows the class
 */
export function waySpeed(tags: Tags, roadClass: string, table: SpeedTable, country: string | null): WaySpeed | null {
  const unread: string[] = [];
  const read = (key: string): Speed | null => {
    const text = tags.get(key)?.trim();
    if (text === undefined || text === '') return null;
    const speed = readMaxspeed(text, table, country);
    if (speed === null && !UNSTATED.has(text.toLowerCase())) unread.push(text);
    return speed;
  };
  const stated = read('maxspeed:motorcar') ?? read('maxspeed:motor_vehicle') ?? read('maxspeed');
  if (stated) return { ...stated, isLowerOfTwo: false, unread };
  const ways = [read('maxspeed:forward'), read('maxspeed:backward')].filter((speed) => speed !== null);
  const lower = ways.sort((a, b) => a.kilometresPerHour - b.kilometresPerHour)[0];
  if (lower) {
    const isLowerOfTwo = ways.length === 2 && ways[1]?.kilometresPerHour !== lower.kilometresPerHour;
    return { ...lower, isLowerOfTwo, unread };
  }
  for (const key of RULE_KEYS) {
    // "sign", "markings" and the like name the source, not the rule
    const speed = readMaxspeed(tags.get(key)?.trim() ?? '', table, country);
    if (speed) return { ...speed, from: 'implicit', isLowerOfTwo: false, unread };
  }
  const byClass = classSpeed(table, country, roadClass);
  return byClass === null ? null : { kilometresPerHour: byClass, from: 'class', isLowerOfTwo: false, unread };
}
