import type { FrozenNetwork } from '../../build/freeze.ts';
import { nearestPlaces } from '../../build/nearest-places.ts';
import { harmonisedSpeed } from '../../build/road-speeds.ts';
import { greatCircleKilometres } from '../../model/place.ts';
import type { Place, Region } from '../../model/tables.ts';
import { byCodePoint, travelMinutes } from '../../model/units.ts';
import type { Candidate, CandidateRules, NewArc } from './candidate.ts';
import { railStandard } from './candidate.ts';

/** A place where a candidate may start or end, with its nodes in the frozen network. */
export interface LinkEnd extends Place {
  /** where travellers get onto the new link, one a layer of the network */
  readonly outOf: readonly string[];
  /** where they get off, same order */
  readonly into: readonly string[];
  /** a seat without a station, where a new railway would build one */
  readonly isNewStation: boolean;
}

/** A seat this far from any station would get a station of its own. */
const NEW_STATION_KILOMETRES = 5;

/**
 * Places that today's network touches, by id; for rail also seats, airports and ports far from any station, where the network has roads.
 *
 * Road ends appear in both road layers of a multimodal network (drive to the train, drive from it). Cost O(places log places).
 */
export function linkEnds(region: Region, frozen: FrozenNetwork, mode: 'road' | 'rail'): LinkEnd[] {
  const touched = touchedTest(frozen);
  const sorted = (ends: LinkEnd[]) => ends.sort((a, b) => byCodePoint(a.id, b.id));
  const layers = (place: Place) => ['before', 'after'].map((layer) => `${layer}/${place.id}`).filter(touched);
  if (mode === 'road') {
    return sorted(
      region.junctions.flatMap((place): LinkEnd[] => {
        const nodes = layers(place);
        return nodes.length > 0 ? [{ ...place, outOf: nodes, into: nodes, isNewStation: false }] : [];
      }),
    );
  }
  const stations = region.stations.flatMap((place): LinkEnd[] => {
    const node = `station/${place.id}`;
    return touched(node) ? [{ ...place, outOf: [node], into: [node], isNewStation: false }] : [];
  });
  const near = nearestPlaces(stations, { count: 1, kilometres: NEW_STATION_KILOMETRES });
  const taken = new Set(stations.map((station) => station.id));
  const seats = region.junctions.flatMap((place): LinkEnd[] => {
    const [before, after] = layers(place);
    if (!before || !after || taken.has(place.id) || !['city', 'town', 'airport', 'port'].includes(place.kind)) return [];
    const nearest = near(place.longitude, place.latitude)[0];
    if (nearest && nearest.kilometres < NEW_STATION_KILOMETRES) return [];
    return [{ ...place, outOf: [before], into: [after], isNewStation: true }];
  });
  return sorted([...stations, ...seats]);
}

function touchedTest(frozen: FrozenNetwork): (node: string) => boolean {
  const { firstArc } = frozen.network;
  return (id) => {
    const node = frozen.nodeOf.get(id);
    return node !== undefined && (firstArc[node + 1] ?? 0) > (firstArc[node] ?? 0);
  };
}

/** Arcs of a two-way link between two ends, layer by layer. */
function arcsBetween(from: LinkEnd, to: LinkEnd, minutes: number): NewArc[] {
  const arcs: NewArc[] = [];
  const layers = Math.max(from.outOf.length, to.outOf.length);
  for (let layer = 0; layer < layers; layer++) {
    const ways = [
      [from.outOf[layer], to.into[layer]],
      [to.outOf[layer], from.into[layer]],
    ];
    for (const [start, end] of ways) if (start && end) arcs.push({ from: start, to: end, minutes });
  }
  return arcs;
}

/** Class, length and running time of a new link by mode and place. */
export interface Standard {
  readonly class: string;
  readonly lengthKilometres: number;
  readonly minutes: number;
}

/**
 * What would be built: a motorway at the harmonised speed of the place, so that no road is quicker in a dense city for being new, or a
 * railway of the standard of its length. Cost O(zones) a call.
 */
export function standardOf(region: Region, rules: CandidateRules): (from: LinkEnd, to: LinkEnd) => Standard {
  const speedAt = harmonisedSpeed(region);
  return (from, to) => {
    const lengthKilometres = greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude) * rules.circuity;
    if (rules.mode === 'rail') {
      const standard = railStandard(lengthKilometres);
      return { class: standard.class, lengthKilometres, minutes: travelMinutes(lengthKilometres, standard.kilometresPerHour) };
    }
    const speed = speedAt('motorway', (from.longitude + to.longitude) / 2, (from.latitude + to.latitude) / 2);
    return { class: 'motorway', lengthKilometres, minutes: travelMinutes(lengthKilometres, speed) };
  };
}

/** A candidate between two ends; `changes` wins over what the ends and the standard say. */
export function candidateBetween(
  from: LinkEnd,
  to: LinkEnd,
  standard: Standard,
  rules: CandidateRules,
  changes: Pick<Candidate, 'source' | 'why'> & Partial<Candidate>,
): Candidate {
  return {
    id: `${rules.mode}:${from.id}:${to.id}`,
    mode: rules.mode,
    class: standard.class,
    from: from.id,
    to: to.id,
    fromName: from.name,
    toName: to.name,
    fromLonLat: [from.longitude, from.latitude],
    toLonLat: [to.longitude, to.latitude],
    lengthKilometres: standard.lengthKilometres,
    minutes: standard.minutes,
    arcs: arcsBetween(from, to, standard.minutes + rules.boardingMinutes),
    about: null,
    givenCost: null,
    givenCostCurrency: null,
    givenCostYear: null,
    ...changes,
  };
}
