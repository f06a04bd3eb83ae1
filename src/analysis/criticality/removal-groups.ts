import { UsageError } from '../../model/errors.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import { byCodePoint } from '../../model/units.ts';
import { borderId } from '../borders/jurisdictions.ts';
import type { RemovalGroup } from './group-criticality.ts';

export const GROUP_KINDS = ['stations', 'corridors', 'crossings', 'borders', 'bridges'] as const;
/**
 * What is removed together: all that stops at, ends at or passes a station (on roads: a junction); parallel ways between two junctions of
 * three and more ways; all links between the same two places over a border; all links over a border; links of a bridge or tunnel.
 */
export type GroupKind = (typeof GROUP_KINDS)[number];

/** What groups are made by, beside the links themselves. */
export interface Landmarks {
  /** id of the junction or station by node; null at doors of zones */
  readonly placeOf: readonly (string | null)[];
  /** neighbouring places that a row runs between, in order; a fast train passes several pairs, connectors none */
  readonly spansOf: (row: number) => readonly (readonly [string, string])[];
  readonly placeName: (place: string) => string;
  /** state, prefecture or province by place; null where the network has none */
  readonly admin1Of: ((place: string) => string) | null;
  /** name of the bridge or tunnel by link id; null where the network tells of none */
  readonly structureOf: ReadonlyMap<string, string> | null;
}

/** All that runs between two neighbouring places. */
interface Segment {
  readonly from: string;
  readonly to: string;
  readonly rows: number[];
  readonly names: Set<string>;
}

/**
 * Groups of links that can fail together, in order of their ids.
 *
 * @throws UsageError where the network does not know borders or bridges
 * Cost O(links log links).
 */
export function removalGroups(input: FlowInput, landmarks: Landmarks, kind: GroupKind): RemovalGroup[] {
  const groups = GROUPS_BY_KIND[kind](input, landmarks, segmentsOf(input, landmarks));
  return groups.sort((a, b) => byCodePoint(a.id, b.id));
}

/** All that passes between two neighbouring places, both ways: what a single failure of a railway takes out, whichever trains run there. */
export function sectionGroups(input: FlowInput, landmarks: Landmarks): RemovalGroup[] {
  const { placeName } = landmarks;
  return segmentsOf(input, landmarks)
    .map(({ from, to, rows }) => groupOf(`${from} – ${to}`, `${placeName(from)} – ${placeName(to)}`, from, to, rows))
    .sort((a, b) => byCodePoint(a.id, b.id));
}

type Grouping = (input: FlowInput, landmarks: Landmarks, segments: readonly Segment[]) => RemovalGroup[];

const GROUPS_BY_KIND: Readonly<Record<GroupKind, Grouping>> = {
  stations: stationGroups,
  corridors: (_input, landmarks, segments) => corridorGroups(landmarks, segments),
  crossings: (_input, landmarks, segments) => crossingGroups(landmarks, segments),
  borders: (_input, landmarks, segments) => borderGroups(landmarks, segments),
  bridges: structureGroups,
};

function segmentsOf(input: FlowInput, { spansOf }: Landmarks): Segment[] {
  const segments = new Map<string, Segment>();
  input.links.forEach(({ name }, row) => {
    for (const [a, b] of spansOf(row)) {
      if (a === b) continue;
      const [from, to] = byCodePoint(a, b) < 0 ? [a, b] : [b, a];
      const key = JSON.stringify([from, to]);
      const segment = segments.get(key) ?? { from, to, rows: [], names: new Set<string>() };
      segments.set(key, segment);
      segment.rows.push(row);
      segment.names.add(name);
    }
  });
  return [...segments.values()];
}

function groupOf(id: string, name: string, from: string, to: string, rows: Iterable<number>): RemovalGroup {
  return { id, name, from, to, rows: [...new Set(rows)].sort((a, b) => a - b) };
}

function namesOf(segments: readonly Segment[]): string {
  const names = [...new Set(segments.flatMap((segment) => [...segment.names]))].filter((name) => name !== '').sort(byCodePoint);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function stationGroups(input: FlowInput, { placeOf, placeName }: Landmarks, segments: readonly Segment[]): RemovalGroup[] {
  const rows = new Map<string, number[]>();
  const add = (place: string, row: number) => {
    const known = rows.get(place);
    if (known) known.push(row);
    else rows.set(place, [row]);
  };
  input.links.forEach(({ from, to }, row) => {
    for (const place of new Set([placeOf[from], placeOf[to]])) if (place) add(place, row);
  });
  for (const { from, to, rows: over } of segments) for (const row of over) for (const place of [from, to]) add(place, row);
  return [...rows].map(([place, own]) => groupOf(place, placeName(place), place, place, own));
}

/** Chains through places of two ways under the same names; chains with the same two ends together. */
function corridorGroups({ placeName }: Landmarks, segments: readonly Segment[]): RemovalGroup[] {
  const at = new Map<string, Segment[]>();
  for (const segment of segments) {
    for (const place of [segment.from, segment.to]) {
      const known = at.get(place);
      if (known) known.push(segment);
      else at.set(place, [segment]);
    }
  }
  const route = ({ names }: Segment) => [...names].sort(byCodePoint).join('\n');
  const seen = new Set<Segment>();
  /** the far end of the chain that leaves a segment by one of its ends, segments gathered on the way */
  const follow = (first: Segment, by: string, chain: Segment[]): string => {
    let [here, place] = [first, by];
    for (;;) {
      const around = at.get(place) ?? [];
      const next = around.length === 2 ? around.find((other) => other !== here) : undefined;
      if (!next || seen.has(next) || route(next) !== route(first)) return place;
      seen.add(next);
      chain.push(next);
      place = next.from === place ? next.to : next.from;
      here = next;
    }
  };
  const corridors = new Map<string, { ends: readonly [string, string]; chain: Segment[] }>();
  for (const segment of segments) {
    if (seen.has(segment)) continue;
    seen.add(segment);
    const chain = [segment];
    const reached = [follow(segment, segment.from, chain), follow(segment, segment.to, chain)].sort(byCodePoint);
    const ends = [reached[0] ?? '', reached[1] ?? ''] as const;
    const known = corridors.get(JSON.stringify(ends));
    if (known) known.chain.push(...chain);
    else corridors.set(JSON.stringify(ends), { ends, chain });
  }
  return [...corridors.values()].map(({ ends: [from, to], chain }) => {
    const name = namesOf(chain) || `${placeName(from)} – ${placeName(to)}`;
    const rows = chain.flatMap((segment) => segment.rows);
    return groupOf(`${from} – ${to}`, name, from, to, rows);
  });
}

function bordersOf({ admin1Of }: Landmarks, segments: readonly Segment[]): { segment: Segment; border: string }[] {
  if (!admin1Of) throw new UsageError('--remove crossings and borders need a region with states, prefectures or provinces');
  return segments.flatMap((segment) => {
    const [a, b] = [admin1Of(segment.from), admin1Of(segment.to)];
    return a === b || a === '' || b === '' ? [] : [{ segment, border: borderId(a, b) }];
  });
}

function crossingGroups(landmarks: Landmarks, segments: readonly Segment[]): RemovalGroup[] {
  return bordersOf(landmarks, segments).map(({ segment, border }) => {
    const { from, to, rows } = segment;
    return groupOf(`${from} – ${to}`, `${border.replace('|', ' | ')}: ${namesOf([segment])}`, from, to, rows);
  });
}

function borderGroups(landmarks: Landmarks, segments: readonly Segment[]): RemovalGroup[] {
  const rows = new Map<string, number[]>();
  for (const { segment, border } of bordersOf(landmarks, segments)) rows.set(border, [...(rows.get(border) ?? []), ...segment.rows]);
  return [...rows].map(([border, own]) => {
    const [from = '', to = ''] = border.split('|');
    return groupOf(border, border.replace('|', ' | '), from, to, own);
  });
}

/** Links of one bridge or tunnel: those of its name that hang together. */
function structureGroups(input: FlowInput, { structureOf }: Landmarks, segments: readonly Segment[]): RemovalGroup[] {
  if (!structureOf)
    throw new UsageError(
      '--remove bridges needs the roads of a region: nothing tells which links of a TNTP net or a railway are bridges or tunnels',
    );
  const groups: { name: string; places: Set<string>; rows: number[] }[] = [];
  for (const { from, to, rows } of segments) {
    const own = rows.filter((row) => structureOf.has(input.links[row]?.id ?? ''));
    const name = structureOf.get(input.links[own[0] ?? -1]?.id ?? '');
    if (name === undefined) continue;
    const touching = groups.filter((group) => group.name === name && (group.places.has(from) || group.places.has(to)));
    const group = touching[0] ?? { name, places: new Set<string>(), rows: [] };
    if (touching.length === 0) groups.push(group);
    for (const other of touching.slice(1)) {
      groups.splice(groups.indexOf(other), 1);
      for (const place of other.places) group.places.add(place);
      group.rows.push(...other.rows);
    }
    group.places.add(from).add(to);
    group.rows.push(...own);
  }
  return groups.map(({ name, places, rows }) => {
    const [from = '', ...more] = [...places].sort(byCodePoint);
    return groupOf(`${name} (${from})`, name, from, more.at(-1) ?? from, rows);
  });
}
