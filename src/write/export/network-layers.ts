import { type Layer, type LayerColumn, layerType } from '../../model/layer.ts';
import type { Network } from '../../model/network.ts';
import type { Cell, ResultTable } from '../../model/results.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';

type Position = readonly [number, number];

/** A compiled network as arcs with the ids of their ends: what graph formats need. */
export interface ArcTable {
  readonly network: Network;
  /** metres an arc, in the order of the arcs; null where the network has no places */
  readonly metres: Uint32Array | null;
}

export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly link: string;
  readonly milliseconds: number;
  readonly metres: number | null;
}

/** Arcs in the order of the network. Cost O(arcs). */
export function* arcsOf({ network, metres }: ArcTable): Generator<Arc> {
  for (let node = 0; node < network.nodeCount; node++) {
    for (let arc = network.firstArc[node] ?? 0; arc < (network.firstArc[node + 1] ?? 0); arc++) {
      const link = network.linkIds[network.arcLink[arc] ?? 0] ?? '';
      yield { from: node, to: network.arcHead[arc] ?? 0, link, milliseconds: network.arcCost[arc] ?? 0, metres: metres?.[arc] ?? null };
    }
  }
}

/**
 * The metres of each arc. `lengths` is the same network with metres for costs, so its arcs may stand in another order: arcs are matched by
 * ends and link.
 */
export function arcMetres(network: Network, lengths: Network | null): Uint32Array | null {
  if (!lengths) return null;
  const metresOf = new Map<string, number>();
  const key = (from: number, { arcHead, arcLink }: Network, arc: number) => `${from} ${arcHead[arc]} ${arcLink[arc]}`;
  const walk = (on: Network, visit: (name: string, arc: number) => void) => {
    for (let node = 0; node < on.nodeCount; node++) {
      for (let arc = on.firstArc[node] ?? 0; arc < (on.firstArc[node + 1] ?? 0); arc++) visit(key(node, on, arc), arc);
    }
  };
  walk(lengths, (name, arc) => metresOf.set(name, lengths.arcCost[arc] ?? 0));
  const metres = new Uint32Array(network.arcCount);
  walk(network, (name, arc) => {
    metres[arc] = metresOf.get(name) ?? 0;
  });
  return metres;
}

export function positionOf(network: Network, node: number): Position[] {
  const [longitude = Number.NaN, latitude = Number.NaN] = [network.longitude[node], network.latitude[node]];
  return Number.isNaN(longitude) || Number.isNaN(latitude) ? [] : [[longitude, latitude]];
}

/** Nodes and directed links of any network as layers; without places they are plain tables. Cost O(nodes + arcs). */
export function networkLayers(table: ArcTable): Layer[] {
  const { network } = table;
  const hasPlaces = network.nodeCount > 0 && positionOf(network, 0).length > 0;
  const arcs = [...arcsOf(table)];
  const text = (name: string): LayerColumn => ({ name, type: 'text', unit: '' });
  return [
    {
      name: 'nodes',
      geometry: hasPlaces ? 'Point' : 'none',
      columns: [text('id')],
      rows: network.nodeIds.map((id) => [id]),
      positions: network.nodeIds.map((_id, node) => positionOf(network, node)),
    },
    {
      name: 'links',
      geometry: hasPlaces ? 'LineString' : 'none',
      columns: [
        text('id'),
        text('from'),
        text('to'),
        { name: 'minutes', type: 'real', unit: 'min' },
        { name: 'length_km', type: 'real', unit: 'km' },
      ],
      rows: arcs.map(({ from, to, link, milliseconds, metres }) => {
        const [tail = '', head = ''] = [network.nodeIds[from], network.nodeIds[to]];
        return [link, tail, head, milliseconds / MILLISECONDS_PER_MINUTE, metres === null ? null : metres / 1000];
      }),
      positions: arcs.map(({ from, to }) => [...positionOf(network, from), ...positionOf(network, to)]),
    },
  ];
}

/**
 * A result as a layer: rows whose ids have a place on the map get its geometry, where every such place is of one kind.
 *
 * @param placeOf  positions of an id: one of a point, two or more of a line, undefined where unknown
 */
export function resultLayer(table: ResultTable, placeOf: (id: string) => readonly Position[] | undefined): Layer {
  const at = table.columns.findIndex(({ name }) => name === 'id');
  const positions = table.rows.map((row) => (at < 0 ? [] : [...(placeOf(String(row[at])) ?? [])]));
  const placed = positions.filter((list) => list.length > 0);
  const isPoints = placed.length > 0 && placed.every((list) => list.length === 1);
  const isLines = placed.length > 0 && placed.every((list) => list.length > 1);
  return {
    name: table.command.replaceAll('-', '_'),
    geometry: isPoints ? 'Point' : isLines ? 'LineString' : 'none',
    columns: table.columns.map(({ name, unit }, index): LayerColumn => {
      return { name, unit, type: layerType(table.rows.map((row): Cell => row[index] ?? null)) };
    }),
    rows: table.rows,
    positions: isPoints || isLines ? positions : table.rows.map(() => []),
  };
}
