import type { Plan, RailLink, Region, RoadLink } from '../model/tables.ts';
import { byCodePoint, travelMinutes } from '../model/units.ts';
import type { Change, Upgrade } from '../model/upgrade.ts';
import { nearestPlaces } from './nearest-places.ts';

/** A plan's bare coordinate joins a place of the network this near. */
const SNAP_KILOMETRES = 3;
/** Mean over top speed of a line where a plan gives no minutes: Beijing–Tangshan 150 km in 39 min at 350 km/h is 0.66. */
const MEAN_OVER_TOP_SPEED = 0.65;
/** Least speed of a planned road that counts as a motorway. */
const MOTORWAY_KILOMETRES_PER_HOUR = 80;

const COMING = new Set(['construction', 'planned', 'proposed']);

/** Whether a plan or link of this status is still to come: not open, not given up, not a mere gap. */
export function isComing(status: string): boolean {
  return COMING.has(status);
}

/**
 * All plans of a region as one upgrade named `plans`: links of the tables that are being built or planned open, and plans whose ends are in
 * the network and that the tables do not hold are added.
 *
 * @returns `left`: plans that could not be drawn, each with the reason; `imputed`: plans whose minutes come from their top speed
 * Cost O(plans · links).
 */
export function plansUpgrade(region: Region): { upgrade: Upgrade; left: readonly string[]; imputed: readonly string[] } {
  const changes: Change[] = [];
  for (const table of ['roads', 'rail'] as const) {
    const ids = region[table].filter(({ status }) => COMING.has(status)).map(({ id }) => id);
    if (ids.length === 0) continue;
    const change = table === 'roads' ? 'change-road' : 'change-rail';
    changes.push({ change, select: { ids: ids.sort(byCodePoint) }, set: { status: 'open' } });
  }
  const left: string[] = [];
  const imputed: string[] = [];
  const endOf = planEnds(region);
  for (const plan of region.plans.filter(({ status }) => COMING.has(status)).sort((a, b) => byCodePoint(a.id, b.id))) {
    const change = planChange(region, plan, endOf(plan, 'from'), endOf(plan, 'to'));
    if (typeof change === 'string') left.push(`${plan.id}: ${change}`);
    else if (change) {
      changes.push(change);
      if (plan.minutes === null) imputed.push(plan.id);
    }
  }
  const upgrade: Upgrade = {
    id: 'plans',
    name: 'All plans of the region',
    description: 'links being built or planned, and the plans of plans.geojson whose ends are in the network',
    status: 'planned',
    openingYear: null,
    costs: [],
    source: 'plans.geojson, rail.geojson, roads.geojson',
    confidence: 'low',
    basis: 'published',
    changes,
  };
  return { upgrade, left, imputed };
}

/** The link of a plan, the reason why there is none, or null where the tables hold it. */
function planChange(region: Region, plan: Plan, from: string | null, to: string | null): Change | string | null {
  if (from === null || to === null || from === to) return 'an end is not in the network';
  if (isInTables(region, plan.mode, from, to)) return null;
  return plan.mode === 'road' ? roadOf(plan, from, to) : railOf(region, plan, from, to);
}

function planEnds(region: Region): (plan: Plan, end: 'from' | 'to') => string | null {
  const used = (links: readonly { from: string; to: string }[]) => new Set(links.flatMap(({ from, to }) => [from, to]));
  const [onRoads, onRail] = [used(region.roads), used(region.rail)];
  const places = {
    road: region.junctions.filter(({ id }) => onRoads.has(id)),
    rail: region.stations.filter(({ id }) => onRail.has(id)),
  };
  const limits = { count: 1, kilometres: SNAP_KILOMETRES };
  const near = { road: nearestPlaces(places.road, limits), rail: nearestPlaces(places.rail, limits) };
  return (plan, end) => {
    const id = plan[end];
    if (id !== null) return places[plan.mode].some((place) => place.id === id) ? id : null;
    const [longitude, latitude] = end === 'from' ? plan.fromLonLat : plan.toLonLat;
    const [nearest] = near[plan.mode](longitude, latitude);
    return nearest && nearest.kilometres <= SNAP_KILOMETRES ? nearest.place.id : null;
  };
}

/** Whether links that are being built or planned already lead from one end to the other. */
function isInTables(region: Region, mode: 'road' | 'rail', from: string, to: string): boolean {
  const links: readonly (RoadLink | RailLink)[] = (mode === 'road' ? region.roads : region.rail).filter(({ status }) => COMING.has(status));
  const reached = new Set([from]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const link of links) {
      if (reached.has(link.from) === reached.has(link.to)) continue;
      reached.add(link.from).add(link.to);
      grew = true;
    }
  }
  return reached.has(to);
}

function about(plan: Plan) {
  const { source, confidence, basis } = plan;
  return { source, confidence, basis, opened: plan.openingYear, status: 'open' as const, kept: {} };
}

function roadOf(plan: Plan, from: string, to: string): Change | string {
  const { lengthKilometres, speedKilometresPerHour, minutes } = plan;
  if (lengthKilometres === null) return 'no length';
  const speed = minutes !== null ? (lengthKilometres / minutes) * 60 : speedKilometresPerHour;
  if (speed === null) return 'neither minutes nor speed';
  const roadClass = (speedKilometresPerHour ?? speed) >= MOTORWAY_KILOMETRES_PER_HOUR ? 'motorway' : 'primary';
  return {
    change: 'add-road',
    link: {
      id: `plans:${plan.id}`,
      from,
      to,
      route: plan.id,
      name: plan.name,
      class: roadClass,
      lengthKilometres,
      speedKilometresPerHour: speed,
      lanes: null,
      oneway: false,
      toll: null,
      ...about(plan),
    },
  };
}

function railOf(region: Region, plan: Plan, from: string, to: string): Change | string {
  const { lengthKilometres, speedKilometresPerHour, minutes } = plan;
  if (lengthKilometres === null) return 'no length';
  if (minutes === null && speedKilometresPerHour === null) return 'neither minutes nor speed';
  const reckoned = minutes ?? travelMinutes(lengthKilometres, (speedKilometresPerHour ?? 0) * MEAN_OVER_TOP_SPEED);
  const isMetro = [from, to].every((end) => region.rail.some((link) => link.class === 'metro' && (link.from === end || link.to === end)));
  const top = speedKilometresPerHour ?? (lengthKilometres / reckoned) * 60;
  const railClass = top >= 300 ? 'high-speed' : top >= 200 ? 'intercity' : isMetro ? 'metro' : 'commuter';
  return {
    change: 'add-rail',
    link: {
      id: `plans:${plan.id}`,
      from,
      to,
      line: `plans:${plan.id}`,
      lineName: plan.name,
      class: railClass,
      lengthKilometres,
      minutes: reckoned,
      trainsPerDay: null,
      ...about(plan),
    },
  };
}
