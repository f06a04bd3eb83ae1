import type { Place, Region, Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { cityName, LATIN, ownName } from '../place-names.ts';
import { escapeHtml } from './html.ts';
import { isInFrame, MAP_WIDTH, type MapFrame, unit } from './map-frame.ts';

/** A box in map units that nothing else may cover. */
export interface Taken {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface City {
  readonly name: string;
  readonly local: string;
  readonly longitude: number;
  readonly latitude: number;
}

/** Text height in map units and how many labels at most: once for a wide page, once for a phone. */
const SIZES = [
  { className: 'wide', height: 13, most: 16 },
  { className: 'narrow', height: 22, most: 6 },
] as const;

/** Names of cities that fit without touching each other or what is taken, most important first; in the local script too where there is one. */
export function placeLabels(region: Region, frame: MapFrame, taken: readonly Taken[] = []): string {
  const cities = citiesOf(region).filter((city) => isInFrame(frame, city.longitude, city.latitude));
  return SIZES.map(({ className, height, most }) => {
    const boxes = [...taken, ...furniture(frame, height)];
    const shown: string[] = [];
    for (const city of cities) {
      if (shown.length >= most) break;
      const placed = place(city, frame, height, boxes);
      if (placed) shown.push(placed);
    }
    return `<g class="places ${className}">${shown.join('')}</g>`;
  }).join('');
}

/** The scale bar below on the left and the arrow above on the right. */
function furniture({ height: mapHeight }: MapFrame, height: number): Taken[] {
  return [
    { left: 0, right: 190, top: mapHeight - 3.2 * height, bottom: mapHeight },
    { left: MAP_WIDTH - 50, right: MAP_WIDTH, top: 0, bottom: 70 },
  ];
}

/** Cores first, then by people; each city of several zones once, at the railway station that bears its name. */
function citiesOf(region: Region): City[] {
  const cores = [region.manifest.primaryCore, ...region.manifest.secondaryCores];
  const rank = (zone: Zone) => (cores.includes(zone.id) ? cores.indexOf(zone.id) : cores.length);
  const zones = region.zones.slice().sort((a, b) => rank(a) - rank(b) || b.population - a.population || (a.id < b.id ? -1 : 1));
  const stations = new Map<string, Place>();
  for (const station of region.stations.toSorted((a, b) => byCodePoint(a.id, b.id)))
    if (!stations.has(station.name)) stations.set(station.name, station);
  const members = new Map<string, number>();
  for (const zone of zones) members.set(zone.admin2, (members.get(zone.admin2) ?? 0) + 1);
  const cities = new Map<string, City>();
  for (const zone of zones) {
    const own = { name: ownName(zone), local: zone.nameLocal, longitude: zone.longitude, latitude: zone.latitude };
    const name = cityName(zone, region.manifest.primaryCore);
    const station = cityAt(name, zone, stations);
    // a city of many zones without a station of its name has no known place: the zone goes by its own name
    const isWhole = members.get(zone.admin2) === 1 || cores.includes(zone.id);
    const city = station ?? (isWhole ? { ...own, name } : own);
    if (!cities.has(city.name)) cities.set(city.name, { ...city, local: LATIN.test(city.local) ? '' : city.local });
  }
  return [...cities.values()];
}

/** The city of a name at its station, "Cangzhou" or "Cangzhou West", not far from the zone; null where there is none. */
function cityAt(name: string, zone: Zone, stations: ReadonlyMap<string, Place>): City | null {
  for (const side of ['', ' West', ' East', ' South', ' North']) {
    const station = stations.get(name + side);
    if (!station || Math.hypot(station.longitude - zone.longitude, station.latitude - zone.latitude) > NEAR_DEGREES) continue;
    const local = side === '' ? station.nameLocal : station.nameLocal.replace(/[东西南北東]$/, '');
    return { name, local, longitude: station.longitude, latitude: station.latitude };
  }
  return null;
}

/** A station farther than this from a zone of its city is another city's. */
const NEAR_DEGREES = 1;

function place(city: City, frame: MapFrame, height: number, boxes: Taken[]): string | null {
  const [x, y] = [frame.x(city.longitude), frame.y(city.latitude)];
  const width = Math.max(textWidth(city.name, height), textWidth(city.local, height * 0.85));
  const lines = city.local ? 2 : 1;
  const tall = lines * height * 1.1;
  const gap = height * 0.45;
  const options: readonly (readonly [number, number, string])[] = [
    [x + gap, y - tall / 2, 'start'],
    [x - gap - width, y - tall / 2, 'end'],
    [x - width / 2, y - gap - tall, 'middle'],
    [x - width / 2, y + gap, 'middle'],
    [x + gap, y - tall, 'start'],
    [x - gap - width, y - tall, 'end'],
  ];
  for (const [left, top, anchor] of options) {
    const box = { left: left - 2, right: left + width + 2, top: top - 1, bottom: top + tall + 1 };
    const fits = box.left >= 2 && box.right <= MAP_WIDTH - 2 && box.top >= 2 && box.bottom <= frame.height - 2;
    if (!fits || boxes.some((other) => overlap(box, other))) continue;
    boxes.push(box, { left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 });
    const textX = unit(anchor === 'start' ? left : anchor === 'end' ? left + width : x);
    const local = city.local ? `<tspan class="local" x="${textX}" dy="1.05em">${escapeHtml(city.local)}</tspan>` : '';
    const dot = `<circle class="dot" cx="${unit(x)}" cy="${unit(y)}" r="${height > 15 ? 4 : 2.5}"/>`;
    return `${dot}<text x="${textX}" y="${unit(top + height * 0.85)}" text-anchor="${anchor}">${escapeHtml(city.name)}${local}</text>`;
  }
  return null;
}

function overlap(a: Taken, b: Taken): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

/** Chinese, Japanese and Korean signs are a full square, Latin letters a little over half one. */
export function textWidth(text: string, height: number): number {
  let width = 0;
  for (const sign of text) width += sign.charCodeAt(0) >= 0x2e80 ? 1 : 0.62;
  return width * height;
}
