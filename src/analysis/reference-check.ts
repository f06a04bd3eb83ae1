import { freeze } from '../build/freeze.ts';
import type { RegionGraph } from '../build/graph-types.ts';
import { createSearch } from '../kernels/one-to-all.ts';
import { UNREACHED } from '../model/network.ts';
import type { Reference, Region } from '../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../model/units.ts';

/**
 * A published time counts as met within 20% or 5 minutes, whichever is more: published times are of single trains and years, ours are
 * typical minutes of the tables, and half a transfer's wait is about 5 minutes.
 */
export const REFERENCE_TOLERANCE = { share: 0.2, minutes: 5 } as const;

export interface ReferenceCheck {
  readonly reference: Reference;
  /** first departure to last arrival; null where the network has no way */
  readonly minutes: number | null;
  readonly isWithin: boolean;
}

/**
 * Rail times of the reference table against the network, first departure to last arrival: no waiting before the first train, waiting at
 * changes as everywhere else. References that are no rail time in minutes between two stations are left out.
 *
 * @param graph  the rail graph of the region
 * Cost: one tree a boarding place of each origin.
 */
export function checkReferences(region: Region, graph: RegionGraph): ReferenceCheck[] {
  const { network, nodeOf } = freeze(graph);
  const search = createSearch(network);
  return region.references.flatMap((reference): ReferenceCheck[] => {
    const [from, to] = [`station/${reference.from}`, `station/${reference.to}`];
    const isRailTime = /^min/.test(reference.unit) && /rail/i.test(reference.what);
    if (!isRailTime || !graph.hasNode(from) || !graph.hasNode(to)) return [];
    const target = nodeOf.get(to) ?? 0;
    let least = UNREACHED;
    graph.forEachOutEdge(from, (_edge, attributes, _source, next) => {
      if (attributes.kind === 'board') least = Math.min(least, search.run(nodeOf.get(next) ?? 0)[target] ?? UNREACHED);
    });
    const minutes = least === UNREACHED ? null : least / MILLISECONDS_PER_MINUTE;
    const slack = Math.max(REFERENCE_TOLERANCE.minutes, REFERENCE_TOLERANCE.share * reference.value);
    return [{ reference, minutes, isWithin: minutes !== null && Math.abs(minutes - reference.value) <= slack }];
  });
}
