import type { Edit, RoadRows } from '../model/edits.ts';
import type { Place, RoadLink, TurnRule } from '../model/tables.ts';

export type Draft = Omit<Edit, 'id'>;

const NO_ROWS: RoadRows = { junctions: [], roads: [], turns: [] };

/** Rows of some tables; the others are empty. */
export function rows(part: Partial<RoadRows>): RoadRows {
  return { ...NO_ROWS, ...part };
}

/** A road network under repair: its rows by id, what meets where, and the edits made so far. */
export class Workbench {
  readonly junctions: Map<string, Place>;
  readonly roads: Map<string, RoadLink>;
  readonly turns: Map<string, TurnRule>;
  readonly edits: Edit[] = [];
  private readonly atJunction = new Map<string, Set<string>>();
  private readonly turnsOfRoad = new Map<string, Set<string>>();

  constructor(start: RoadRows) {
    this.junctions = new Map(start.junctions.map((row) => [row.id, row]));
    this.roads = new Map();
    this.turns = new Map();
    for (const road of start.roads) this.putRoad(road);
    for (const turn of start.turns) this.putTurn(turn);
  }

  /** Ids of the links that end at a junction. */
  linksAt(junction: string): ReadonlySet<string> {
    return this.atJunction.get(junction) ?? new Set();
  }

  turnsOf(road: string): TurnRule[] {
    return [...(this.turnsOfRoad.get(road) ?? [])].sort().flatMap((id) => this.turns.get(id) ?? []);
  }

  private putRoad(road: RoadLink): void {
    this.roads.set(road.id, road);
    for (const end of [road.from, road.to]) this.atJunction.set(end, (this.atJunction.get(end) ?? new Set()).add(road.id));
  }

  private putTurn(turn: TurnRule): void {
    this.turns.set(turn.id, turn);
    for (const step of turn.path) {
      const road = step.slice(0, -1);
      this.turnsOfRoad.set(road, (this.turnsOfRoad.get(road) ?? new Set()).add(turn.id));
    }
  }

  /** Make a change and keep it in the list. */
  make(draft: Draft): void {
    this.edits.push({ id: `e${this.edits.length + 1}`, ...draft });
    this.replace(draft.removes, draft.adds);
  }

  /** Put rows in place of others. */
  replace(removes: RoadRows, adds: RoadRows): void {
    for (const { id } of removes.junctions) this.junctions.delete(id);
    for (const { id, from, to } of removes.roads) {
      this.roads.delete(id);
      this.atJunction.get(from)?.delete(id);
      this.atJunction.get(to)?.delete(id);
    }
    for (const { id, path } of removes.turns) {
      this.turns.delete(id);
      for (const step of path) this.turnsOfRoad.get(step.slice(0, -1))?.delete(id);
    }
    for (const place of adds.junctions) this.junctions.set(place.id, place);
    for (const road of adds.roads) this.putRoad(road);
    for (const turn of adds.turns) this.putTurn(turn);
  }

  rows(): RoadRows {
    return { junctions: [...this.junctions.values()], roads: [...this.roads.values()], turns: [...this.turns.values()] };
  }
}

/** A junction that a barrier splits on purpose: it may not be joined to its twin. */
export function isBarrier(place: Place | undefined): boolean {
  return place?.kept.barrier === 'yes';
}

/** Whether two links lie at different levels as far as they say: what crosses or ends there need not meet. */
export function areApart(a: RoadLink, b: RoadLink): boolean {
  return (a.kept.bridge ?? '') !== (b.kept.bridge ?? '') || (a.kept.tunnel ?? '') !== (b.kept.tunnel ?? '');
}
