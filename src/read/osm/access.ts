import type { Tags } from './osm-objects.ts';

/** The most particular key wins. Source: wiki.openstreetmap.org/wiki/Key:access */
const CAR_KEYS = ['motorcar', 'motor_vehicle', 'vehicle', 'access'];

const ALLOWED = new Set([
  'yes',
  'designated',
  'permissive',
  'destination',
  'customers',
  'public',
  'official',
  'toll',
  'unknown',
  'hov',
  'discouraged',
]);
const REFUSED = new Set([
  ...['no', 'private', 'agricultural', 'forestry', 'emergency', 'military', 'delivery', 'permit', 'residents', 'employees', 'staff'],
  ...['psv', 'bus', 'taxi', 'use_sidepath', 'restricted', 'students', 'service', 'maintenance', 'dismount', 'foot', 'bicycle', 'hgv'],
]);

interface CarAccess {
  readonly isAllowed: boolean;
  /** the tag that refused, "motor_vehicle=no"; empty where none did */
  readonly because: string;
  /** whether any tag said something about cars */
  readonly isStated: boolean;
}

/**
 * Whether cars of everybody may pass. Of several values (`private;destination`) one that allows is enough; values that are not understood
 * leave the question to the next key.
 */
export function carAccess(tags: Tags): CarAccess {
  for (const key of CAR_KEYS) {
    const values = (tags.get(key) ?? '').split(';').map((value) => value.trim().toLowerCase());
    if (values.some((value) => ALLOWED.has(value))) return { isAllowed: true, because: '', isStated: true };
    const refusal = values.find((value) => REFUSED.has(value));
    if (refusal) return { isAllowed: false, because: `${key}=${refusal}`, isStated: true };
  }
  return { isAllowed: true, because: '', isStated: false };
}

/** Barriers that stop nobody, or only until the toll is paid. All others stop cars unless an access tag lets them through. */
const OPEN_BARRIERS = new Set([
  ...[
    'toll_booth',
    'border_control',
    'cattle_grid',
    'lift_gate',
    'swing_gate',
    'gate',
    'sally_port',
    'entrance',
    'height_restrictor',
    'arch',
    'no',
  ],
  ...['kerb', 'speed_bump', 'rope', 'checkpoint', 'barrier_board', 'coupure', 'ticket_gate'],
]);

/** Whether a node is a barrier that stops cars. Gates stand open unless they say otherwise. */
export function isBlocked(tags: Tags): boolean {
  const barrier = tags.get('barrier');
  if (barrier === undefined) return false;
  const { isStated, isAllowed } = carAccess(tags);
  if (isStated) return !isAllowed;
  if (barrier === 'bollard' && tags.get('bollard') === 'rising') return false;
  return !OPEN_BARRIERS.has(barrier);
}
