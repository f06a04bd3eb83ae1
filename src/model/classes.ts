/** Classes of roads and rail lines that the speed model, the maps and the costs know. Others are read, and suspected. */
export const ROAD_CLASSES = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'local', 'ferry'] as const;
/** The last six come from timetables: lines that run in the stead of rail, imported where asked for. */
export const RAIL_CLASSES = [
  'high-speed',
  'intercity',
  'conventional',
  'commuter',
  'metro',
  'light-rail',
  'tram',
  'freight',
  'funicular',
  'cable',
  'bus',
  'ferry',
  'aerial',
  'other',
] as const;

/**
 * Classes of highway=* that cars use, from the widest to the narrowest, and of railway=*, as imports from OpenStreetMap keep them. The harmonised
 * speed model reads road classes that it does not know as local.
 */
export const OSM_CAR_CLASSES = [
  ...['motorway', 'motorway_link', 'trunk', 'trunk_link', 'primary', 'primary_link', 'secondary', 'secondary_link'],
  ...['tertiary', 'tertiary_link', 'unclassified', 'residential', 'living_street', 'road', 'service'],
] as const;
export const OSM_RAIL_CLASSES = ['rail', 'subway', 'light_rail', 'narrow_gauge', 'tram', 'monorail'] as const;
