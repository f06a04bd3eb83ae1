import { GMNS_LINK_COLUMNS, GMNS_NODE_COLUMNS } from '../../model/gmns.ts';
import { type Cell, column } from '../../model/results.ts';
import type { Place, Region } from '../../model/tables.ts';
import { byCodePoint, MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import { toCsv } from '../result-table.ts';
import { type Arc, type ArcTable, arcsOf, positionOf } from './network-layers.ts';

const LINK_COLUMNS = [...GMNS_LINK_COLUMNS, 'toll_road', 'travel_time'];
/** Metres and milliseconds whole, and no more digits than they carry. */
const DECIMALS = 9;

/**
 * The General Modeling Network Specification's node.csv, link.csv and config.csv (github.com/zephyr-data-specs/GMNS): kilometres, km/h,
 * WGS84, every link one way (directed 1). `free_speed` is length over time; `travel_time` (minutes) and `toll_road` are columns of our own.
 *
 * @param region  names, classes, lanes and zones, where the network is a region's
 * Cost O(nodes + arcs).
 */
export function gmnsTables(table: ArcTable, region: Region | null, name: string): Map<string, string> {
  const { network } = table;
  const placeOf = new Map<string, Place>();
  for (const place of region?.junctions ?? []) placeOf.set(`junction/${place.id}`, place);
  for (const place of region?.stations ?? []) placeOf.set(`station/${place.id}`, place);
  const nodes = network.nodeIds.map((id, node): Cell[] => {
    const place = placeOf.get(id);
    const [position] = positionOf(network, node);
    return [id, place?.name ?? null, position?.[0] ?? null, position?.[1] ?? null, place?.kind ?? null, place?.zone ?? null];
  });
  const factsOf = new Map<string, Facts>();
  for (const { id, lineName, class: facility } of region?.rail ?? [])
    factsOf.set(id, { name: lineName, facility, lanes: null, toll: null, uses: 'rail' });
  for (const { id, name: own, class: facility, lanes, toll } of region?.roads ?? [])
    factsOf.set(id, { name: own, facility, lanes, toll, uses: 'auto' });
  const seen = new Map<string, number>();
  const links = [...arcsOf(table)].map((arc) => linkRow(arc, network.nodeIds, factsOf.get(arc.link), seen));
  const config: Cell[][] = [[name, '0.96', 'm', 'km', 'km/h', 'EPSG:4326', 'WKT', region?.manifest.currency || null]];
  const configColumns = [
    'dataset_name',
    'version_number',
    'short_length',
    'long_length',
    'speed',
    'crs',
    'geometry_field_format',
    'currency',
  ];
  return new Map([
    ['node.csv', csv(GMNS_NODE_COLUMNS, nodes)],
    [
      'link.csv',
      csv(
        LINK_COLUMNS,
        links.sort((a, b) => byCodePoint(String(a[0]), String(b[0]))),
      ),
    ],
    ['config.csv', csv(configColumns, config)],
  ]);
}

interface Facts {
  readonly name: string;
  readonly facility: string;
  readonly lanes: number | null;
  readonly toll: boolean | null;
  readonly uses: string;
}

/** A link id of its own for each way of a two-way link: GMNS wants it unique. */
function linkRow(arc: Arc, nodeIds: readonly string[], facts: Facts | undefined, seen: Map<string, number>): Cell[] {
  const { from, to, link, milliseconds, metres } = arc;
  const count = (seen.get(link) ?? 0) + 1;
  seen.set(link, count);
  const minutes = milliseconds / MILLISECONDS_PER_MINUTE;
  const length = metres === null ? null : metres / 1000;
  const speed = length === null ? null : (length / minutes) * 60;
  const id = count === 1 ? link : `${link}~${count}`;
  const [tail = '', head = ''] = [nodeIds[from], nodeIds[to]];
  const toll = facts?.toll ?? null;
  const own = [facts?.facility ?? null, speed, facts?.lanes ?? null, facts?.uses ?? null, toll === null ? null : Number(toll), minutes];
  return [id, facts?.name ?? null, tail, head, 1, length, ...own];
}

function csv(names: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return toCsv({ command: '', parameters: {}, inputs: [], columns: names.map((name) => column(name, '', DECIMALS)), rows, notes: [] });
}
