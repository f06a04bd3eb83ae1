import { greatCircleKilometres } from '../../model/place.ts';
import type { Problem } from '../../model/problem.ts';
import type { Figure, Place, Region, RoadLink, Zone } from '../../model/tables.ts';
import type { TripRow } from '../../model/trips.ts';
import { deriveManifest } from '../tables/import-tables.ts';
import type { TntpLink, TntpNet } from './net.ts';
import type { TntpNode } from './nodes.ts';

interface TntpUnits {
  /** kilometres in a unit of the length column; null measures lengths along the positions */
  readonly kilometresPerUnit: number | null;
  readonly minutesPerUnit: number;
}

/** Speeds that the format of region folders takes, km/h. */
const SPEEDS = { least: 1, most: 450 };
/** Length of a link whose ends share a place and that has none of its own. */
const LEAST_KILOMETRES = 0.001;

/**
 * A region made from a TNTP net whose nodes have positions: a road a link (one-way), a junction a node, zones at their centroids.
 *
 * People and jobs of a zone are the trips that leave and reach it: TNTP knows no others. Lengths and speeds that the format cannot hold are
 * moved to its bounds, each with a note. Cost O(links + trips).
 */
export function tntpRegion(
  name: string,
  net: TntpNet,
  positions: readonly TntpNode[],
  trips: readonly TripRow[],
  units: TntpUnits,
): { region: Region; problems: Problem[] } {
  const problems: Problem[] = [];
  const placeOf = new Map(positions.map((node) => [node.node, node]));
  const used = [...new Set(net.links.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  for (const node of used) {
    if (placeOf.has(node)) continue;
    const where = { file: net.file, feature: `node ${node}`, property: 'position', found: 'nothing' };
    problems.push({ severity: 'error', kind: 'no-position', ...where, expected: 'a row of the node file' });
  }
  const known = used.filter((node) => placeOf.has(node));
  const zones = zonesOf(net, placeOf, trips);
  const isZone = new Set(zones.map(({ id }) => id));
  const junctions = known.map((node): Place => {
    const { x, y } = placeOf.get(node) ?? { x: 0, y: 0 };
    const isCentroid = isZone.has(String(node));
    const kind = !isCentroid ? 'junction' : node < (net.firstThroughNode ?? 1) ? 'closed-centroid' : 'centroid';
    return {
      id: `n${node}`,
      name: String(node),
      nameLocal: '',
      longitude: x,
      latitude: y,
      kind,
      zone: isCentroid ? String(node) : null,
      kept: {},
    };
  });
  const roads = net.links.flatMap((link, row) => {
    const [from, to] = [placeOf.get(link.from), placeOf.get(link.to)];
    return from && to && link.from !== link.to ? [road(net.file, link, row, from, to, units, problems)] : [];
  });
  const manifest = { ...deriveManifest(name, zones), sources: [net.file] };
  const empty = { stations: [], rail: [], services: [], transfers: [], plans: [], references: [] };
  return { region: { manifest, zones, junctions, roads, ...empty }, problems };
}

function zonesOf(net: TntpNet, placeOf: ReadonlyMap<number, TntpNode>, trips: readonly TripRow[]): Zone[] {
  const leaving = new Map<string, number>();
  const reaching = new Map<string, number>();
  for (const { from, to, trips: amount } of trips) {
    leaving.set(from, (leaving.get(from) ?? 0) + amount);
    reaching.set(to, (reaching.get(to) ?? 0) + amount);
  }
  const numbered = Array.from({ length: net.zoneCount ?? 0 }, (_value, zone) => String(zone + 1));
  const ids = [...new Set([...numbered, ...leaving.keys(), ...reaching.keys()])].filter((id) => placeOf.has(Number(id)));
  return ids.map((id): Zone => {
    const { x, y } = placeOf.get(Number(id)) ?? { x: 0, y: 0 };
    const [population, jobs] = [leaving.get(id) ?? 0, reaching.get(id) ?? 0];
    const figure = (value: number, method: string): Figure => ({
      value,
      unit: 'trips',
      year: '',
      method,
      source: net.file,
      confidence: 'as given',
    });
    const figures = { population: figure(population, 'trips that leave the zone'), jobs: figure(jobs, 'trips that reach the zone') };
    return {
      id,
      name: `zone ${id}`,
      nameLocal: '',
      admin1: '',
      admin2: '',
      longitude: x,
      latitude: y,
      population,
      jobs,
      gdp: null,
      figures,
    };
  });
}

function road(file: string, link: TntpLink, row: number, from: TntpNode, to: TntpNode, units: TntpUnits, problems: Problem[]): RoadLink {
  const note = (property: string, found: string, expected: string) =>
    problems.push({ severity: 'note', kind: 'bounded', file, feature: `line ${link.line}`, property, found, expected });
  let lengthKilometres =
    units.kilometresPerUnit === null ? greatCircleKilometres(from.x, from.y, to.x, to.y) : link.length * units.kilometresPerUnit;
  if (lengthKilometres < LEAST_KILOMETRES) {
    note('length', `${lengthKilometres} km`, `at least ${LEAST_KILOMETRES} km, so taken`);
    lengthKilometres = LEAST_KILOMETRES;
  }
  const minutes = link.freeTime * units.minutesPerUnit;
  const wanted = minutes > 0 ? (lengthKilometres / minutes) * 60 : Number.POSITIVE_INFINITY;
  const speed = Math.min(SPEEDS.most, Math.max(SPEEDS.least, wanted));
  if (speed !== wanted) note('free_time', `${minutes} min, ${wanted.toFixed(1)} km/h`, `${SPEEDS.least} to ${SPEEDS.most} km/h, so taken`);
  const kept: Record<string, string> = { capacity_veh_h: String(link.capacity), bpr_b: String(link.b), bpr_power: String(link.power) };
  if (link.toll !== null) kept.tntp_toll = String(link.toll);
  return {
    id: `l${String(row).padStart(6, '0')}`,
    from: `n${link.from}`,
    to: `n${link.to}`,
    route: '',
    name: '',
    class: link.type === '' ? 'road' : `type-${link.type}`,
    lengthKilometres,
    speedKilometresPerHour: speed,
    lanes: link.lanes,
    oneway: true,
    toll: link.toll === null ? null : link.toll > 0,
    opened: null,
    status: 'open',
    source: file,
    confidence: 'as given',
    basis: 'published',
    kept,
  };
}
