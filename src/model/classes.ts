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
