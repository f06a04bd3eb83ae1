import { type RemovalLoss, type RemovalWork, removeInTurn } from '../../kernels/removal/link-removal.ts';
import type { FlowInput } from '../../model/flow-input.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Pool } from '../../parallel/pool.ts';
import { removalInParallel } from '../../parallel/removal.ts';
import type { Assignment } from '../assignment/assign-trips.ts';
import { linkGroups, removalWorks } from './removal-work.ts';

/** What the loss of a link costs at the congested times of the assignment, nobody slowing anybody further down. */
export interface LinkCriticality {
  /** minutes that the trips still served lose together, by row of input.links; both directions of a link go together */
  readonly addedMinutes: Float64Array;
  /** units of trips whose last way the link is, by row */
  readonly cutOffTrips: Float64Array;
  readonly zones: readonly ZoneExposure[];
}

/** How much a zone's own trips depend on single links. */
export interface ZoneExposure {
  readonly zone: string;
  /** minutes lost by its trips, mean over all links of the network */
  readonly meanMinutes: number;
  readonly worstLink: string | null;
  readonly worstMinutes: number;
}

/**
 * Importance of links and exposure of zones: every link out in turn, trips on their next best path at fixed times. Connectors stay.
 *
 * Importance of a link = Σ x_ij (c_ij without it - c_ij), unserved trips apart; exposure of a zone = the same sum over its own trips.
 * @param only  ids of the links that are taken out; all where absent. Exposure then counts these alone
 * Cost: see removeInTurn. Source: Jenelius, Petersen and Mattsson (2006) doi:10.1016/j.tra.2005.11.003.
 */
export function linkCriticality(
  input: FlowInput,
  assignment: Assignment,
  progress: Progress = SILENT,
  only?: ReadonlySet<string>,
): LinkCriticality {
  const { ids, groupOfRow } = linkGroups(input, only);
  const works = removalWorks(assignment, groupOfRow, ids.length);
  const losses = works.map((work) => removeInTurn(work, (done, total) => progress('links out in turn, origins', done, total)));
  return criticalityOf(input, ids, groupOfRow, works, losses);
}

/** linkCriticality on the threads of a pool: the same bytes, whatever their number. */
export async function linkCriticalityInParallel(
  pool: Pool,
  input: FlowInput,
  assignment: Assignment,
  progress: Progress = SILENT,
): Promise<LinkCriticality> {
  const { ids, groupOfRow } = linkGroups(input);
  const works = removalWorks(assignment, groupOfRow, ids.length);
  const losses: RemovalLoss[] = [];
  for (const work of works) losses.push(await removalInParallel(pool, work, { progress }));
  return criticalityOf(input, ids, groupOfRow, works, losses);
}

function criticalityOf(
  input: FlowInput,
  ids: readonly string[],
  groupOfRow: Int32Array,
  works: readonly RemovalWork[],
  losses: readonly RemovalLoss[],
): LinkCriticality {
  const added = new Float64Array(ids.length);
  const cut = new Float64Array(ids.length);
  const byZone = new Map<number, { added: number; worst: number; worstAdded: number }>();
  works.forEach(({ trips }, place) => {
    const loss = losses[place] as RemovalLoss;
    loss.addedCost.forEach((value, group) => {
      added[group] = (added[group] ?? 0) + value;
      cut[group] = (cut[group] ?? 0) + (loss.cutOff[group] ?? 0);
    });
    trips.origins.forEach((node, index) => {
      const known = byZone.get(node) ?? { added: 0, worst: -1, worstAdded: 0 };
      known.added += loss.originAdded[index] ?? 0;
      if ((loss.originWorstAdded[index] ?? 0) > known.worstAdded) {
        known.worst = loss.originWorst[index] ?? -1;
        known.worstAdded = loss.originWorstAdded[index] ?? 0;
      }
      byZone.set(node, known);
    });
  });
  const byRow = (values: Float64Array) => Float64Array.from(groupOfRow, (group) => (group < 0 ? 0 : (values[group] ?? 0)));
  const zones = input.zones.map(({ id, origin }) => {
    const { added: sum, worst, worstAdded } = byZone.get(origin) ?? { added: 0, worst: -1, worstAdded: 0 };
    return { zone: id, meanMinutes: ids.length > 0 ? sum / ids.length : 0, worstLink: ids[worst] ?? null, worstMinutes: worstAdded };
  });
  return { addedMinutes: byRow(added), cutOffTrips: byRow(cut), zones };
}
