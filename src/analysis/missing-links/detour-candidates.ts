import { type FrozenNetwork, nodeNumber } from '../../build/freeze.ts';
import { nearbyPairs, withoutThroughPairs } from '../../build/nearby-pairs.ts';
import { KEEP_NOTHING, type KeptParts } from '../../model/kept-parts.ts';
import { UNREACHED } from '../../model/network.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Region } from '../../model/tables.ts';
import { MILLISECONDS_PER_MINUTE } from '../../model/units.ts';
import type { Candidate, CandidateRules } from './candidate.ts';
import { fanTimes } from './fan-times.ts';
import { candidateBetween, type LinkEnd, standardOf } from './link-ends.ts';

/** Two places near on the map, what a link between them would be, and how long the way is today. */
export interface EndPair {
  readonly from: LinkEnd;
  readonly to: LinkEnd;
  /** great circle */
  readonly kilometres: number;
  /** node to node by today's network, either way the quicker; null where there is no way */
  readonly minutesToday: number | null;
}

/**
 * Neighbours on the map within the span limits, with today's times between them.
 *
 * Cost: that of fanTimes, an origin an end.
 */
export function endPairs(
  frozen: FrozenNetwork,
  ends: readonly LinkEnd[],
  rules: CandidateRules,
  progress: Progress = SILENT,
  keep: KeptParts = KEEP_NOTHING,
): EndPair[] {
  const pairs = withoutThroughPairs(nearbyPairs(ends, rules), ends, rules.throughDetour);
  const byStart = new Map<string, typeof pairs>();
  for (const pair of pairs) {
    const list = byStart.get(pair.from.id);
    if (list) list.push(pair);
    else byStart.set(pair.from.id, [pair]);
  }
  const node = (id: string | undefined) => nodeNumber(frozen.nodeOf, id ?? '');
  const lists = [...byStart.values()];
  const fans = lists.map((list) => ({
    origin: node(list[0]?.from.outOf[0]),
    targets: Uint32Array.from(list, ({ to }) => node(to.into[0])),
  }));
  const times = fanTimes(frozen.network, fans, progress, keep);
  return lists.flatMap((list, row) =>
    list.map(({ from, to, kilometres }, index) => {
      const time = times[row]?.[index] ?? UNREACHED;
      return { from, to, kilometres, minutesToday: time === UNREACHED ? null : time / MILLISECONDS_PER_MINUTE };
    }),
  );
}

/** Source (a): pairs whose way by today's network takes at least `minimumDetour` times as long as the new link would. Cost O(pairs · zones). */
export function detourCandidates(region: Region, pairs: readonly EndPair[], rules: CandidateRules): Candidate[] {
  const standard = standardOf(region, rules);
  return pairs.flatMap(({ from, to, kilometres, minutesToday }) => {
    const built = standard(from, to);
    const ratio = (minutesToday ?? Number.POSITIVE_INFINITY) / (built.minutes + rules.boardingMinutes);
    if (ratio < rules.minimumDetour) return [];
    const apart = `${kilometres.toFixed(0)} km apart`;
    const station =
      from.isNewStation || to.isNewStation
        ? `; new station at ${[from, to]
            .filter((end) => end.isNewStation)
            .map((end) => end.name)
            .join(' and ')}`
        : '';
    const why =
      minutesToday === null
        ? `${apart}, no way between them today${station}`
        : `${apart}, ${ratio.toFixed(1)} times as long by today's network${station}`;
    return [candidateBetween(from, to, built, rules, { source: 'detour', why })];
  });
}
