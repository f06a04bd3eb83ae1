import { OSM_RAIL_CLASSES } from '../../model/classes.ts';
import type { Status } from '../../model/tables.ts';
import { classSpeed, type SpeedTable } from './default-speeds.ts';
import { classAndStatus } from './highway-rules.ts';
import { readMaxspeed } from './maxspeed.ts';
import type { Tags } from './osm-objects.ts';

export const DEFAULT_RAIL_CLASSES: ReadonlySet<string> = new Set(['rail', 'subway', 'light_rail']);

export interface RailRules {
  readonly railClasses: ReadonlySet<string>;
  readonly speeds: SpeedTable;
  readonly country: string | null;
}

export interface RailProfile {
  readonly class: string;
  readonly name: string;
  readonly route: string;
  readonly status: Status;
  /** main, branch, industrial …; empty where the way does not say */
  readonly usage: string;
  readonly speed: number;
  readonly speedFrom: 'tag' | 'implicit' | 'class';
  readonly electrified: string;
  readonly gauge: string;
}

type RailVerdict =
  | { readonly kind: 'rail'; readonly profile: RailProfile; readonly notes: readonly string[] }
  | { readonly kind: 'dropped'; readonly reason: string }
  | null;

/** Values of railway that are not tracks: platforms, stations, signals drawn as ways. */
const NOT_TRACKS = new Set([
  'platform',
  'station',
  'halt',
  'stop',
  'signal',
  'turntable',
  'traverser',
  'platform_edge',
  'site',
  'yard',
  'depot',
]);
/** Tracks on which no passenger train runs from station to station. */
const SERVICE_TRACKS = new Set(['yard', 'siding', 'spur']);
const FREIGHT_USAGE = new Set(['industrial', 'military', 'test', 'freight', 'scientific']);

/** What a way is to the rail network. Crossovers stay in: trains change tracks on them. */
export function readRail(tags: Tags, rules: RailRules): RailVerdict {
  const found = classAndStatus(tags, 'railway');
  if (!found || NOT_TRACKS.has(found.class)) return null;
  const { class: railClass, status } = found;
  if (!(OSM_RAIL_CLASSES as readonly string[]).includes(railClass))
    return { kind: 'dropped', reason: `not a track in use: railway=${railClass}` };
  if (!rules.railClasses.has(railClass)) return { kind: 'dropped', reason: `class not asked for: ${railClass}` };
  const service = tags.get('service') ?? '';
  if (SERVICE_TRACKS.has(service)) return { kind: 'dropped', reason: `service track: ${service}` };
  const usage = tags.get('usage') ?? '';
  if (FREIGHT_USAGE.has(usage)) return { kind: 'dropped', reason: `no passengers: usage=${usage}` };
  const text = tags.get('maxspeed')?.trim() ?? '';
  const stated = readMaxspeed(text, rules.speeds, null);
  const byClass = classSpeed(rules.speeds, rules.country, railClass);
  const speed = stated ?? (byClass === null ? null : { kilometresPerHour: byClass, from: 'class' as const });
  if (!speed) return { kind: 'dropped', reason: `class without a speed: ${railClass}` };
  const profile: RailProfile = {
    class: railClass,
    name: tags.get('name') ?? '',
    route: tags.get('ref') ?? '',
    status,
    usage,
    speed: speed.kilometresPerHour,
    speedFrom: speed.from,
    electrified: tags.get('electrified') ?? '',
    gauge: tags.get('gauge') ?? '',
  };
  return { kind: 'rail', profile, notes: text !== '' && !stated ? [`maxspeed not understood: ${text}`] : [] };
}

/** Whether an object is a station where passengers board; gives its kind: metro or rail. Null: no station. */
export function stationKind(tags: Tags): 'rail' | 'metro' | null {
  const railway = tags.get('railway');
  if (railway !== 'station' && railway !== 'halt') return null;
  const isMetro = tags.get('station') === 'subway' || tags.get('subway') === 'yes' || tags.get('station') === 'light_rail';
  return isMetro ? 'metro' : 'rail';
}

export function isPlatform(tags: Tags): boolean {
  return tags.get('railway') === 'platform' || (tags.get('public_transport') === 'platform' && tags.get('train') === 'yes');
}
