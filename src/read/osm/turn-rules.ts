import type { Member, Tags } from './osm-objects.ts';

/** A turn restriction as mapped: ids of OpenStreetMap objects. */
export interface MappedTurn {
  readonly id: number;
  /** no_left_turn, only_straight_on … */
  readonly kind: string;
  readonly effect: 'no' | 'only';
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly viaNode: number | null;
  readonly viaWays: readonly number[];
}

type TurnVerdict = { readonly kind: 'turn'; readonly turn: MappedTurn } | { readonly kind: 'dropped'; readonly reason: string } | null;

/** Keys whose value is the kind of turn forbidden to cars, the most particular first. */
const KEYS = ['restriction:motorcar', 'restriction:motor_vehicle', 'restriction'];
const CARS = new Set(['motorcar', 'motor_vehicle', 'vehicle']);
const KINDS = /^(no|only)_(left_turn|right_turn|straight_on|u_turn|entry|exit)$/;

function kindOf(tags: Tags): { kind: string } | { reason: string } {
  for (const key of KEYS) {
    const kind = tags.get(key);
    if (kind === undefined) continue;
    return KINDS.test(kind) ? { kind } : { reason: `kind not understood: ${kind}` };
  }
  const others = [...tags.keys()].filter((key) => key.startsWith('restriction'));
  if (others.some((key) => key.endsWith(':conditional'))) return { reason: 'holds at some hours only' };
  return { reason: others.length > 0 ? `for other vehicles: ${others.sort()[0]}` : 'no restriction named' };
}

/**
 * A relation as a turn restriction for cars.
 * Source: wiki.openstreetmap.org/wiki/Relation:restriction
 */
export function readTurn(id: number, members: readonly Member[], tags: Tags): TurnVerdict {
  const type = tags.get('type') ?? '';
  if (type !== 'restriction' && !type.startsWith('restriction:')) return null;
  const found = kindOf(tags);
  if ('reason' in found) return { kind: 'dropped', reason: found.reason };
  const exceptions = (tags.get('except') ?? '').split(';').map((value) => value.trim());
  if (exceptions.some((value) => CARS.has(value))) return { kind: 'dropped', reason: 'cars are excepted' };
  if (tags.has('day_on') || tags.has('hour_on')) return { kind: 'dropped', reason: 'holds at some hours only' };
  const ids = (role: string, kind: Member['kind']) =>
    members.filter((member) => member.role === role && member.kind === kind).map((member) => member.id);
  const viaNodes = ids('via', 'node');
  const viaWays = ids('via', 'way');
  const turn: MappedTurn = {
    id,
    kind: found.kind,
    effect: found.kind.startsWith('only') ? 'only' : 'no',
    from: ids('from', 'way'),
    to: ids('to', 'way'),
    viaNode: viaNodes[0] ?? null,
    viaWays,
  };
  if (turn.from.length === 0 || turn.to.length === 0) return { kind: 'dropped', reason: 'from or to is missing' };
  if (viaNodes.length > 1 || (viaNodes.length === 1) === viaWays.length > 0) {
    return { kind: 'dropped', reason: 'via is not one node or a chain of ways' };
  }
  return { kind: 'turn', turn };
}
