/** Classes of roads and rail lines that the speed model, the maps and the costs know. Others are read, and suspected. */
export const ROAD_CLASSES = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'local', 'ferry'] as const;
export const RAIL_CLASSES = ['high-speed', 'intercity', 'conventional', 'commuter', 'metro', 'light-rail', 'tram', 'freight'] as const;
