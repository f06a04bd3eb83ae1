import type { Figure, Zone } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { type BorderPolygon, isWithin } from './border-polygons.ts';
import type { MappedPlace, OsmData } from './collect.ts';

/** The unit of one of these levels that a place lies in, the first level that holds one. */
function unitOf(borders: readonly BorderPolygon[], levels: readonly number[], place: MappedPlace): string {
  for (const level of levels) {
    const found = borders.find((border) => border.level === level && isWithin(border, [place.longitude, place.latitude]));
    if (found) return found.name;
  }
  return '';
}

/** People of the finest unit that names a place as its seat. */
function seatPopulation(borders: readonly BorderPolygon[], place: MappedPlace): number | null {
  const units = borders.filter((border) => border.population !== null && border.seats.includes(place.id));
  return units.toSorted((a, b) => b.level - a.level)[0]?.population ?? null;
}

function populationFigure(value: number, method: string): Figure {
  return { value, unit: 'persons', year: '', method, source: 'OpenStreetMap', confidence: 'low' };
}

/**
 * Zones from mapped places, where the user gives none: cities, towns, villages and hamlets, or, in a file without any, the parts of towns.
 * People: the node's population tag, else that of the finest boundary whose seat it is; without either the zone counts nobody, and is counted.
 *
 * Cost O(places · borders).
 */
export function zoneRows(data: OsmData, borders: readonly BorderPolygon[]): Zone[] {
  const settlements = data.places.filter((place) => place.isSettlement);
  const places = settlements.length > 0 ? settlements : data.places;
  return places
    .map((place): Zone => {
      const seat = place.population === null ? seatPopulation(borders, place) : null;
      const population = place.population ?? seat;
      if (population === null) data.tally.add('population-missing', 'node', `place=${place.kind} without a population`, place.id);
      const method = place.population !== null ? 'tag population of the place' : 'tag population of the boundary whose seat it is';
      return {
        id: `n${place.id}`,
        name: place.name || `${place.kind} ${place.id}`,
        nameLocal: place.nameLocal,
        admin1: unitOf(borders, [4, 5], place),
        admin2: unitOf(borders, [6, 7, 8], place),
        longitude: place.longitude,
        latitude: place.latitude,
        population: population ?? 0,
        jobs: null,
        gdp: null,
        figures: population === null ? {} : { population: populationFigure(population, method) },
      };
    })
    .sort((a, b) => byCodePoint(a.id, b.id));
}
