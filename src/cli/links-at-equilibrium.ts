import { assignTrips } from '../analysis/assignment/assign-trips.ts';
import { newRoadLinks } from '../analysis/assignment/new-road-links.ts';
import { roadPeak } from '../analysis/assignment/road-peak.ts';
import { withNewLinks } from '../analysis/assignment/with-new-links.ts';
import type { NewLink } from '../analysis/missing-links/candidate.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import type { KeptParts } from '../model/kept-parts.ts';
import type { Progress } from '../model/progress.ts';
import type { Region } from '../model/tables.ts';
import { openNetwork, regionFolder } from '../open/open-network.ts';
import { commuteFile, regionTrips } from './region-trips.ts';

/** Relative gap of both equilibria: the difference of two totals is no finer than this share of them. */
const GAP = 1e-8;

export interface LinksAtEquilibrium {
  /** person-minutes in the busiest hour with the link - without, by link; null where it was not tried */
  readonly addedPersonMinutes: readonly (number | null)[];
  readonly notes: readonly string[];
}

/**
 * The first road candidates tried by user equilibrium, each alone: everyone chooses anew, so that a link can make things worse (Braess 1968).
 *
 * Cost: an equilibrium of the region's roads a link, and one without.
 */
export function linksAtEquilibrium(
  network: string,
  region: Region,
  options: GraphOptions,
  links: readonly NewLink[],
  count: number,
  progress: Progress,
  keep: KeptParts,
): LinksAtEquilibrium {
  const roads = links.filter(({ mode }) => mode === 'road').slice(0, count);
  if (roads.length === 0) {
    const why = links.length === 0 ? 'no link was found' : 'none of the links found is a road';
    return { addedPersonMinutes: links.map(() => null), notes: [`equilibrium_person_minutes: nothing was tried, ${why}`] };
  }
  const folder = regionFolder(network);
  const { trips, notes } = regionTrips(region, commuteFile(folder), 'combined', 'production');
  const { graph } = openNetwork(region, { ...options, mode: 'road' });
  const input = roadPeak(region, graph, trips, notes);
  const before = keep.part('equilibrium', () => {
    const { totalCost, unserved } = assignTrips(input, { gap: GAP });
    return { totalCost, unserved };
  });
  const worse: string[] = [];
  const outside: string[] = [];
  const added = new Map<string, number>();
  roads.forEach((link, done) => {
    progress('new links at equilibrium', done, roads.length);
    const rows = newRoadLinks(input, link);
    if (!rows) {
      outside.push(link.id);
      return;
    }
    const minutes = keep.part(`equilibrium ${link.id}`, () => withNewLinks(input, before, rows, GAP).addedMinutes * input.personsPerUnit);
    added.set(link.id, minutes);
    const noise = 2 * GAP * before.totalCost * input.personsPerUnit;
    if (minutes > noise) worse.push(`${link.fromName} – ${link.toName} (+${Math.round(minutes)} person-minutes)`);
  });
  progress('new links at equilibrium', roads.length, roads.length);
  return {
    addedPersonMinutes: links.map(({ id }) => added.get(id) ?? null),
    notes: [
      `equilibrium_person_minutes: total travel time of the busiest hour with the link - without, everyone choosing anew (user equilibrium, gap ${GAP}); below 0 saves; for ${added.size} of the first ${roads.length} road links, each alone, two lanes a direction; total without: ${Math.round(before.totalCost * input.personsPerUnit)}`,
      ...(worse.length > 0 ? [`these links make travel slower for everyone together (Braess's paradox): ${worse.join(', ')}`] : []),
      ...(worse.length === 0 && added.size > 0 ? [`none of the ${added.size} links tried makes travel slower (Braess)`] : []),
      ...(outside.length > 0 ? [`not tried, ends are no junctions of the roads: ${outside.join(', ')}`] : []),
      ...input.notes.map((note) => `equilibrium: ${note}`),
    ],
  };
}
