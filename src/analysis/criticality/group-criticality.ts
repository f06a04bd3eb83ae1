import type { FlowInput } from '../../model/flow-input.ts';
import { type Progress, SILENT } from '../../model/progress.ts';
import type { Pool } from '../../parallel/pool.ts';
import { removalInParallel } from '../../parallel/removal.ts';
import type { Assignment } from '../assignment/assign-trips.ts';
import { removalWorks } from './removal-work.ts';

/** Rows of input.links that fail together. */
export interface RemovalGroup {
  readonly id: string;
  readonly name: string;
  /** ids of places; equal for a group that is a place */
  readonly from: string;
  readonly to: string;
  readonly rows: readonly number[];
}

/** What the loss of each group costs at the times of the assignment, by group. */
export interface GroupCriticality {
  /** minutes that the trips still served lose together */
  readonly addedMinutes: Float64Array;
  /** units of trips that have no way without the group */
  readonly cutOffTrips: Float64Array;
}

/**
 * Every group out in turn at fixed times: importance of stations, corridors, borders, pairs of links. Groups may share rows.
 *
 * The kernel removes disjoint groups, so groups are dealt out to layers first fit, each layer one pass. Cost: that of removeInTurn a layer.
 * Bytes do not depend on the number of threads. Source: Jenelius, Petersen and Mattsson (2006) doi:10.1016/j.tra.2005.11.003.
 */
export async function groupCriticality(
  pool: Pool,
  input: FlowInput,
  assignment: Assignment,
  groups: readonly RemovalGroup[],
  progress: Progress = SILENT,
): Promise<GroupCriticality> {
  const addedMinutes = new Float64Array(groups.length);
  const cutOffTrips = new Float64Array(groups.length);
  const layers = disjointLayers(groups, input.links.length);
  for (const [done, layer] of layers.entries()) {
    const groupOfRow = new Int32Array(input.links.length).fill(-1);
    layer.forEach((group, place) => {
      for (const row of groups[group]?.rows ?? []) groupOfRow[row] = place;
    });
    for (const work of removalWorks(assignment, groupOfRow, layer.length)) {
      const loss = await removalInParallel(pool, work, { progress, step: `groups out in turn, pass ${done + 1} of ${layers.length}` });
      layer.forEach((group, place) => {
        addedMinutes[group] = (addedMinutes[group] ?? 0) + (loss.addedCost[place] ?? 0);
        cutOffTrips[group] = (cutOffTrips[group] ?? 0) + (loss.cutOff[place] ?? 0);
      });
    }
  }
  return { addedMinutes, cutOffTrips };
}

/** Groups in layers, each without a row in common: first fit in their order. */
function disjointLayers(groups: readonly RemovalGroup[], rowCount: number): number[][] {
  const layers: { readonly taken: Uint8Array; readonly members: number[] }[] = [];
  groups.forEach(({ rows }, group) => {
    let layer = layers.find(({ taken }) => rows.every((row) => taken[row] === 0));
    if (!layer) {
      layer = { taken: new Uint8Array(rowCount), members: [] };
      layers.push(layer);
    }
    for (const row of rows) layer.taken[row] = 1;
    layer.members.push(group);
  });
  return layers.map(({ members }) => members);
}
