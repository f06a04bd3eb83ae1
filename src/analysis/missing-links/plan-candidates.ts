import { greatCircleKilometres } from '../../model/place.ts';
import type { Plan, Region } from '../../model/tables.ts';
import { travelMinutes } from '../../model/units.ts';
import type { Candidate, CandidateRules } from './candidate.ts';
import { candidateBetween, type LinkEnd, type Standard, standardOf } from './link-ends.ts';

/**
 * Source (e): the region's plans between ends that the network has; the others are returned by id. Plans that are open in the year of the
 * network are no candidates.
 *
 * @param year  of the network; null for today's
 * Cost O(plans · zones).
 */
export function planCandidates(
  region: Region,
  ends: readonly LinkEnd[],
  rules: CandidateRules,
  year: number | null,
): { candidates: Candidate[]; left: string[] } {
  const byId = new Map(ends.map((end) => [end.id, end]));
  const standard = standardOf(region, rules);
  const left: string[] = [];
  const candidates: Candidate[] = [];
  for (const plan of region.plans) {
    if (plan.mode !== rules.mode || isOpenBy(plan, year)) continue;
    const from = byId.get(plan.from ?? '');
    const to = byId.get(plan.to ?? '');
    if (!from || !to || from === to) left.push(plan.id);
    else
      candidates.push(
        candidateBetween(from, to, plannedStandard(plan, from, to, standard(from, to), rules), rules, {
          id: plan.id,
          source: 'plan',
          why: `${plan.status}: ${plan.name}`,
          about: plan.id,
          givenCost: plan.cost,
          givenCostCurrency: plan.costCurrency,
          givenCostYear: plan.costYear,
        }),
      );
  }
  return { candidates, left };
}

function isOpenBy(plan: Plan, year: number | null): boolean {
  return plan.status === 'open' && (year === null || plan.openingYear === null || plan.openingYear <= year);
}

/** What the plan says of length, speed and minutes wins over the standard. */
function plannedStandard(plan: Plan, from: LinkEnd, to: LinkEnd, standard: Standard, rules: CandidateRules): Standard {
  const straight = greatCircleKilometres(from.longitude, from.latitude, to.longitude, to.latitude);
  const lengthKilometres = plan.lengthKilometres ?? straight * rules.circuity;
  const speed = plan.speedKilometresPerHour ?? (standard.lengthKilometres / standard.minutes) * 60;
  return { ...standard, lengthKilometres, minutes: plan.minutes ?? travelMinutes(lengthKilometres, speed) };
}
