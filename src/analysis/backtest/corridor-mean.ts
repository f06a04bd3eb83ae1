import KDBush from 'kdbush';
import { projectKilometres } from '../../build/nearby-pairs.ts';
import type { ScoredPlace } from './features.ts';
import { matchKilometres } from './lenient-match.ts';

type Place = Pick<ScoredPlace, 'candidate' | 'straightKilometres'>;

/** Weight of a candidate whose farther end lies at the match distance: e^(−2), two standard deviations of a bell. */
const DEVIATIONS_AT_REACH = 2;

/**
 * A corridor is a place, not a pair: the score of a candidate becomes the weighted mean over the candidates that the rule of the lenient match
 * would take for the same thing. Those have both ends within min(15 km, 0.4 × length) of its ends; weights fall with the distance of the
 * farther end. It knows nothing of what was built.
 *
 * @returns  scores in, means over corridors out, both by candidate
 * Cost O(n · candidates nearby) to make and to use.
 */
export function corridorMean(places: readonly Place[]): (scores: ArrayLike<number>) => Float64Array {
  const ends = places.flatMap(({ candidate }) => [candidate.fromLonLat, candidate.toLonLat]);
  const project = projectKilometres(ends.map(([longitude, latitude], index) => ({ id: String(index), longitude, latitude })));
  const at = ends.map(([longitude, latitude]) => project(longitude, latitude));
  const point = (index: number) => at[index] ?? ([0, 0] as const);
  const apart = (a: number, b: number) => Math.hypot(point(a)[0] - point(b)[0], point(a)[1] - point(b)[1]);
  const middle = (place: number, axis: 0 | 1) => (point(2 * place)[axis] + point(2 * place + 1)[axis]) / 2;
  const index = new KDBush(Math.max(1, places.length));
  places.forEach((_place, place) => {
    index.add(middle(place, 0), middle(place, 1));
  });
  if (places.length === 0) index.add(0, 0);
  index.finish();
  const first = new Uint32Array(places.length + 1);
  const members: number[] = [];
  const weights: number[] = [];
  places.forEach(({ straightKilometres }, place) => {
    const reach = matchKilometres(straightKilometres);
    // both ends within reach of its ends: so is the middle of its middle
    for (const other of index.within(middle(place, 0), middle(place, 1), reach).sort((a, b) => a - b)) {
      const along = Math.max(apart(2 * place, 2 * other), apart(2 * place + 1, 2 * other + 1));
      const across = Math.max(apart(2 * place, 2 * other + 1), apart(2 * place + 1, 2 * other));
      const distance = Math.min(along, across);
      if (distance > reach) continue;
      members.push(other);
      weights.push(Math.exp(-(((DEVIATIONS_AT_REACH * distance) / reach) ** 2) / 2));
    }
    first[place + 1] = members.length;
  });
  return (scores) => {
    const means = new Float64Array(places.length);
    for (let place = 0; place < means.length; place++) {
      let sum = 0;
      let weight = 0;
      for (let entry = first[place] ?? 0; entry < (first[place + 1] ?? 0); entry++) {
        sum += (scores[members[entry] ?? 0] ?? 0) * (weights[entry] ?? 0);
        weight += weights[entry] ?? 0;
      }
      means[place] = weight > 0 ? sum / weight : (scores[place] ?? 0);
    }
    return means;
  };
}
