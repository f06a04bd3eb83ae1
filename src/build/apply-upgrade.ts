import type { Problem } from '../model/problem.ts';
import type { Place, RailLink, Region, RoadLink, Service, Transfer } from '../model/tables.ts';
import type { Change, RailSettings, RoadSettings, Selection, ServiceSettings, Upgrade, ZoneSettings } from '../model/upgrade.ts';
import { checkLinkEnds, checkServiceStops, checkSpeed, type Tell } from './upgrade-checks.ts';

/** A region being changed, and who set what so far: for conflicts between upgrades. */
interface Draft {
  region: Region;
  /** "road/ID/speed" → value as text and the upgrade that set it */
  readonly settings: Map<string, { value: string; upgrade: string }>;
  /** "road/ID" → the upgrade that took it out */
  readonly removed: Map<string, string>;
  readonly problems: Problem[];
}

/**
 * A region with upgrades applied, one after the other, each change in its order.
 *
 * Pure: the region given is not touched, and no upgrades, or upgrades without changes, give the very same region back. Where two upgrades
 * touch different things, their order does not change the network (a test holds regionFiles to the byte). Where they set the same field to
 * different values, the later one holds and a warning names both. A change that cannot be made is an error naming upgrade and change; then
 * the region returned lacks it.
 *
 * Cost O(changes · links).
 */
export function applyUpgrades(region: Region, upgrades: readonly Upgrade[]): { region: Region; problems: Problem[] } {
  const draft: Draft = { region, settings: new Map(), removed: new Map(), problems: [] };
  for (const upgrade of upgrades) {
    upgrade.changes.forEach((change, index) => {
      const file = `upgrades/${upgrade.id}.json`;
      const feature = `change ${index + 1} (${change.change})`;
      const tell: Tell = (severity, kind, property, found, expected) =>
        draft.problems.push({ severity, kind, file, feature, property, found, expected });
      applyChange(draft, change, upgrade.id, tell);
    });
  }
  return { region: draft.region, problems: draft.problems };
}

/** One upgrade alone. */
export function applyUpgrade(region: Region, upgrade: Upgrade): { region: Region; problems: Problem[] } {
  return applyUpgrades(region, [upgrade]);
}

function applyChange(draft: Draft, change: Change, upgrade: string, tell: Tell): void {
  switch (change.change) {
    case 'add-station':
    case 'add-junction':
      addPlace(draft, change.change === 'add-station' ? 'stations' : 'junctions', change.place, tell);
      break;
    case 'add-road':
      addLink(draft, 'roads', change.link, tell);
      break;
    case 'add-rail':
      addLink(draft, 'rail', change.link, tell);
      break;
    case 'add-service':
      addService(draft, change.service, tell);
      break;
    case 'add-transfer':
      addTransfer(draft, change.transfer, tell);
      break;
    case 'change-road':
      setLinks(draft, 'roads', change.select, change.set, upgrade, tell);
      break;
    case 'change-rail':
      setLinks(draft, 'rail', change.select, change.set, upgrade, tell);
      break;
    case 'change-service':
      setServices(draft, change.select, change.set, upgrade, tell);
      break;
    case 'change-zone':
      setZone(draft, change.id, change.set, upgrade, tell);
      break;
    case 'remove':
      remove(draft, change.what, change.ids, upgrade, tell);
      break;
    default:
      removeTransfer(draft, change.from, change.to, tell);
  }
}

function addTransfer(draft: Draft, transfer: Transfer, tell: Tell): void {
  const known = new Set(draft.region.stations.map((station) => station.id));
  const { from, to } = transfer;
  if (known.has(from) && known.has(to)) draft.region = { ...draft.region, transfers: [...draft.region.transfers, transfer] };
  else tell('error', 'dangling-end', 'from, to', `${from} → ${to}`, 'ids of stations');
}

function removeTransfer(draft: Draft, from: string, to: string, tell: Tell): void {
  const left = draft.region.transfers.filter((transfer) => !(transfer.from === from && transfer.to === to));
  if (left.length === draft.region.transfers.length) {
    tell('error', 'unknown-transfer', 'from, to', `${from} → ${to}`, 'a transfer of services.json');
  }
  draft.region = { ...draft.region, transfers: left };
}

function setZone(draft: Draft, id: string, set: ZoneSettings, upgrade: string, tell: Tell): void {
  if (!draft.region.zones.some((zone) => zone.id === id)) {
    tell('error', 'unknown-zone', 'id', id, 'an id of zones.geojson');
    return;
  }
  note(draft, `zone/${id}`, set, upgrade, tell);
  draft.region = { ...draft.region, zones: draft.region.zones.map((zone) => (zone.id === id ? { ...zone, ...set } : zone)) };
}

function addPlace(draft: Draft, table: 'stations' | 'junctions', place: Place, tell: Tell): void {
  if (draft.region[table].some(({ id }) => id === place.id)) tell('error', 'duplicate-id', 'id', place.id, 'an id of its own');
  else if (place.zone !== null && !draft.region.zones.some(({ id }) => id === place.zone)) {
    tell('error', 'unknown-zone', 'zone', place.zone, 'an id of zones.geojson');
  } else draft.region = { ...draft.region, [table]: [...draft.region[table], place] };
}

function addLink(draft: Draft, table: 'roads' | 'rail', link: RoadLink | RailLink, tell: Tell): void {
  const links: readonly (RoadLink | RailLink)[] = draft.region[table];
  if (links.some(({ id }) => id === link.id)) {
    tell('error', 'duplicate-id', 'id', link.id, 'an id of its own');
    return;
  }
  if (!checkLinkEnds(draft.region, table, link, tell)) return;
  draft.region = { ...draft.region, [table]: [...links, link] };
}

function addService(draft: Draft, service: Service, tell: Tell): void {
  if (draft.region.services.some(({ id }) => id === service.id)) {
    tell('error', 'duplicate-id', 'id', service.id, 'an id of its own');
    return;
  }
  if (!checkServiceStops(draft.region, service, tell)) return;
  draft.region = { ...draft.region, services: [...draft.region.services, service] };
}

const KIND = { roads: 'road', rail: 'rail', services: 'service' } as const;

function selected(draft: Draft, table: 'roads' | 'rail' | 'services', select: Selection, tell: Tell): ReadonlySet<string> {
  const rows: readonly (RoadLink | RailLink | Service)[] = draft.region[table];
  const routeOf = (row: RoadLink | RailLink | Service) => ('route' in row ? row.route : row.line);
  if (select.route !== undefined) {
    const found = new Set(rows.filter((row) => routeOf(row) === select.route).map((row) => row.id));
    if (found.size === 0) tell('error', 'empty-selection', 'route', select.route, `a route of at least one ${KIND[table]}`);
    return found;
  }
  const known = new Set(rows.map((row) => row.id));
  for (const id of select.ids ?? []) {
    const by = draft.removed.get(`${KIND[table]}/${id}`);
    if (!known.has(id)) {
      tell('error', `unknown-${KIND[table]}`, 'ids', by ? `${id}, taken out by ${by}` : id, `the id of a ${KIND[table]}`);
    }
  }
  return new Set((select.ids ?? []).filter((id) => known.has(id)));
}

/** Remember who set what, and warn where another upgrade had set it otherwise. */
function note(draft: Draft, key: string, set: object, upgrade: string, tell: Tell): void {
  for (const [field, value] of Object.entries(set)) {
    const text = JSON.stringify(value);
    const before = draft.settings.get(`${key}/${field}`);
    if (before && before.value !== text && before.upgrade !== upgrade) {
      tell(
        'warning',
        'conflict',
        `${key} ${field}`,
        `${text}, set to ${before.value} by ${before.upgrade}`,
        'one value; the later one holds',
      );
    }
    draft.settings.set(`${key}/${field}`, { value: text, upgrade });
  }
}

function setLinks(
  draft: Draft,
  table: 'roads' | 'rail',
  select: Selection,
  set: RoadSettings | RailSettings,
  upgrade: string,
  tell: Tell,
): void {
  const ids = selected(draft, table, select, tell);
  const { minutesFactor = 1, ...fields }: RailSettings | (RoadSettings & { minutesFactor?: number }) = set;
  const links: readonly (RoadLink | RailLink)[] = draft.region[table];
  const changed = links.map((link) => {
    if (!ids.has(link.id)) return link;
    note(draft, `${KIND[table]}/${link.id}`, set, upgrade, tell);
    const next = { ...link, ...fields };
    const scaled = 'minutes' in next ? { ...next, minutes: next.minutes * minutesFactor } : next;
    return checkSpeed(scaled, tell) ? scaled : link;
  });
  draft.region = { ...draft.region, [table]: changed };
}

function setServices(draft: Draft, select: Selection, set: ServiceSettings, upgrade: string, tell: Tell): void {
  const ids = selected(draft, 'services', select, tell);
  const { minutesFactor = 1, ...fields } = set;
  const services = draft.region.services.map((service) => {
    if (!ids.has(service.id)) return service;
    note(draft, `service/${service.id}`, set, upgrade, tell);
    const next = { ...service, ...fields };
    const scaled = { ...next, minutes: next.minutes.map((minutes) => minutes * minutesFactor) };
    return checkServiceStops(draft.region, scaled, tell) ? scaled : service;
  });
  draft.region = { ...draft.region, services };
}

const TABLE = { road: 'roads', rail: 'rail', service: 'services', station: 'stations', junction: 'junctions' } as const;

function remove(draft: Draft, what: keyof typeof TABLE, ids: readonly string[], upgrade: string, tell: Tell): void {
  const table = TABLE[what];
  const rows: readonly { readonly id: string }[] = draft.region[table];
  const known = new Set(rows.map(({ id }) => id));
  const gone = new Set<string>();
  for (const id of ids) {
    const users = usersOf(draft.region, what, id);
    if (!known.has(id)) {
      const by = draft.removed.get(`${what}/${id}`);
      tell('error', `unknown-${what}`, 'ids', by ? `${id}, taken out by ${by}` : id, `the id of a ${what}`);
    } else if (users.length > 0) {
      tell(
        'error',
        'in-use',
        'ids',
        `${id}, used by ${users.slice(0, 5).join(', ')}`,
        'a place that nothing leads to: take those out first',
      );
    } else {
      gone.add(id);
      draft.removed.set(`${what}/${id}`, upgrade);
    }
  }
  draft.region = { ...draft.region, [table]: rows.filter(({ id }) => !gone.has(id)) };
}

/** Ids of links, services and walks that use a place. */
function usersOf(region: Region, what: string, id: string): string[] {
  if (what === 'junction') return region.roads.filter(({ from, to }) => from === id || to === id).map((road) => road.id);
  if (what !== 'station') return [];
  return [
    ...region.rail.filter(({ from, to }) => from === id || to === id).map((link) => link.id),
    ...region.services.filter(({ stops }) => stops.includes(id)).map((service) => service.id),
    ...region.transfers.filter(({ from, to }) => from === id || to === id).map(({ from, to }) => `${from} → ${to}`),
  ];
}
