import type { Place, Zone } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';

/**
 * Zones for a network that comes without any: at most `most` seats, one in each square of a grid over the network that holds a junction,
 * at the junction nearest the middle of the square. Their population is unknown. Ties by id: the same junctions give the same zones.
 *
 * Cost O(junctions · rounds), the squares grow by a tenth a round.
 */
export function sampleZones(junctions: readonly Place[], most: number): Zone[] {
  const sorted = junctions.slice().sort((a, b) => byCodePoint(a.id, b.id));
  const low = (values: readonly number[]) => values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const west = low(sorted.map(({ longitude }) => longitude));
  const south = low(sorted.map(({ latitude }) => latitude));
  const width = Math.max(...[1e-6], -low(sorted.map(({ longitude }) => -longitude)) - west);
  const height = Math.max(...[1e-6], -low(sorted.map(({ latitude }) => -latitude)) - south);
  const squash = Math.cos(((south + height / 2) * Math.PI) / 180);
  let side = Math.sqrt((width * squash * height) / most) || Math.max(width * squash, height) / most;
  for (;;) {
    const seats = new Map<string, { place: Place; off: number }>();
    for (const place of sorted) {
      const [x, y] = [((place.longitude - west) * squash) / side, (place.latitude - south) / side];
      const key = `${Math.floor(x)}-${Math.floor(y)}`;
      const off = (x - Math.floor(x) - 0.5) ** 2 + (y - Math.floor(y) - 0.5) ** 2;
      const known = seats.get(key);
      if (!known || off < known.off) seats.set(key, { place, off });
    }
    if (seats.size <= most) return [...seats].map(([key, { place }]) => zoneAt(key, place)).sort((a, b) => byCodePoint(a.id, b.id));
    side *= 1.1;
  }
}

function zoneAt(key: string, { name, longitude, latitude }: Place): Zone {
  const head = { id: `cell-${key}`, name: name || `cell ${key}`, nameLocal: '', admin1: '', admin2: '' };
  return { ...head, longitude, latitude, population: 0, jobs: null, gdp: null, figures: {} };
}
