import { freeze } from '../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../src/build/region-graph.ts';
import { createSearch } from '../../src/kernels/one-to-all.ts';
import { ellipsoidKilometres } from '../../src/model/ellipsoid.ts';
import { type Network, UNREACHED } from '../../src/model/network.ts';
import type { Place, Region, RoadLink } from '../../src/model/tables.ts';

type Position = readonly [number, number];

/** A piece of a road between two neighbouring positions, one way. */
export interface Segment {
  readonly from: Position;
  readonly to: Position;
  readonly link: string;
  readonly isBackward: boolean;
  readonly kilometres: number;
  readonly kilometresPerHour: number;
}

/** A quickest route: milliseconds of the search, and the segments driven. */
export interface DrivenRoute {
  readonly milliseconds: number;
  readonly segments: readonly Segment[];
}

/** Cells of 0.00002 degrees, some 2 m: Routino takes any node under a metre off for the one it is asked for. */
const cellOf = ([x, y]: Position, east: number, north: number) => `${Math.floor(x / 2e-5) + east},${Math.floor(y / 2e-5) + north}`;
const keyOf = ([x, y]: Position) => `${Math.round(x * 1e7)},${Math.round(y * 1e7)}`;

/** An imported street network that can be driven position by position. */
export class OsmExtract {
  /** junctions that a road meets; those at barriers are left out, because two ends stand at one place there */
  readonly junctions: readonly Place[];
  private readonly network: Network;
  private readonly search;
  private readonly links: ReadonlyMap<string, RoadLink>;
  private readonly nodesOf = new Map<string, number[]>();
  private readonly placeCount = new Map<string, number>();
  private readonly arcsInto: { readonly arc: number; readonly tail: number }[][];
  private readonly segmentsFrom = new Map<string, Segment[]>();
  private readonly positionsNear = new Map<string, Set<string>>();

  constructor(region: Region) {
    const { graph } = buildRegionGraph(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' });
    this.network = freeze(graph).network;
    this.search = createSearch(this.network);
    this.junctions = region.junctions.filter(({ id, kept }) => graph.degree(`before/${id}`) > 0 && kept.barrier === undefined);
    for (const { longitude, latitude } of region.junctions) {
      const key = keyOf([longitude, latitude]);
      this.placeCount.set(key, (this.placeCount.get(key) ?? 0) + 1);
    }
    this.links = new Map(region.roads.map((road) => [road.id, road]));
    const { nodeIds, nodeCount, firstArc, arcHead } = this.network;
    nodeIds.forEach((id, node) => {
      const junction = id.replace(/^before\//, '').replace(/~\d+$/, '');
      this.nodesOf.set(junction, [...(this.nodesOf.get(junction) ?? []), node]);
    });
    this.arcsInto = Array.from({ length: nodeCount }, () => []);
    for (let tail = 0; tail < nodeCount; tail++) {
      for (let arc = firstArc[tail] ?? 0; arc < (firstArc[tail + 1] ?? 0); arc++) this.arcsInto[arcHead[arc] ?? 0]?.push({ arc, tail });
    }
    for (const road of region.roads) {
      if (road.status !== 'open') continue;
      for (const segment of segmentsOf(road, false)) this.addSegment(segment);
      if (!road.oneway) for (const segment of segmentsOf(road, true)) this.addSegment(segment);
    }
  }

  private addSegment(segment: Segment): void {
    const key = keyOf(segment.from);
    const known = this.segmentsFrom.get(key);
    if (known) known.push(segment);
    else this.segmentsFrom.set(key, [segment]);
    for (const position of [segment.from, segment.to]) {
      const near = this.positionsNear.get(cellOf(position, 0, 0));
      if (near) near.add(keyOf(position));
      else this.positionsNear.set(cellOf(position, 0, 0), new Set([keyOf(position)]));
    }
  }

  /** Whether no other junction or position of a road lies within some 2 m, so that a place names one node. */
  isAlone({ longitude, latitude }: Place): boolean {
    const steps = [-1, 0, 1];
    const near = steps.flatMap((x) => steps.flatMap((y) => [...(this.positionsNear.get(cellOf([longitude, latitude], x, y)) ?? [])]));
    return near.length === 1 && this.placeCount.get(keyOf([longitude, latitude])) === 1;
  }

  /** The segments that leave a position. */
  leaving(position: Position): readonly Segment[] {
    return this.segmentsFrom.get(keyOf(position)) ?? [];
  }

  /** The quickest route between two junctions with every turn restriction kept, or null. */
  route(from: string, to: string): DrivenRoute | null {
    const cost = this.search.run(this.nodesOf.get(from)?.find((node) => !(this.network.nodeIds[node] ?? '').includes('~')) ?? -1);
    const ends = (this.nodesOf.get(to) ?? []).toSorted((a, b) => (cost[a] ?? 0) - (cost[b] ?? 0));
    let node = ends[0] ?? -1;
    const milliseconds = cost[node] ?? UNREACHED;
    if (milliseconds === UNREACHED) return null;
    const steps: Segment[][] = [];
    while ((cost[node] ?? 0) > 0) {
      const into = this.arcsInto[node]?.find(
        ({ arc, tail }) => (cost[tail] ?? UNREACHED) + (this.network.arcCost[arc] ?? 0) === cost[node],
      );
      if (!into) throw new Error(`no arc leads to ${this.network.nodeIds[node]} in its time`);
      const link = this.links.get(this.network.linkIds[this.network.arcLink[into.arc] ?? 0] ?? '');
      if (!link) throw new Error('an arc without a link');
      const tail = (this.network.nodeIds[into.tail] ?? '').replace(/^before\//, '').replace(/~\d+$/, '');
      steps.push(segmentsOf(link, tail !== link.from));
      node = into.tail;
    }
    return { milliseconds, segments: steps.reverse().flat() };
  }
}

function segmentsOf({ id, geometry = [], speedKilometresPerHour }: RoadLink, isBackward: boolean): Segment[] {
  const positions = isBackward ? geometry.toReversed() : geometry;
  return positions.slice(1).map((to, index) => {
    const from = positions[index] ?? to;
    return {
      from,
      to,
      link: id,
      isBackward,
      kilometres: ellipsoidKilometres(from[0], from[1], to[0], to[1]),
      kilometresPerHour: speedKilometresPerHour,
    };
  });
}
