import type { Tags } from './osm-objects.ts';

/** Which way cars may drive, against the order in which the way is drawn; none: no direction holds all day. */
type Direction = 'both' | 'forward' | 'backward' | 'none';

const VALUES: Readonly<Record<string, Direction>> = {
  yes: 'forward',
  true: 'forward',
  1: 'forward',
  '-1': 'backward',
  reverse: 'backward',
  no: 'both',
  false: 'both',
  0: 'both',
  // traffic lights let both directions through one after the other
  alternating: 'both',
  // the direction changes with the hour: no direction is right for a whole day
  reversible: 'none',
};

/** The most particular key wins. */
const KEYS = ['oneway:motorcar', 'oneway:motor_vehicle', 'oneway:vehicle', 'oneway'];

/**
 * Direction of a way for cars: the most particular oneway tag that is understood, else what roundabouts and motorways imply.
 * Source: wiki.openstreetmap.org/wiki/Key:oneway
 */
export function wayDirection(tags: Tags): Direction {
  for (const key of KEYS) {
    const direction = VALUES[tags.get(key)?.trim().toLowerCase() ?? ''];
    if (direction) return direction;
  }
  const isRound = tags.get('junction') === 'roundabout' || tags.get('junction') === 'circular';
  return isRound || tags.get('highway') === 'motorway' ? 'forward' : 'both';
}
