import type { Region } from '../../src/model/tables.ts';
import { openRegion } from '../../src/open/open-network.ts';

/** Tianjin alone: a small piece of real tables. */
export function tianjin(): Region {
  const { region } = openRegion('jing-jin-ji');
  const zones = region.zones.filter((zone) => zone.admin1 === 'Tianjin');
  const manifest = { ...region.manifest, id: 'tianjin', name: 'Tianjin', primaryCore: '120101', secondaryCores: [] };
  const near = new Set(
    [...region.stations, ...region.junctions]
      .filter(({ longitude, latitude }) => longitude > 116.6 && longitude < 118.2 && latitude > 38.5 && latitude < 40.3)
      .map((place) => place.id),
  );
  const isNear = (link: { from: string; to: string }) => near.has(link.from) && near.has(link.to);
  const services = region.services.filter((service) => service.stops.every((stop) => near.has(stop)));
  return { ...region, manifest, zones, rail: region.rail.filter(isNear), roads: region.roads.filter(isNear), services };
}
