import Flatbush from 'flatbush';
import type { Place, RoadLink } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { type Foot, lineOf, metresBetween, nearestOnLine, type Position } from './line-geometry.ts';
import { looseEnds } from './snap-ends.ts';
import { splitRows } from './split-link.ts';
import { areApart, type Workbench } from './workbench.ts';

const METRES_PER_DEGREE = 111_195.08;

/** Boxes of the links, widened by the tolerance, and the way from a link that was cut to its halves. */
class LinkIndex {
  private readonly bench: Workbench;
  private readonly links: RoadLink[];
  private readonly index: Flatbush | null;
  private readonly heirs = new Map<string, string[]>();

  constructor(bench: Workbench) {
    this.bench = bench;
    this.links = [...bench.roads.values()].sort((a, b) => byCodePoint(a.id, b.id));
    this.index = this.links.length > 0 ? new Flatbush(this.links.length) : null;
    for (const link of this.links) {
      const box = [180, 90, -180, -90];
      for (const [longitude, latitude] of lineOf(bench, link)) {
        box[0] = Math.min(box[0] ?? 0, longitude);
        box[1] = Math.min(box[1] ?? 0, latitude);
        box[2] = Math.max(box[2] ?? 0, longitude);
        box[3] = Math.max(box[3] ?? 0, latitude);
      }
      this.index?.add(box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0);
    }
    this.index?.finish();
  }

  /** Links as they now are whose box lies within the tolerance of a place, in code-point order. */
  near([longitude, latitude]: Position, metres: number): RoadLink[] {
    const tall = metres / METRES_PER_DEGREE;
    const wide = tall / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
    const found = this.index?.search(longitude - wide, latitude - tall, longitude + wide, latitude + tall) ?? [];
    return found.flatMap((number) => this.present(this.links[number]?.id ?? '')).sort((a, b) => byCodePoint(a.id, b.id));
  }

  private present(id: string): RoadLink[] {
    const link = this.bench.roads.get(id);
    return link ? [link] : (this.heirs.get(id) ?? []).flatMap((heir) => this.present(heir));
  }

  /** Cut a link at a junction, as an edit. */
  cut(link: RoadLink, junction: Place, foot: Foot, why: string): void {
    const changes = splitRows(this.bench, link, junction, foot);
    this.heirs.set(
      link.id,
      changes.adds.roads.map((half) => half.id),
    );
    const place: Position = [junction.longitude, junction.latitude];
    this.bench.make({ kind: 'split', why, place, metres: Number(foot.metres.toFixed(3)), ...changes });
  }
}

/** Where a link may be cut for a junction: inside the tolerance, and not at one of its own ends. */
function footFor(bench: Workbench, link: RoadLink, place: Position, toleranceMetres: number): Foot | null {
  const line = lineOf(bench, link);
  const foot = nearestOnLine(line, place);
  const ends = [line[0], line.at(-1)].map((end) => (end ? metresBetween(place, end) : 0));
  return foot.metres <= toleranceMetres && ends.every((metres) => metres > toleranceMetres) ? foot : null;
}

/** Cut links where a loose end of another one lies on them. */
function splitAtLooseEnds(bench: Workbench, index: LinkIndex, toleranceMetres: number): void {
  for (const end of looseEnds(bench)) {
    const [id] = bench.linksAt(end.id);
    const own = bench.roads.get(id ?? '');
    if (!own) continue;
    const place: Position = [end.longitude, end.latitude];
    const [best] = index
      .near(place, toleranceMetres)
      .filter((link) => link.id !== own.id && !areApart(link, own))
      .flatMap((link) => {
        const foot = footFor(bench, link, place, toleranceMetres);
        return foot ? [{ link, foot }] : [];
      })
      .sort((a, b) => a.foot.metres - b.foot.metres || byCodePoint(a.link.id, b.link.id));
    if (!best) continue;
    const why = `the end ${end.id} of ${own.id} lies ${best.foot.metres.toFixed(2)} m from ${best.link.id}, which runs on past it`;
    index.cut(best.link, end, best.foot, why);
  }
}

/** Places at which two links or more have a position between their ends, or one has such a position at a junction it does not end at. */
function sharedPlaces(bench: Workbench): Map<string, { place: Position; links: Set<string>; junction: Place | null }> {
  const shared = new Map<string, { place: Position; links: Set<string>; junction: Place | null }>();
  const keyOf = ([longitude, latitude]: Position) => `${longitude.toFixed(7)},${latitude.toFixed(7)}`;
  const junctionAt = new Map([...bench.junctions.values()].map((row) => [keyOf([row.longitude, row.latitude]), row]));
  for (const link of [...bench.roads.values()].sort((a, b) => byCodePoint(a.id, b.id))) {
    for (const place of link.geometry?.slice(1, -1) ?? []) {
      const key = keyOf(place);
      const entry = shared.get(key) ?? { place, links: new Set<string>(), junction: junctionAt.get(key) ?? null };
      shared.set(key, { ...entry, links: entry.links.add(link.id) });
    }
  }
  for (const [key, { links, junction }] of shared) if (links.size < 2 && !junction) shared.delete(key);
  return shared;
}

/** Cut links at positions that they share: drawn there by one hand, they meet; lines that only cross have no such position. */
function splitAtSharedPlaces(bench: Workbench, index: LinkIndex): void {
  for (const [key, { place, links, junction }] of [...sharedPlaces(bench)].sort((a, b) => byCodePoint(a[0], b[0]))) {
    const present = index
      .near(place, 0.05)
      .filter((link) => (link.geometry ?? []).slice(1, -1).some((position) => metresBetween(position, place) < 0.01));
    const [first] = present;
    const others = junction ? [...bench.linksAt(junction.id)].flatMap((id) => bench.roads.get(id) ?? []) : present.slice(1);
    // a line that comes back to its own end there would become a loop
    const meeting = present
      .filter((link) => link.from !== junction?.id && link.to !== junction?.id)
      .filter((link) => (junction ? others : present).some((other) => other.id !== link.id && !areApart(link, other)));
    if (!first || meeting.length + (junction ? 1 : 0) < 2) continue;
    const [longitude, latitude] = place;
    const made: Place = {
      id: `x${key.replace(',', '_')}`,
      name: '',
      nameLocal: '',
      kind: 'interchange',
      zone: null,
      longitude,
      latitude,
      kept: { source: 'repair' },
    };
    for (const link of meeting) {
      const foot = nearestOnLine(lineOf(bench, link), place);
      const why = `${link.id} runs through a place that it shares with ${[...links].filter((id) => id !== link.id).join(', ') || junction?.id}`;
      index.cut(link, junction ?? made, foot, why);
    }
  }
}

/**
 * Split links at true junctions: where a loose end lies on another link within the tolerance, and where links share a drawn position. Links
 * that merely cross, and links at different levels (bridge, tunnel), stay as they are.
 *
 * Cost O(positions + loose ends · links nearby).
 */
export function splitLinks(bench: Workbench, toleranceMetres: number): void {
  const index = new LinkIndex(bench);
  splitAtSharedPlaces(bench, index);
  splitAtLooseEnds(bench, index, toleranceMetres);
}
