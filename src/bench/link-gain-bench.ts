import { gravityDemand } from '../analysis/demand/gravity-demand.ts';
import { RAIL_CANDIDATES, ROAD_CANDIDATES } from '../analysis/missing-links/candidate.ts';
import { detourCandidates, endPairs } from '../analysis/missing-links/detour-candidates.ts';
import { linkEnds } from '../analysis/missing-links/link-ends.ts';
import { gainsOf, withGains } from '../analysis/missing-links/missing-links.ts';
import { zoneTimes } from '../analysis/zone-times.ts';
import type { Mode } from '../build/graph-types.ts';
import { openNetwork, openRegion, shippedRegions } from '../open/open-network.ts';
import type { BenchOptions, BenchRow, BenchSubject } from './bench-row.ts';

const CASES = [
  ['road', ROAD_CANDIDATES],
  ['multimodal', ROAD_CANDIDATES],
  ['multimodal', RAIL_CANDIDATES],
] as const;

/**
 * Seconds a candidate: exact gain of new links over all zone pairs, on every shipped region. One thread; files are not used.
 */
export const benchLinkGain: BenchSubject = async (_files, options) =>
  shippedRegions().flatMap((name) => CASES.map(([mode, rules]) => measure(name, mode, rules, options)));

function measure(name: string, mode: Mode, rules: typeof ROAD_CANDIDATES, { runs }: BenchOptions): BenchRow {
  const { region } = openRegion(name);
  const { frozen } = openNetwork(region, { mode, year: null, speeds: 'harmonised' });
  const times = zoneTimes(frozen, region.zones);
  const every = { ...rules, minimumDetour: 1 };
  const ends = linkEnds(region, frozen, rules.mode).filter((end) => end.kind !== 'interchange');
  const candidates = detourCandidates(region, endPairs(frozen, ends, every), every);
  const gains = gainsOf(frozen, times, gravityDemand(times), candidates);
  const seconds: number[] = [];
  let checksum = 0;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    checksum = withGains(candidates, gains).reduce((sum, link) => sum + link.gainPersonMinutes, 0);
    seconds.push((performance.now() - start) / 1000 / candidates.length);
  }
  seconds.sort((a, b) => a - b);
  return {
    task: `exact gain of a new ${rules.mode} link on the ${mode} network, ${region.zones.length} zones`,
    network: name,
    nodes: frozen.network.nodeCount,
    arcs: frozen.network.arcCount,
    who: 'corridor',
    threads: 1,
    units: candidates.length,
    runs,
    medianSecondsPerUnit: seconds[Math.floor(seconds.length / 2)] ?? 0,
    checksum,
  };
}
