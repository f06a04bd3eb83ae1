import { freeze } from '../../build/freeze.ts';
import type { GraphOptions } from '../../build/graph-types.ts';
import { buildLinkGraph } from '../../build/link-graph.ts';
import { buildRegionGraph } from '../../build/region-graph.ts';
import { betweenness } from '../../kernels/betweenness/betweenness.ts';
import { KEEP_NOTHING, type KeptParts } from '../../model/kept-parts.ts';
import { UNREACHED } from '../../model/network.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Region } from '../../model/tables.ts';
import { byCodePoint } from '../../model/units.ts';
import { isRunning } from '../backtest/as-of.ts';
import { zoneTimes } from '../zone-times.ts';
import type { Candidate } from './candidate.ts';
import type { LinkGains } from './link-gains.ts';
import { gainsOf } from './missing-links.ts';

/** The largest loss that a new link takes the edge off, over single failures of existing links. */
export interface LossAvoided {
  readonly personMinutes: number;
  /** link whose failure that is; null where no failure gets less bad */
  readonly failing: string | null;
  /** trips a day that keep a way only with the new link, in the worst failure for them */
  readonly tripsKept: number;
}

/** Links that most shortest ways between places use: those whose failure is looked at. Cost: betweenness of the link graph. */
export function likelyFailures(region: Region, options: GraphOptions, count: number): string[] {
  const { network } = freeze(buildLinkGraph(region, options));
  const { link } = betweenness(network);
  return network.linkIds
    .map((id, index) => ({ id, load: link[index] ?? 0 }))
    .filter(({ id }) => id !== '')
    .sort((a, b) => b.load - a.load || byCodePoint(a.id, b.id))
    .slice(0, count)
    .map(({ id }) => id);
}

/**
 * Redundancy of candidates, exact: with failure e and candidate c, loss avoided = gain of c without e − gain of c with e, because
 * [D(−e) − D] − [D(c−e) − D(c)] = [D(−e) − D(c−e)] − [D − D(c)].
 *
 * @param gains  of the whole network
 * Cost: two trees a zone and failure.
 */
export function lossesAvoided(
  region: Region,
  options: GraphOptions,
  candidates: readonly Candidate[],
  gains: LinkGains,
  failures: readonly string[],
  progress: Progress = SILENT,
  keep: KeptParts = KEEP_NOTHING,
): LossAvoided[] {
  const best: LossAvoided[] = candidates.map(() => ({ personMinutes: 0, failing: null, tripsKept: 0 }));
  const usual = candidates.map((candidate) => gains.personMinutes(candidate.arcs));
  failures.forEach((failing, done) => {
    const effects = keep.part(`failure ${failing}`, () => effectsOfFailure(withoutLink(region, failing), options, candidates, gains));
    effects.forEach((effect, index) => {
      if (!effect) return;
      const avoided = effect.gain - (usual[index] ?? 0);
      const kept = effect.tripsKept;
      const before = best[index] ?? { personMinutes: 0, failing: null, tripsKept: 0 };
      best[index] = {
        personMinutes: Math.max(before.personMinutes, avoided),
        failing: avoided > before.personMinutes ? failing : before.failing,
        tripsKept: Math.max(before.tripsKept, kept),
      };
    });
    progress('failures of links', done + 1, failures.length);
  });
  return best;
}

/** Gain of each candidate in a region where a link has failed, and the trips it joins again; null where its ends have lost the network. */
function effectsOfFailure(
  broken: Region,
  options: GraphOptions,
  candidates: readonly Candidate[],
  gains: LinkGains,
): ({ gain: number; tripsKept: number } | null)[] {
  const frozen = freeze(buildRegionGraph(broken, options).graph);
  const failed = gainsOf(frozen, zoneTimes(frozen, broken.zones), gains.trips, candidates);
  return candidates.map((candidate) => {
    if (!candidate.arcs.every((arc) => frozen.nodeOf.has(arc.from) && frozen.nodeOf.has(arc.to))) return null;
    return { gain: failed.personMinutes(candidate.arcs), tripsKept: tripsRejoined(candidate, failed, gains.trips) };
  });
}

function withoutLink(region: Region, id: string): Region {
  const rail = region.rail.filter((link) => link.id !== id);
  const isRail = rail.length < region.rail.length;
  return {
    ...region,
    roads: region.roads.filter((road) => road.id !== id),
    rail,
    services: isRail ? region.services.filter((service) => isRunning(service, region.rail, rail)) : region.services,
  };
}

function tripsRejoined(candidate: Candidate, failed: LinkGains, trips: Float64Array): number {
  const { pairs } = failed.improved(candidate.arcs);
  return pairs.reduce((sum, pair) => (failed.tables.zoneTimes[pair] === UNREACHED ? sum + (trips[pair] ?? 0) : sum), 0);
}
