import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

type LandTopology = Topology<{ land: GeometryCollection }>;

/**
 * The land of the world, degrees WGS84, as world-atlas ships it.
 *
 * Cost: reads and unpacks about 3 MB. Source: Natural Earth 1:10 million land (public domain), by way of world-atlas (ISC).
 */
export function readWorldLand(): MultiPolygon {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-10m.json');
  const topology: LandTopology = JSON.parse(readFileSync(file, 'utf8'));
  const { features } = feature(topology, topology.objects.land);
  const coordinates = features.flatMap(({ geometry }) => polygonsOf(geometry));
  return { type: 'MultiPolygon', coordinates };
}

function polygonsOf(geometry: { type: string }): MultiPolygon['coordinates'] {
  if (geometry.type === 'MultiPolygon') return (geometry as MultiPolygon).coordinates;
  return geometry.type === 'Polygon' ? [(geometry as Polygon).coordinates] : [];
}
