import type { Portfolio } from '../analysis/portfolio/portfolio.ts';
import { type Cell, column } from '../model/results.ts';
import type { Offer } from './portfolio-items.ts';

/** Columns of a portfolio's table; each kind of row fills some of them. */
export const PORTFOLIO_COLUMNS = [
  column('kind'),
  column('order'),
  column('id'),
  column('name'),
  column('other'),
  column('jurisdiction'),
  column('cost', 'money', 0),
  column('total_cost', 'money', 0),
  column('gain_person_minutes', 'person-minutes a day', 0),
  column('total_gain_person_minutes', 'person-minutes a day', 0),
  column('benefit_cost_ratio', '', 2),
  column('share', '', 3),
  column('note'),
];

/** One row, by name of column. */
export type Row = Partial<Record<string, Cell>> & { readonly kind: string };

/** What is chosen, who pays for each, and what is left out. */
export function chosenRows({ items, problem }: Offer, { chosen, left, choice }: Portfolio): Row[] {
  const rows = chosen.flatMap(({ item, gain, totalGain, totalCost, appraisal, interest }, position): Row[] => {
    const { id = '', name = '', cost = 0 } = items[item] ?? {};
    const verdict = interest.isDefect
      ? 'worth its cost as a whole, but to none of those who would pay for it'
      : interest.gainOutside > 0.5
        ? 'most of its gain goes to people whose jurisdiction pays nothing'
        : 'those who pay have most of the gain';
    const head = { order: position + 1, id, name };
    return [
      {
        kind: 'chosen',
        ...head,
        cost,
        total_cost: totalCost,
        gain_person_minutes: gain,
        total_gain_person_minutes: totalGain,
        benefit_cost_ratio: appraisal?.benefitCostRatio ?? null,
        share: interest.gainOutside,
        note: verdict,
      },
      ...interest.payers.map(
        (payer): Row => ({
          kind: 'pays',
          ...head,
          jurisdiction: payer.name,
          cost: cost * payer.costShare,
          gain_person_minutes: gain * payer.gainShare,
          benefit_cost_ratio: payer.ownRatio,
          share: payer.costShare,
          note: payer.ownRatio >= 1 ? 'its own residents repay its part' : 'its own residents do not repay its part',
        }),
      ),
    ];
  });
  const out = left.map(({ item, gain }): Row => {
    const own = items[item];
    const alone = problem.value([item]).total;
    const note = gain < alone / 2 ? 'worth less than half of itself beside what is chosen' : 'not within the budget, or less for its cost';
    return {
      kind: 'left-out',
      id: own?.id ?? '',
      name: own?.name ?? '',
      cost: own?.cost ?? null,
      total_cost: choice.cost + (own?.cost ?? 0),
      gain_person_minutes: gain,
      total_gain_person_minutes: choice.gain + gain,
      benefit_cost_ratio: own?.appraise(gain)?.benefitCostRatio ?? null,
      note,
    };
  });
  return [...rows, ...out.sort((a, b) => Number(b.gain_person_minutes) - Number(a.gain_person_minutes))];
}

/** What each jurisdiction pays and gains. */
export function jurisdictionRows({ gains, people, chosen, choice }: Portfolio): Row[] {
  const paid = new Map<string, number>();
  chosen.forEach(({ interest, totalCost }, position) => {
    const cost = totalCost - (chosen[position - 1]?.totalCost ?? 0);
    for (const payer of interest.payers) paid.set(payer.name, (paid.get(payer.name) ?? 0) + cost * payer.costShare);
  });
  return [...gains].map(([jurisdiction, gain]) => {
    const seconds = (gain * 60) / (people.get(jurisdiction) ?? 1);
    return {
      kind: 'jurisdiction',
      jurisdiction,
      cost: paid.get(jurisdiction) ?? 0,
      gain_person_minutes: gain,
      share: choice.gain > 0 ? gain / choice.gain : 0,
      note: `${seconds.toFixed(1)} seconds a head and day`,
    };
  });
}

const MOST_PAIRS = 40;

/** Pairs that help or hinder one another. */
export function pairRows({ items }: Offer, { synergies }: Portfolio): Row[] {
  return synergies.slice(0, MOST_PAIRS).map(({ a, b, value, share }) => ({
    kind: 'together',
    id: items[a]?.id ?? '',
    name: items[a]?.name ?? '',
    other: items[b]?.id ?? '',
    gain_person_minutes: value,
    share,
    note:
      value > 0 ? 'complements: each helps the other' : share < -0.5 ? 'substitutes: one does most of the work of the other' : 'overlap',
  }));
}

/** The best set by budget. */
export function frontierRows({ items }: Offer, { frontier }: Portfolio): Row[] {
  return frontier.map((choice, position) => ({
    kind: 'frontier',
    order: position + 1,
    total_cost: choice.cost,
    total_gain_person_minutes: choice.gain,
    note: choice.order.map((item) => items[item]?.id ?? '').join(' '),
  }));
}

/** How firm each rank is. */
export function stabilityRows({ stability }: Portfolio): Row[] {
  return stability.map(({ id, rank, keepsPlace, rankLow, rankHigh, verdict }) => ({
    kind: 'stability',
    order: rank,
    id,
    share: keepsPlace,
    note: `rank ${Math.round(rankLow)} to ${Math.round(rankHigh)} in 8 of 10 runs; ${verdict}`,
  }));
}

/** What the table rests on, in words. */
export function notesOf({ choice, free }: Portfolio, budget: number, currency: string): string[] {
  const notes = [
    `budget ${Math.round(budget / 1e6)} million ${currency}, spent ${Math.round(choice.cost / 1e6)} million; gains are exact for every set, after each choice anew`,
    'chosen: share is the part of the gain outside the jurisdictions that pay; who pays is whose land the straight line crosses (nearest seat)',
    'trips: gravity, one trip between zones a person and day, decay 0.03 a minute (modelled, not observed), held as they are without any scheme',
    'stability: ranks by gain over cost, each scheme alone, when cost, demand (reference classes) and speeds (15%) vary; share is of runs within one rank of its place',
  ];
  if (free) {
    const price = free.gain > 0 ? ((free.gain - choice.gain) / free.gain) * 100 : 0;
    notes.push(
      choice.fairness >= 1
        ? `every jurisdiction has its floor; this takes ${price.toFixed(1)}% of the gain that the budget could have without it`
        : `no set found keeps the floor everywhere; this one comes to ${(choice.fairness * 100).toFixed(0)}% of it, ${price.toFixed(1)}% below the free gain`,
    );
  }
  return notes;
}
