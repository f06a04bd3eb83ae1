/** Numbers as a planner reads them. All are plain en-US digits, so that the same value gives the same bytes everywhere. */

const NOTHING_KNOWN = 'not known';

/** 22.2 million · 310,000 · 950 */
export function people(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING_KNOWN;
  if (Math.abs(value) >= 1e6) return `${digits(value / 1e6, value % 1e6 === 0 ? 0 : 1)} million`;
  return digits(Math.abs(value) >= 1e4 ? Math.round(value / 1e3) * 1e3 : value, 0);
}

export function minutes(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING_KNOWN;
  const whole = Math.round(value);
  return whole >= 120 ? `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, '0')} min` : `${whole} min`;
}

export function kilometres(value: number): string {
  return `${digits(value, value < 10 ? 1 : 0)} km`;
}

export function percent(share: number | null, decimals = 0): string {
  if (share === null || !Number.isFinite(share)) return NOTHING_KNOWN;
  return `${digits(share * 100, share !== 0 && Math.abs(share) < 0.01 ? Math.max(decimals, 1) : decimals)}%`;
}

/** Fixed decimals with thousands separators; never "-0". */
export function digits(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return NOTHING_KNOWN;
  const [whole = '0', part] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const text = part === undefined ? grouped : `${grouped}.${part}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** Three significant digits or so, for tables: 12,345 · 123 · 45.6 · 0.123 */
export function figure(value: number, decimals: number): string {
  if (Number.isInteger(value)) return digits(value, 0);
  const size = Math.abs(value);
  return digits(value, Math.min(decimals, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3));
}

/** Names without the word of their kind, for maps and sentences: "Dongcheng District" is Dongcheng. */
export function shortName(name: string): string {
  const short = name
    .replace(/ \((ward|city|town|village|seat [^)]*)\)$/i, '')
    .replace(/ (District|County|City|Ward|Autonomous County)$/i, '');
  return short.length > 1 ? short : name;
}

/** "a, b and c" */
export function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
