import type { Region } from '../../model/tables.ts';
import { soundRegion } from '../borders/borders.ts';
import { DEFAULT_DEAD_ENDS, type DeadEnd, deadEnds } from '../borders/dead-ends.ts';
import { jurisdictionMap, type Level } from '../borders/jurisdictions.ts';
import type { Candidate, CandidateRules } from './candidate.ts';
import { candidateBetween, type LinkEnd, standardOf } from './link-ends.ts';

/**
 * Source (b): from each road or line that stops near a border to the nearest place beyond that the same class reaches.
 *
 * Dead ends are read on published and recalled links; the link is evaluated on the whole network. Cost: one tree a dead end.
 */
export function borderCandidates(region: Region, ends: readonly LinkEnd[], rules: CandidateRules, level: Level): Candidate[] {
  const byId = new Map(ends.map((end) => [end.id, end]));
  const standard = standardOf(region, rules);
  const sound = soundRegion(region, level).region;
  return deadEnds(sound, jurisdictionMap(region.zones, level), DEFAULT_DEAD_ENDS).flatMap((stop) => {
    const [from, to] = [byId.get(stop.place.id), byId.get(stop.counterpart.id)];
    if (stop.mode !== rules.mode || !from || !to) return [];
    return [
      candidateBetween(from, to, standard(from, to), rules, {
        id: `${rules.mode}:dead-end:${from.id}:${to.id}`,
        source: 'dead-end',
        why: inWords(stop),
      }),
    ];
  });
}

function inWords(stop: DeadEnd): string {
  const [here = '', there = ''] = stop.border.split('|');
  const round = stop.networkKilometres === null ? 'no way round' : `${stop.networkKilometres.toFixed(0)} km round`;
  return `${stop.route} stops ${stop.toBorderKilometres.toFixed(0)} km from the ${here} – ${there} border; ${stop.counterpart.name} lies ${stop.gapKilometres.toFixed(0)} km on, ${round} by ${stop.class}`;
}
