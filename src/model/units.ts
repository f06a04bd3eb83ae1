export const MILLISECONDS_PER_MINUTE = 60_000;

/** Whole milliseconds, at least 1: the only place where a time is rounded on its way in. */
export function minutesToMilliseconds(minutes: number): number {
  return Math.max(1, Math.round(minutes * MILLISECONDS_PER_MINUTE));
}

/** Minutes to cover a length at a speed. */
export function travelMinutes(lengthKilometres: number, kilometresPerHour: number): number {
  return (lengthKilometres / kilometresPerHour) * 60;
}

/** Plain code-point order, the same on every machine. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
