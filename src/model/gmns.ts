/** Columns of the General Modeling Network Specification 0.96 that we write and read (github.com/zephyr-data-specs/GMNS). */
export const GMNS_NODE_COLUMNS = ['node_id', 'name', 'x_coord', 'y_coord', 'node_type', 'zone_id'] as const;

export const GMNS_LINK_COLUMNS = [
  'link_id',
  'name',
  'from_node_id',
  'to_node_id',
  'directed',
  'length',
  'facility_type',
  'free_speed',
  'lanes',
  'allowed_uses',
] as const;
