import { around } from 'geokdbush';
import KDBush from 'kdbush';
import type { Place, RoadLink } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { metresBetween, type Position } from './line-geometry.ts';
import { areApart, isBarrier, rows, type Workbench } from './workbench.ts';

const at = (place: Place): Position => [place.longitude, place.latitude];

/** Ids of junctions at which exactly one link ends and that no barrier made, in code-point order. */
export function looseEnds(bench: Workbench): Place[] {
  return [...bench.junctions.values()]
    .filter((place) => bench.linksAt(place.id).size === 1 && !isBarrier(place))
    .sort((a, b) => byCodePoint(a.id, b.id));
}

/** A link whose end moves from one junction to another, its line with it. */
function moved(link: RoadLink, from: Place, to: Place): RoadLink {
  const isAtStart = link.from === from.id;
  const line = link.geometry?.slice();
  if (line) line[isAtStart ? 0 : line.length - 1] = at(to);
  return { ...link, ...(isAtStart ? { from: to.id } : { to: to.id }), ...(line ? { geometry: line } : {}) };
}

function isNeighbour(bench: Workbench, a: string, b: string): boolean {
  return [...bench.linksAt(a)].some((id) => {
    const link = bench.roads.get(id);
    return link !== undefined && (link.from === b || link.to === b);
  });
}

/** The nearest junction that a loose end may be joined to, within the tolerance. */
function partner(bench: Workbench, end: Place, link: RoadLink, near: readonly Place[], toleranceMetres: number): Place | undefined {
  return near
    .filter((other) => other.id !== end.id && bench.junctions.has(other.id) && !isBarrier(other))
    .filter((other) => metresBetween(at(end), at(other)) <= toleranceMetres && !isNeighbour(bench, end.id, other.id))
    .filter((other) => [...bench.linksAt(other.id)].some((id) => !areApart(link, bench.roads.get(id) ?? link)))
    .sort((a, b) => metresBetween(at(end), at(a)) - metresBetween(at(end), at(b)) || byCodePoint(a.id, b.id))[0];
}

/**
 * Join loose ends to the nearest junction within the tolerance: the end's link goes to that junction, the end goes. Lengths stay as they are.
 * Ends at barriers, ends on bridges beside roads below, and ends of the same link are left apart.
 *
 * Cost O(junctions log junctions).
 */
export function snapEnds(bench: Workbench, toleranceMetres: number): void {
  const places = [...bench.junctions.values()].sort((a, b) => byCodePoint(a.id, b.id));
  if (places.length === 0) return;
  const index = new KDBush(places.length);
  for (const place of places) index.add(place.longitude, place.latitude);
  index.finish();
  for (const end of looseEnds(bench)) {
    const [id] = bench.linksAt(end.id);
    const link = bench.roads.get(id ?? '');
    // an end may have been joined by an earlier edit
    if (!link || !bench.junctions.has(end.id) || bench.linksAt(end.id).size !== 1) continue;
    const near = around(index, end.longitude, end.latitude, 16, (toleranceMetres * 1.01) / 1000).flatMap(
      (position) => places[position] ?? [],
    );
    const other = partner(bench, end, link, near, toleranceMetres);
    if (!other) continue;
    const metres = metresBetween(at(end), at(other));
    bench.make({
      kind: 'snap',
      why: `the end ${end.id} of ${link.id} lies ${metres.toFixed(2)} m from ${other.id}, and no road joins them`,
      place: at(end),
      metres: Number(metres.toFixed(3)),
      removes: rows({ junctions: [end], roads: [link] }),
      adds: rows({ roads: [moved(link, end, other)] }),
    });
  }
}
