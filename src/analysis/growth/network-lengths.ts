import { isInSlice } from '../../build/graph-types.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Place, RailLink, Region, RoadLink } from '../../model/tables.ts';

type Link = RoadLink | RailLink;

/** How a published length is read off the tables. */
interface LengthRule {
  /** of the figure's name in history.csv */
  readonly pattern: RegExp;
  readonly isPart: (link: Link) => boolean;
  /** links of several lines between the same places count once */
  readonly isRoute: boolean;
  /** the planned whole, where the published figure is a percentage of it, km */
  readonly whole?: number;
}

const isRail = (link: Link): link is RailLink => 'line' in link;
const onRoute = (pattern: RegExp) => (link: Link) => !isRail(link) && pattern.test(link.route);
const onLine = (pattern: RegExp) => (link: Link) => isRail(link) && pattern.test(link.line);

/** Figures of history.csv that the tables can be held against; others are left alone. */
const LENGTH_RULES: readonly LengthRule[] = [
  { pattern: /^motorways of the region$/, isPart: (link) => !isRail(link) && link.class === 'motorway', isRoute: true },
  { pattern: /^motorways (Beijing|Tianjin|Hebei)$/, isPart: (link) => !isRail(link) && link.class === 'motorway', isRoute: true },
  {
    pattern: /^high-speed and intercity railways of the region$/,
    isPart: (link) => isRail(link) && /high-speed|intercity/.test(link.class),
    isRoute: true,
  },
  { pattern: /^Beijing urban rail in service$/, isPart: (link) => isRail(link) && link.class === 'metro', isRoute: false },
  { pattern: /^Shuto Expressway in service$/, isPart: onRoute(/^(C1|C2|BAYSHORE|K\d.*|S\d.*|SY|SKAW)/), isRoute: true },
  { pattern: /^Tokyo Metro/, isPart: onLine(/^tokyometro-/), isRoute: true },
  { pattern: /^Toei Subway/, isPart: onLine(/^toei-(asakusa|mita|shinjuku|oedo)$/), isRoute: true },
  { pattern: /^three ring roads/, isPart: onRoute(/^(C2|C3|C4)$/), isRoute: true, whole: 525 },
  { pattern: /^Washington Metro route length$/, isPart: onLine(/^wmata-/), isRoute: true },
];

/** What a figure of history.csv would be by the tables. */
export interface TableLength {
  readonly value: number;
  /** part of it on links without a year, which count as old */
  readonly withoutYear: number;
}

/**
 * The value that a published length has in the tables as of its year: km, or percent where the figure is one; null where no rule reads it.
 *
 * A name that ends in a jurisdiction takes the links whose middle lies nearest to a seat of it. Cost O(links · zones) a figure.
 */
export function tableLength(region: Region, what: string, year: number): TableLength | null {
  const rule = LENGTH_RULES.find(({ pattern }) => pattern.test(what));
  if (!rule) return null;
  const admin1 = rule.pattern.exec(what)?.[1];
  const links = [...region.roads, ...region.rail].filter((link) => rule.isPart(link) && isInSlice(link, year));
  const own = admin1 === undefined ? links : links.filter((link) => jurisdictionOf(region, link) === admin1);
  const counted = rule.isRoute ? distinct(own) : own;
  const length = (part: readonly Link[]) => part.reduce((sum, link) => sum + link.lengthKilometres, 0);
  const scale = rule.whole === undefined ? 1 : 100 / rule.whole;
  return { value: length(counted) * scale, withoutYear: length(counted.filter(({ opened }) => opened === null)) * scale };
}

function distinct(links: readonly Link[]): Link[] {
  const seen = new Set<string>();
  return links.filter(({ from, to }) => {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function jurisdictionOf(region: Region, link: Link): string {
  const places: readonly Place[] = isRail(link) ? region.stations : region.junctions;
  const [from, to] = [link.from, link.to].map((id) => places.find((place) => place.id === id));
  if (!from || !to) return '';
  const [longitude, latitude] = [(from.longitude + to.longitude) / 2, (from.latitude + to.latitude) / 2];
  let nearest = '';
  let least = Number.POSITIVE_INFINITY;
  for (const zone of region.zones) {
    const kilometres = greatCircleKilometres(longitude, latitude, zone.longitude, zone.latitude);
    if (kilometres < least) [least, nearest] = [kilometres, zone.admin1];
  }
  return nearest;
}

/** Open kilometres of a slice by kind, lines that share a track counted each. */
export function openLengths(region: Region, year: number | null): { readonly name: string; readonly kilometres: number }[] {
  const kinds: readonly (readonly [string, (link: Link) => boolean])[] = [
    ['motorways', (link) => !isRail(link) && link.class === 'motorway'],
    ['high-speed and intercity lines', (link) => isRail(link) && /high-speed|intercity/.test(link.class)],
    ['other railway lines', (link) => isRail(link) && !/high-speed|intercity|metro/.test(link.class)],
    ['metro lines', (link) => isRail(link) && link.class === 'metro'],
  ];
  const open = [...region.roads, ...region.rail].filter((link) => isInSlice(link, year));
  return kinds.map(([name, isOf]) => ({
    name,
    kilometres: open.filter(isOf).reduce((sum, link) => sum + link.lengthKilometres, 0),
  }));
}
