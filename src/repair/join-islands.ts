import { around } from 'geokdbush';
import KDBush from 'kdbush';
import type { Place, RoadLink } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { metresBetween } from './line-geometry.ts';
import { isBarrier, rows, type Workbench } from './workbench.ts';

/** km/h of a connector. */
const CONNECTOR_KILOMETRES_PER_HOUR = 15;

class Islands {
  private readonly parent = new Map<string, string>();

  rootOf(id: string): string {
    let root = id;
    for (let above = this.parent.get(root); above !== undefined; above = this.parent.get(root)) root = above;
    for (let walk = id; walk !== root; ) {
      const next = this.parent.get(walk) ?? root;
      this.parent.set(walk, root);
      walk = next;
    }
    return root;
  }

  join(a: string, b: string): void {
    const [first, second] = [this.rootOf(a), this.rootOf(b)].sort(byCodePoint);
    if (first !== undefined && second !== undefined && first !== second) this.parent.set(second, first);
  }
}

function connector(from: Place, to: Place, metres: number): RoadLink {
  return {
    id: `connector:${from.id}:${to.id}`,
    from: from.id,
    to: to.id,
    route: '',
    name: '',
    class: 'connector',
    lengthKilometres: Math.max(0.001, Number((metres / 1000).toFixed(6))),
    speedKilometresPerHour: CONNECTOR_KILOMETRES_PER_HOUR,
    lanes: null,
    oneway: false,
    toll: null,
    opened: null,
    status: 'open',
    source: 'repair: joins an island',
    confidence: 'low',
    basis: 'assumed-neighbour',
    kept: {},
  };
}

/**
 * Join islands to the network by explicit links of class `connector`, the largest islands first, each where it comes nearest to another part.
 * Islands farther away than the limit stay islands; ends at barriers are never joined.
 *
 * @param connectMetres  0 joins nothing
 * Cost O(junctions of islands · log junctions).
 */
export function joinIslands(bench: Workbench, connectMetres: number): void {
  if (connectMetres <= 0) return;
  const islands = new Islands();
  for (const { from, to } of bench.roads.values()) islands.join(from, to);
  const places = [...bench.junctions.values()]
    .filter((place) => bench.linksAt(place.id).size > 0 && !isBarrier(place))
    .sort((a, b) => byCodePoint(a.id, b.id));
  const members = new Map<string, Place[]>();
  for (const place of places) {
    const root = islands.rootOf(place.id);
    const group = members.get(root);
    if (group) group.push(place);
    else members.set(root, [place]);
  }
  if (members.size < 2) return;
  const index = new KDBush(places.length);
  for (const place of places) index.add(place.longitude, place.latitude);
  index.finish();
  const bySize = [...members.values()].sort((a, b) => b.length - a.length || byCodePoint(a[0]?.id ?? '', b[0]?.id ?? ''));
  for (const island of bySize.slice(1)) {
    const best = nearestOther(island, places, index, islands, connectMetres);
    if (!best) continue;
    const { from, to, metres } = best;
    islands.join(from.id, to.id);
    bench.make({
      kind: 'connect',
      why: `an island of ${island.length} junctions lies ${metres.toFixed(1)} m from the rest, between ${from.id} and ${to.id}`,
      place: [from.longitude, from.latitude],
      metres: Number(metres.toFixed(3)),
      removes: rows({}),
      adds: rows({ roads: [connector(from, to, metres)] }),
    });
  }
}

function nearestOther(island: readonly Place[], places: readonly Place[], index: KDBush, islands: Islands, connectMetres: number) {
  let best: { from: Place; to: Place; metres: number } | null = null;
  for (const from of island) {
    const root = islands.rootOf(from.id);
    const limit = (best?.metres ?? connectMetres) / 1000;
    const isOther = (position: number) => islands.rootOf(places[position]?.id ?? '') !== root;
    const [found] = around(index, from.longitude, from.latitude, 1, limit * 1.01, isOther);
    const to = places[found ?? -1];
    if (!to) continue;
    const metres = metresBetween([from.longitude, from.latitude], [to.longitude, to.latitude]);
    if (metres <= connectMetres && metres < (best?.metres ?? Number.POSITIVE_INFINITY)) best = { from, to, metres };
  }
  return best;
}
