import { type Assignment, assignTrips } from '../analysis/assignment/assign-trips.ts';
import { isFlowUnique } from '../analysis/assignment/flow-problem.ts';
import type { BottleneckRow } from '../analysis/bottlenecks/bottlenecks.ts';
import type { LossAtEquilibrium } from '../analysis/criticality/lost-links.ts';
import type { FlowInput } from '../model/flow-input.ts';
import type { Cell } from '../model/results.ts';

/** Thirteen significant digits: what comes after depends on the order of sums. */
function rounded(value: number): number {
  return Number(value.toPrecision(13));
}

/** The certificate of an assignment: what stands at the top of its result. */
export function headOf({ end, steps, totalMinutes, totalCost, unserved, trips }: Assignment): Record<string, Cell> {
  return {
    relative_gap: Number(end.relativeGap.toPrecision(6)),
    iterations: steps.length === 1 ? end.iteration : steps.length - 1,
    objective: rounded(end.objective),
    lower_bound: rounded(end.lowerBound),
    average_excess_cost: Number(end.averageExcessCost.toPrecision(6)),
    widest_pair_minutes: end.widestPair === null ? null : Number(end.widestPair.toPrecision(6)),
    total_minutes: rounded(totalMinutes),
    total_cost_minutes: rounded(totalCost),
    trips: rounded(trips),
    unserved_trips: rounded(unserved),
  };
}

/** Total cost at user equilibrium over that of the system optimum (Koutsoupias and Papadimitriou 1999). */
export function anarchy(input: FlowInput, { totalCost }: Assignment, gap: number): Record<string, Cell> {
  const optimum = assignTrips(input, { gap, principle: 'system' }).totalCost;
  return { system_optimum_cost_minutes: rounded(optimum), price_of_anarchy: Number((totalCost / optimum).toPrecision(8)) };
}

/** What a reader must know of these flows. */
export function notesOf(input: FlowInput, assignment: Assignment, gap: number, method: string): string[] {
  const { end, compiled } = assignment;
  const notes = [
    'relative_gap = (total cost - cost of all trips on their cheapest paths at the resulting costs) / total cost; ' +
      'average_excess_cost = the same difference by unit of trips; lower_bound = objective - that difference; ' +
      'widest_pair_minutes: largest difference between the dearest used and the cheapest path of a pair',
  ];
  const converges = !['incremental', 'all-or-nothing', 'logit'].includes(method);
  if (converges && end.relativeGap > gap)
    notes.push(
      `the gap asked for, ${gap}, was not reached: ${end.relativeGap < 1e-12 ? 'it is at the last digits of doubles' : 'these flows are not yet an equilibrium to that measure'}`,
    );
  if (!converges) notes.push(`${method} does not aim at equilibrium: the gap says how far from it the flows are`);
  const constant = input.links.filter((link) => !link.isConnector && !isFlowUnique(link)).length;
  if (constant > 0)
    notes.push(
      `${constant} links have a cost that does not depend on flow: their flows are one of several equal answers, their costs are not`,
    );
  if (compiled.shut.length > 0) {
    const named = compiled.shut.slice(0, 10).map((row) => input.links[row]?.id);
    notes.push(`${compiled.shut.length} links of capacity 0 can carry nothing and were left out: ${named.join(', ')}`);
  }
  return [...notes, ...unservedNotes(assignment)];
}

export function unservedNotes({ unserved }: Assignment): string[] {
  return unserved > 0 ? [`${rounded(unserved)} trips have no way between their zones: they are in no figure but unserved_trips`] : [];
}

/** How well new equilibria were found, where not as well as asked. */
export function anewNotes(found: readonly LossAtEquilibrium[], gap: number): string[] {
  const short = found.filter(({ relativeGap }) => relativeGap > gap);
  const worst = Math.max(...short.map(({ relativeGap }) => relativeGap));
  return short.length > 0
    ? [`${short.length} of the new equilibria did not reach the gap of ${gap}: the largest is ${worst.toPrecision(3)}`]
    : [];
}

/** What criticality means, and the links that trips cannot do without, most first. */
export function criticalNotes(rows: readonly BottleneckRow[]): string[] {
  const only = rows.filter(({ cutOffTrips }) => (cutOffTrips ?? 0) > 0).sort((a, b) => (b.cutOffTrips ?? 0) - (a.cutOffTrips ?? 0));
  if (rows[0]?.criticalityPersonMinutes === null) return [];
  const notes = [
    'criticality_person_minutes: the link (both directions) out, every trip on its next best path at the times of this table; ' +
      'trips that have no way left are in cut_off_trips alone',
  ];
  if (only.length > 0) {
    const named = only.slice(0, 10).map(({ link, from, to, cutOffTrips }) => `${link} (${from} → ${to}: ${rounded(cutOffTrips ?? 0)})`);
    notes.push(`${only.length} links are the only way of some trips, most first: ${named.join(', ')}`);
  }
  return notes;
}

/** The convergence log, one row an iteration. */
export function logCsv({ steps }: Assignment): string {
  const names = ['iteration', 'relative_gap', 'average_excess_cost', 'objective', 'lower_bound', 'widest_pair_minutes'];
  const lines = steps.map((step) =>
    [step.iteration, step.relativeGap, step.averageExcessCost, step.objective, step.lowerBound, step.widestPair ?? ''].join(','),
  );
  return `${[names.join(','), ...lines].join('\n')}\n`;
}
