import { MultiDirectedGraph } from 'graphology';
import { greatCircleKilometres } from '../model/place.ts';
import { byCodePoint, travelMinutes } from '../model/units.ts';
import type { Imputed, RegionGraph } from './graph-types.ts';
import { nearestPlaces } from './nearest-places.ts';

type Position = readonly [number, number];

interface PlainInput {
  readonly id: string;
  readonly positions: readonly Position[];
  readonly speedKilometresPerHour: number | null;
  readonly oneway: boolean;
}

export interface NodingOptions {
  /** ends of lines at most this far apart are one node */
  readonly toleranceMetres: number;
  /** speed of lines without one, km/h; each use is counted. Null refuses such lines. */
  readonly defaultSpeedKilometresPerHour: number | null;
}

export const DEFAULT_NODING: NodingOptions = { toleranceMetres: 1, defaultSpeedKilometresPerHour: null };

/** Coordinates equal after rounding to 1e-7 degrees (about a centimetre) are one vertex. */
function keyOf([longitude, latitude]: Position): string {
  return `${longitude.toFixed(7)},${latitude.toFixed(7)}`;
}

/**
 * Lines to a graph: a node where lines share a vertex or end; lines that merely cross stay apart (bridges). Ends within the tolerance join
 * the first of them by coordinates. Links are the pieces between nodes, `id#piece`, with great-circle lengths on the mean sphere.
 *
 * @returns  lines without a speed and without a default are listed in `refused`; pieces that come back to their own node in `loops`, left
 *           out because no shortest way uses them
 * Cost O(positions log ends).
 */
export function buildPlainGraph(
  lines: readonly PlainInput[],
  options: NodingOptions,
): { graph: RegionGraph; imputed: readonly Imputed[]; refused: readonly string[]; loops: readonly string[] } {
  const graph: RegionGraph = new MultiDirectedGraph();
  const joined = joinEnds(lines, options.toleranceMetres);
  const nodeKey = (position: Position) => joined.get(keyOf(position)) ?? keyOf(position);
  const isNode = nodeTest(lines, nodeKey);
  const refused: string[] = [];
  const loops: string[] = [];
  let imputed = 0;
  for (const line of lines.slice().sort((a, b) => byCodePoint(a.id, b.id))) {
    const speed = line.speedKilometresPerHour ?? options.defaultSpeedKilometresPerHour;
    if (line.speedKilometresPerHour === null) imputed += 1;
    if (speed === null) refused.push(line.id);
    else loops.push(...addPieces(graph, line, speed, nodeKey, isNode));
  }
  const count = options.defaultSpeedKilometresPerHour === null ? 0 : imputed;
  return {
    graph,
    refused,
    loops,
    imputed: count > 0 ? [{ kind: `speed: ${options.defaultSpeedKilometresPerHour} km/h as given`, count }] : [],
  };
}

function nodeTest(lines: readonly PlainInput[], nodeKey: (position: Position) => string): (key: string, isEnd: boolean) => boolean {
  const uses = new Map<string, number>();
  const ends = new Set<string>();
  for (const { positions } of lines) {
    for (const key of new Set(positions.map(nodeKey))) uses.set(key, (uses.get(key) ?? 0) + 1);
    for (const end of [positions[0], positions.at(-1)]) if (end) ends.add(nodeKey(end));
  }
  return (key, isEnd) => isEnd || ends.has(key) || (uses.get(key) ?? 0) > 1;
}

function joinEnds(lines: readonly PlainInput[], toleranceMetres: number): Map<string, string> {
  const ends = new Map<string, Position>();
  for (const { positions } of lines) for (const end of [positions[0], positions.at(-1)]) if (end) ends.set(keyOf(end), end);
  const places = [...ends].map(([id, [longitude, latitude]]) => {
    return { id, name: id, nameLocal: '', kind: 'end', zone: null, kept: {}, longitude, latitude };
  });
  const near = nearestPlaces(places, { count: 8, kilometres: toleranceMetres / 1000 });
  const joined = new Map<string, string>();
  for (const place of places.sort((a, b) => byCodePoint(a.id, b.id))) {
    if (joined.has(place.id)) continue;
    for (const { place: other, kilometres } of near(place.longitude, place.latitude)) {
      if (kilometres * 1000 <= toleranceMetres && !joined.has(other.id)) joined.set(other.id, place.id);
    }
  }
  return joined;
}

function addPieces(
  graph: RegionGraph,
  line: PlainInput,
  speed: number,
  nodeKey: (position: Position) => string,
  isNode: (key: string, isEnd: boolean) => boolean,
): string[] {
  const loops: string[] = [];
  let from: string | null = null;
  let lengthKilometres = 0;
  let piece = 0;
  line.positions.forEach((position, index) => {
    const before = line.positions[index - 1];
    if (before) lengthKilometres += greatCircleKilometres(before[0], before[1], position[0], position[1]);
    const key = nodeKey(position);
    if (!isNode(key, index === 0 || index === line.positions.length - 1)) return;
    if (!graph.hasNode(key)) {
      const [longitude = 0, latitude = 0] = key.split(',').map(Number);
      graph.addNode(key, { kind: 'junction', place: key, longitude, latitude });
    }
    if (from !== null && from !== key) {
      const id = `${line.id}#${piece++}`;
      const attributes = { link: id, kind: 'road' as const, minutes: travelMinutes(lengthKilometres, speed), lengthKilometres };
      graph.addEdgeWithKey(`${id}>`, from, key, attributes);
      if (!line.oneway) graph.addEdgeWithKey(`${id}<`, key, from, attributes);
    }
    if (from === key) loops.push(`${line.id}#${piece++}`);
    from = key;
    lengthKilometres = 0;
  });
  return loops;
}
