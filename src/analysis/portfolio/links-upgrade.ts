import type { GraphOptions } from '../../build/graph-types.ts';
import { roadSpeed, withHarmonisedAccess } from '../../build/road-speeds.ts';
import type { RailLink, Region, RoadLink } from '../../model/tables.ts';
import { travelMinutes } from '../../model/units.ts';
import type { Change, Upgrade, UpgradeCost } from '../../model/upgrade.ts';
import type { NewLink } from '../missing-links/candidate.ts';

/** A link that is to be built, and what it costs. */
export interface PricedLink {
  readonly link: NewLink;
  readonly cost: UpgradeCost;
}

const LANES = 4;
/** Times nearer than this are the same: a millisecond, in minutes. */
const SAME_MINUTES = 1 / 60_000;

/**
 * Chosen links as one upgrade, in the order given, whose network has the times that their gains were computed with: a road of the link's
 * length and speed, a railway of its minutes with as many trains as give its time of boarding and waiting.
 *
 * @param id  of the upgrade; ids of what it adds begin with it
 * @returns   `notes`: links whose time in the upgraded network is not that of the gain, each with the reason
 * Cost O(links · zones).
 */
export function linksUpgrade(
  id: string,
  region: Region,
  links: readonly PricedLink[],
  options: GraphOptions,
): { upgrade: Upgrade; notes: string[] } {
  const notes: string[] = [];
  const stations = new Map(region.stations.map((station) => [station.id, station.id]));
  const changes = links.flatMap(({ link }, position): Change[] => {
    const about = { id: `${id}:${position + 1}`, lengthKilometres: link.lengthKilometres, class: link.class, opened: null };
    const row = {
      ...about,
      status: 'open' as const,
      source: 'corridor portfolio',
      confidence: 'low',
      basis: 'recalled' as const,
      kept: {},
    };
    if (link.mode === 'road') return [{ change: 'add-road', link: roadOf(row, link, region, options, notes) }];
    const added = [
      { place: link.from, name: link.fromName, at: link.fromLonLat },
      { place: link.to, name: link.toName, at: link.toLonLat },
    ].flatMap(({ place, name, at }): Change[] => {
      if (stations.has(place)) return [];
      stations.set(place, `${id}:${place}`);
      notes.push(
        `${name}: a new station, which gets connectors to seats and roads of its own: the gain of the upgrade can differ from that of the link`,
      );
      const [longitude, latitude] = at;
      return [
        {
          change: 'add-station',
          place: { id: `${id}:${place}`, name, nameLocal: '', kind: 'station', zone: null, longitude, latitude, kept: {} },
        },
      ];
    });
    return [...added, { change: 'add-rail', link: railOf(row, link, region, options, stations, notes) }];
  });
  const upgrade: Upgrade = {
    id,
    name: `Portfolio of ${links.length} links`,
    description: links
      .map(({ link }) => `${link.fromName} – ${link.toName} (${link.mode}, ${link.lengthKilometres.toFixed(1)} km)`)
      .join('; '),
    status: 'hypothetical',
    openingYear: null,
    costs: links.map(({ cost }) => cost),
    source: 'corridor portfolio',
    confidence: 'low',
    basis: 'recalled',
    changes,
  };
  return { upgrade, notes };
}

type Row = Omit<
  RoadLink & RailLink,
  | 'from'
  | 'to'
  | 'route'
  | 'name'
  | 'speedKilometresPerHour'
  | 'lanes'
  | 'oneway'
  | 'toll'
  | 'line'
  | 'lineName'
  | 'minutes'
  | 'trainsPerDay'
>;

function roadOf(row: Row, link: NewLink, region: Region, options: GraphOptions, notes: string[]): RoadLink {
  const name = `${link.fromName} – ${link.toName}`;
  const speedKilometresPerHour = (link.lengthKilometres / link.minutes) * 60;
  const ends = { from: link.from, to: link.to, route: row.id, name, lanes: LANES, oneway: false, toll: null };
  const road = { ...row, ...ends, speedKilometresPerHour };
  const minutes = travelMinutes(road.lengthKilometres, roadSpeed(region, options.speeds)(road));
  if (Math.abs(minutes - link.minutes) > SAME_MINUTES) {
    notes.push(
      `${name}: ${minutes.toFixed(1)} min in harmonised networks, which know classes of roads only; the gain is that of ${link.minutes.toFixed(1)} min`,
    );
  }
  return road;
}

function railOf(
  row: Row,
  link: NewLink,
  region: Region,
  options: GraphOptions,
  stations: ReadonlyMap<string, string>,
  notes: string[],
): RailLink {
  const lineName = `${link.fromName} – ${link.toName}`;
  const { defaults } = (options.speeds === 'harmonised' ? withHarmonisedAccess(region) : region).manifest;
  const boarding = (link.arcs[0]?.minutes ?? link.minutes) - link.minutes;
  const wait = Math.min(defaults.waitCapMinutes, Math.max(SAME_MINUTES, boarding - defaults.boardingMinutes));
  if (Math.abs(wait + defaults.boardingMinutes - boarding) > SAME_MINUTES) {
    notes.push(
      `${lineName}: boarding takes ${(wait + defaults.boardingMinutes).toFixed(1)} min by the rules of the region; the gain is that of ${boarding.toFixed(1)} min`,
    );
  }
  const trainsPerDay = (defaults.serviceHoursPerDay * 60) / (2 * wait);
  const ends = { from: stations.get(link.from) ?? link.from, to: stations.get(link.to) ?? link.to };
  return { ...row, ...ends, line: row.id, lineName, minutes: link.minutes, trainsPerDay };
}
