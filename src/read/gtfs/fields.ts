/** Times and dates of GTFS as numbers. A time is seconds after noon minus 12 hours of the service day. */

/** Stands for a time that the feed leaves open. */
export const NO_TIME = 0x7fffffff;
/** Stands for a time that cannot be read. */
export const BAD_TIME = -0x80000000;

const ZERO = 48;
const NINE = 57;
const COLON = 58;
/** The longest journey that a table may hold. */
const MOST_HOURS = 999;
export const SECONDS_PER_DAY = 86_400;
const MILLISECONDS_PER_DAY = 86_400_000;

/** H:MM:SS, hours past 24 allowed; NO_TIME where empty, BAD_TIME where it cannot be read. No allocation. */
export function parseTime(text: string): number {
  if (text === '') return NO_TIME;
  const end = text.length;
  if (end < 7 || end > 9 || text.charCodeAt(end - 3) !== COLON || text.charCodeAt(end - 6) !== COLON) return BAD_TIME;
  const hours = digits(text, 0, end - 6);
  const minutes = digits(text, end - 5, end - 3);
  const seconds = digits(text, end - 2, end);
  if (hours < 0 || hours > MOST_HOURS || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return BAD_TIME;
  return hours * 3600 + minutes * 60 + seconds;
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return -1;
    value = value * 10 + code - ZERO;
  }
  return value;
}

/** Whole number of at least 0, or −1. Some feeds write 3 as 3.0. */
export function parseCount(text: string): number {
  const field = text.endsWith('.0') ? text.slice(0, -2) : text;
  return field === '' || field.length > 9 ? -1 : digits(field, 0, field.length);
}

/** A decimal number, or NaN for anything else, the empty field among it. */
export function parseDecimal(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** YYYYMMDD as a day number from 1970-01-01, or null. */
export function parseDate(text: string): number | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? time / MILLISECONDS_PER_DAY : null;
}

/** YYYY-MM-DD of a day number. */
export function formatDate(day: number): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** 0 Monday … 6 Sunday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** HH:MM of seconds, hours past 24 allowed. */
export function formatClock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}`;
}

/**
 * Seconds that a zone's clock is ahead of UTC at noon of a day, its own noon: GTFS counts from noon minus 12 hours.
 *
 * @throws RangeError for a zone that the runtime does not know
 */
export function zoneOffsetSeconds(zone: string, day: number): number {
  const noon = day * MILLISECONDS_PER_DAY + MILLISECONDS_PER_DAY / 2;
  return offsetAt(zone, noon - offsetAt(zone, noon) * 1000);
}

function offsetAt(zone: string, time: number): number {
  const options = { timeZone: zone, timeZoneName: 'longOffset', hour: '2-digit' } as const;
  const part = new Intl.DateTimeFormat('en-US', options).formatToParts(new Date(time)).find(({ type }) => type === 'timeZoneName');
  const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(part?.value ?? '');
  if (!match?.[1]) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === '-' ? -seconds : seconds;
}
