import { basename } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../model/problem.ts';
import { faultsInto, readJson } from '../features.ts';
import { readTntpNodes, type TntpNode } from './nodes.ts';

const pointsSchema = z.object({
  features: z.array(
    z.object({
      properties: z.object({ id: z.union([z.number(), z.string()]) }),
      geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()], z.number()) }),
    }),
  ),
});

/** Where nodes lie: a `_node.tntp` file, or GeoJSON points with an id. */
export function readPositions(path: string): { nodes: TntpNode[]; areDegrees: boolean; problems: Problem[] } {
  if (!/\.(geo)?json$/i.test(path)) return readTntpNodes(path);
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const points = readJson(path, pointsSchema, fault)?.features ?? [];
  const nodes = points.map(({ properties, geometry }) => ({
    node: Number(properties.id),
    x: geometry.coordinates[0],
    y: geometry.coordinates[1],
  }));
  const areDegrees = nodes.every(({ x, y }) => Math.abs(x) <= 180 && Math.abs(y) <= 90);
  if (!areDegrees) fault('coordinates', basename(path), '–', 'geometry', 'values beyond 180 or 90', 'degrees WGS84, as RFC 7946 asks');
  return { nodes, areDegrees, problems };
}
