import type { Drawn, Place, Region } from '../model/tables.ts';

type Position = readonly [number, number];
type Located = Pick<Place, 'id' | 'longitude' | 'latitude'>;

/** The line of a link from one end to the other; null where an end is no place of the region. */
export type LinkLines = (link: string, from: string, to: string) => readonly Position[] | null;

/** Nodes that turn rules split bear the id of their junction, and a number: see turn-rules.ts. */
const SPLIT = /~\d+$/;

/**
 * Lines of the roads and railways of a region, degrees WGS84: as drawn where the tables hold a geometry, else straight between their ends.
 *
 * Directed as asked for; an id that is no link of these two ends gives the straight line. A place may be a station, a junction and a zone at
 * once: railways end at the first, roads at the second, what is no link at a zone where there is one. Cost O(links + places) once.
 */
export function linkLines(region: Region): LinkLines {
  const [zones, junctions, stations] = [byId<Located>(region.zones), byId<Located>(region.junctions), byId<Located>(region.stations)];
  const roads = byId(region.roads);
  const rail = byId(region.rail);
  const placeFor = (link: string, node: string): Position | null => {
    const order = roads.has(link) ? [junctions] : rail.has(link) ? [stations] : [zones, junctions, stations];
    const place = order.map((table) => table.get(node) ?? table.get(node.replace(SPLIT, ''))).find((found) => found !== undefined);
    return place ? [place.longitude, place.latitude] : null;
  };
  return (link, from, to) => {
    const drawn = drawnLine(roads.get(link) ?? rail.get(link), from.replace(SPLIT, ''), to.replace(SPLIT, ''));
    if (drawn) return drawn;
    const [a, b] = [placeFor(link, from), placeFor(link, to)];
    return a && b ? [a, b] : null;
  };
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function drawnLine(link: (Drawn & Record<'from' | 'to', string>) | undefined, from: string, to: string): readonly Position[] | null {
  if (!link?.geometry) return null;
  if (link.from === from && link.to === to) return link.geometry;
  return link.from === to && link.to === from ? link.geometry.toReversed() : null;
}
