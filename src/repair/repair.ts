import type { EditList, RoadRows } from '../model/edits.ts';
import { DataError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import { dropDuplicates } from './drop-duplicates.ts';
import { joinIslands } from './join-islands.ts';
import { snapEnds } from './snap-ends.ts';
import { splitLinks } from './split-links.ts';
import { Workbench } from './workbench.ts';

interface RepairOptions {
  /** loose ends this near to a junction or a link are joined to it */
  readonly toleranceMetres: number;
  /** islands this near to another part are joined by a connector; 0 joins none */
  readonly connectMetres: number;
}

export const DEFAULT_REPAIR: RepairOptions = { toleranceMetres: 2, connectMetres: 0 };

/**
 * Edits that would mend the roads of a region: duplicates dropped, loose ends snapped, links split at true junctions, islands joined. Nothing is
 * changed; each edit can be judged, left out, applied and undone.
 *
 * Cost O(positions + junctions log junctions). Rules in docs/repair.md.
 */
export function planRepair(start: RoadRows, options: RepairOptions = DEFAULT_REPAIR): EditList {
  const bench = new Workbench(start);
  dropDuplicates(bench);
  snapEnds(bench, options.toleranceMetres);
  splitLinks(bench, options.toleranceMetres);
  joinIslands(bench, options.connectMetres);
  return { state: 'proposed', tolerance_metres: options.toleranceMetres, connect_metres: options.connectMetres, edits: bench.edits };
}

/** The same value whatever the order of keys. */
function canonical(value: unknown): string {
  const sortKeys = (_key: string, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  return JSON.stringify(value, sortKeys);
}

/** Faults of an edit that does not fit the network: what it would take away must be there, as it is written. */
function misfits(bench: Workbench, edit: { id: string }, removes: RoadRows, adds: RoadRows, file: string): Problem[] {
  const problems: Problem[] = [];
  const fault = (property: string, found: string, expected: string) =>
    problems.push({ severity: 'error', kind: 'edit-misfit', file, feature: edit.id, property, found, expected });
  for (const table of ['junctions', 'roads', 'turns'] as const) {
    const there = bench[table] as ReadonlyMap<string, unknown>;
    const going = new Set(removes[table].map((row) => row.id));
    for (const row of removes[table]) {
      const present = there.get(row.id);
      if (present === undefined) fault(table, `${row.id} is not there`, 'the row that the edit replaces (an earlier edit left out?)');
      else if (canonical(present) !== canonical(row)) fault(table, `${row.id} has changed since`, 'the row as the edit knows it');
    }
    for (const row of adds[table]) if (!going.has(row.id) && there.has(row.id)) fault(table, `${row.id} is there already`, 'a new id');
  }
  return problems;
}

/**
 * A network with edits applied in their order, or undone in the opposite order.
 *
 * @throws DataError naming every edit that does not fit; nothing is changed then
 */
export function applyEdits(start: RoadRows, list: EditList, direction: 'apply' | 'undo', file = 'edits.json'): RoadRows {
  const bench = new Workbench(start);
  const problems: Problem[] = [];
  for (const edit of direction === 'apply' ? list.edits : list.edits.toReversed()) {
    const [removes, adds] = direction === 'apply' ? [edit.removes, edit.adds] : [edit.adds, edit.removes];
    const found = misfits(bench, edit, removes, adds, file);
    problems.push(...found);
    if (found.length === 0) bench.replace(removes, adds);
  }
  if (problems.length > 0) throw new DataError(problems);
  return bench.rows();
}
