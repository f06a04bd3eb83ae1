import { LANE_CAPACITY } from '../../build/road-flow-links.ts';
import type { FlowInput, FlowLink } from '../../model/flow-input.ts';
import type { Candidate } from '../missing-links/candidate.ts';
import { DEFAULT_PEAK } from './road-peak.ts';

/** Lanes of a new road, one direction. */
const LANES = 2;

/**
 * A road candidate as rows for an assignment, both ways, two lanes a direction of a motorway's capacity. A link made better (source upgrade)
 * is laid beside the old one.
 *
 * @returns null where an end is no junction of the roads
 */
export function newRoadLinks(
  { nodeIds }: FlowInput,
  candidate: Pick<Candidate, 'id' | 'from' | 'to' | 'minutes' | 'class'>,
): FlowLink[] | null {
  const [from, to] = [nodeIds.indexOf(candidate.from), nodeIds.indexOf(candidate.to)];
  if (from < 0 || to < 0) return null;
  const row = (tail: number, head: number): FlowLink => ({
    id: candidate.id,
    from: tail,
    to: head,
    name: '',
    isConnector: false,
    capacity: LANES * (LANE_CAPACITY[candidate.class] ?? LANE_CAPACITY.motorway ?? 2000),
    freeMinutes: candidate.minutes,
    curve: 'bpr',
    b: DEFAULT_PEAK.b,
    power: DEFAULT_PEAK.power,
    chargeMinutes: 0,
  });
  return [row(from, to), row(to, from)];
}
