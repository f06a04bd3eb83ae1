import { type Measure, opportunities } from '../analysis/accessibility/accessibility.ts';
import { linkAppraiser } from '../analysis/appraisal/new-link-appraisal.ts';
import type { NewLink } from '../analysis/missing-links/candidate.ts';
import { linkEffects } from '../analysis/missing-links/link-effects.ts';
import { likelyFailures, lossesAvoided } from '../analysis/missing-links/loss-avoided.ts';
import { gainsOf } from '../analysis/missing-links/missing-links.ts';
import { DEFAULT_STABILITY, noiseInWords, stabilityBands } from '../analysis/missing-links/stability.ts';
import type { ZoneTimes } from '../analysis/zone-times.ts';
import type { FrozenNetwork } from '../build/freeze.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import type { KeptParts } from '../model/kept-parts.ts';
import type { Progress } from '../model/progress.ts';
import { type Cell, column } from '../model/results.ts';
import type { Region } from '../model/tables.ts';

/** Columns of a table of missing links. */
export const LINK_COLUMNS = [
  column('rank'),
  column('from'),
  column('to'),
  column('from_name'),
  column('to_name'),
  column('mode'),
  column('length_km', 'km', 2),
  column('minutes', 'min', 2),
  column('gain_person_minutes', 'person-minutes a day', 0),
  column('gain_per_km', 'person-minutes a day and km', 0),
  column('cost', 'in the money of the notes', 0),
  column('benefit_cost_ratio', '', 3),
  column('why'),
  column('source'),
  column('class'),
  column('keeps_place', 'share of runs', 2),
  column('rank_low'),
  column('rank_high'),
  column('access_change', '%', 4),
  column('gini_change', '–', 6),
  column('theil_change', '–', 6),
  column('worst_fifth_change', 'persons', 0),
  column('border_person_minutes', 'person-minutes a day', 0),
  column('loss_avoided_person_minutes', 'person-minutes a day', 0),
  column('loss_avoided_failing'),
];

/** A region opened for the search of links. */
export interface OpenedSearch {
  readonly region: Region;
  readonly options: GraphOptions;
  readonly frozen: FrozenNetwork;
  readonly times: ZoneTimes;
  readonly trips: Float64Array;
}

/** A row a link with all that is told of it, in the order of LINK_COLUMNS. */
export function describedRows(
  opened: OpenedSearch,
  links: readonly NewLink[],
  measure: Measure,
  failures: number,
  progress: Progress,
  keep: KeptParts,
): { cells: Cell[][]; notes: string[] } {
  const { region, options, frozen, times, trips } = opened;
  const gains = gainsOf(frozen, times, trips, links, progress, keep);
  const bands = stabilityBands(links, gains, undefined, undefined, keep);
  const people = opportunities(region.zones, 'population').values;
  const losses =
    failures > 0
      ? lossesAvoided(
          region,
          options,
          links,
          gains,
          keep.part('failures', () => likelyFailures(region, options, failures)),
          progress,
          keep,
        )
      : [];
  const appraiser = linkAppraiser(region);
  const cells = links.map((link, index): Cell[] => {
    const band = bands[index];
    const effects = keep.part(`effects ${index}`, () => {
      const { byJurisdiction: _untold, ...told } = linkEffects(link, times, gains, people, measure);
      return told;
    });
    const change = effects.accessBefore > 0 ? (effects.accessAfter / effects.accessBefore - 1) * 100 : null;
    const { rank, from, to, fromName, toName, mode, lengthKilometres, minutes, gainPersonMinutes, gainPerKilometre, why, source } = link;
    // a better link is not a new one: the table prices new ones
    const priced = link.source !== 'upgrade' && appraiser.canPrice(link) ? appraiser(link) : null;
    const head = [rank, from, to, fromName, toName, mode, lengthKilometres, minutes, gainPersonMinutes, gainPerKilometre];
    const money = [priced?.cost.capital ?? null, priced?.home?.benefitCostRatio ?? null, why];
    const place = [source, link.class, band?.keepsPlace ?? null, band?.rankLow ?? null, band?.rankHigh ?? null];
    const equity = [change, effects.giniChange, effects.theilChange, effects.worstFifthChange, effects.borderPersonMinutes];
    return [...head, ...money, ...place, ...equity, losses[index]?.personMinutes ?? null, losses[index]?.failing ?? null];
  });
  const { runs, seed, networkSpeed, linkSpeed, zoneDemand } = DEFAULT_STABILITY;
  return {
    cells,
    notes: [
      `keeps_place, rank_low, rank_high: ${runs} runs, seed ${seed}; speeds of the network ±${networkSpeed * 100}%, of each new link ±${linkSpeed * 100}%, trips of each zone ±${zoneDemand * 100}% (lognormal standard deviations); rank 5th–95th percentile`,
      ...noiseInWords(links, bands),
      ...appraiser.notes,
    ],
  };
}
