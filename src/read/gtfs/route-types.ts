/** Families of vehicles by which a person chooses what to import. */
export const ROUTE_FAMILIES = ['rail', 'metro', 'tram', 'monorail', 'cable', 'funicular', 'aerial', 'bus', 'ferry', 'other'] as const;
export type RouteFamily = (typeof ROUTE_FAMILIES)[number];

/** What runs on rails or in their stead: the default of an import. */
export const RAIL_LIKE: readonly RouteFamily[] = ['rail', 'metro', 'tram', 'monorail', 'cable', 'funicular'];

/** Names that planners use for the same families. */
export const FAMILY_ALIASES: Readonly<Record<string, RouteFamily>> = {
  'light-rail': 'tram',
  streetcar: 'tram',
  subway: 'metro',
  train: 'rail',
};

/** The basic types of routes.txt, https://gtfs.org/documentation/schedule/reference/#routestxt */
const BASIC: Readonly<Record<number, RouteFamily>> = {
  0: 'tram',
  1: 'metro',
  2: 'rail',
  3: 'bus',
  4: 'ferry',
  5: 'cable',
  6: 'aerial',
  7: 'funicular',
  11: 'bus',
  12: 'monorail',
};

/** The extended types by hundreds, https://developers.google.com/transit/gtfs/reference/extended-route-types */
const EXTENDED: Readonly<Record<number, RouteFamily>> = {
  1: 'rail',
  2: 'bus',
  4: 'metro',
  7: 'bus',
  8: 'bus',
  9: 'tram',
  10: 'ferry',
  11: 'other',
  12: 'ferry',
  13: 'aerial',
  14: 'funicular',
  15: 'other',
  17: 'other',
};

/** Family of a route_type, or null where the number means nothing. */
export function routeFamily(type: number): RouteFamily | null {
  if (type === 405) return 'monorail';
  if (type < 100) return BASIC[type] ?? null;
  return EXTENDED[Math.floor(type / 100)] ?? null;
}

/** Words of rail.geojson where they are not the family's own: a feed says rail of every kind of train. */
const CLASS_OF_FAMILY: Partial<Record<RouteFamily, string>> = { rail: 'conventional', monorail: 'metro' };

/** The class of a link, in the words of rail.geojson. */
export function linkClass(type: number, family: RouteFamily): string {
  if (type === 101) return 'high-speed';
  if (type === 102) return 'intercity';
  if ([103, 106, 109].includes(type)) return 'commuter';
  return CLASS_OF_FAMILY[family] ?? family;
}
