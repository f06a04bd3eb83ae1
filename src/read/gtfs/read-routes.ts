import type { FeedSource } from './feed-source.ts';
import type { RouteRow } from './feed-tables.ts';
import { parseCount, zoneOffsetSeconds } from './fields.ts';
import type { GroupedFaults } from './grouped-faults.ts';
import { routeFamily } from './route-types.ts';
import { field, readTable, type TableCount } from './table-reader.ts';

interface AgencyRow {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
}

const AGENCY = { file: 'agency.txt', required: ['agency_timezone'], optional: ['agency_id', 'agency_name'] } as const;

/** Agencies with their time zone. A zone that the runtime does not know leaves the agency out. */
export async function readAgencies(
  source: FeedSource,
  faults: GroupedFaults,
): Promise<{ agencies: AgencyRow[]; count: TableCount | null }> {
  const agencies: AgencyRow[] = [];
  const count = await readTable(source, AGENCY, faults, (columns) => (record, line) => {
    const text = (column: number) => field(record, column);
    const timezone = text(columns.agency_timezone);
    if (!isZone(timezone)) {
      faults.error('bad-value', AGENCY.file, line, 'agency_timezone', timezone, 'an IANA time zone such as Asia/Tokyo');
      return false;
    }
    if (agencies.some(({ timezone: other }) => other !== timezone)) {
      faults.warning('zones-differ', AGENCY.file, line, 'agency_timezone', timezone, 'one zone a feed; each route keeps its agency’s');
    }
    agencies.push({ id: text(columns.agency_id), name: text(columns.agency_name), timezone });
    return true;
  });
  return { agencies, count };
}

function isZone(zone: string): boolean {
  if (zone === '') return false;
  try {
    zoneOffsetSeconds(zone, 0);
    return true;
  } catch {
    return false;
  }
}

const ROUTES = {
  file: 'routes.txt',
  required: ['route_id', 'route_type'],
  optional: ['agency_id', 'route_short_name', 'route_long_name', 'route_color'],
} as const;

/** Routes with their agency's zone. */
export async function readRoutes(
  source: FeedSource,
  agencies: readonly AgencyRow[],
  faults: GroupedFaults,
): Promise<{ routes: RouteRow[]; count: TableCount | null }> {
  const routes: RouteRow[] = [];
  const seen = new Set<string>();
  const count = await readTable(source, ROUTES, faults, (columns) => (record, line) => {
    const text = (column: number) => field(record, column);
    const id = text(columns.route_id);
    if (id === '' || seen.has(id)) {
      faults.error(id === '' ? 'missing-value' : 'duplicate-id', ROUTES.file, line, 'route_id', id, 'an id of its own');
      return false;
    }
    const type = parseCount(text(columns.route_type));
    if (routeFamily(type) === null) {
      faults.error('bad-value', ROUTES.file, line, 'route_type', text(columns.route_type), 'a basic or extended GTFS route type');
      return false;
    }
    const agency = agencyOf(agencies, text(columns.agency_id), line, faults);
    if (!agency) return false;
    seen.add(id);
    const [short, long] = [text(columns.route_short_name), text(columns.route_long_name)];
    const name = [short, long].filter((part, index, all) => part !== '' && all.indexOf(part) === index).join(' ') || id;
    routes.push({ id, name, agency: agency.name, timezone: agency.timezone, type, color: text(columns.route_color) });
    return true;
  });
  return { routes, count };
}

/** The agency named; the only one where the feed has one or the route names none. */
function agencyOf(agencies: readonly AgencyRow[], named: string, line: number, faults: GroupedFaults): AgencyRow | undefined {
  const known = agencies.find(({ id }) => id === named);
  const only = named === '' || agencies.length === 1 ? agencies[0] : undefined;
  const expected = 'an agency_id of agency.txt';
  if (!known && !only) faults.error('unknown-reference', ROUTES.file, line, 'agency_id', named, expected);
  if (!known && only && named !== '' && only.id !== '') {
    faults.warning('unknown-reference', ROUTES.file, line, 'agency_id', named, `${expected}; read as its only one, ${only.id}`);
  }
  return known ?? only;
}

const FEED_INFO = { file: 'feed_info.txt', required: [], optional: ['feed_publisher_name', 'feed_version'] } as const;

/** "publisher, version" as far as the feed says so. */
export async function readFeedInfo(source: FeedSource, faults: GroupedFaults): Promise<string> {
  let info = '';
  await readTable(source, FEED_INFO, faults, (columns) => (record) => {
    const parts = [record[columns.feed_publisher_name], record[columns.feed_version]].map((part) => part?.trim() ?? '');
    info ||= parts.filter((part) => part !== '').join(', ');
    return true;
  });
  return info;
}
