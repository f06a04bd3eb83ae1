import type { Assignment } from '../analysis/assignment/assign-trips.ts';
import { type GroupCriticality, groupCriticality, type RemovalGroup } from '../analysis/criticality/group-criticality.ts';
import { drawPairs, lossesAtEquilibrium } from '../analysis/criticality/lost-links.ts';
import { GROUP_KINDS, type GroupKind, type Landmarks, removalGroups, sectionGroups } from '../analysis/criticality/removal-groups.ts';
import { linkGroups } from '../analysis/criticality/removal-work.ts';
import { zoneLosses } from '../analysis/criticality/zone-losses.ts';
import type { FlowInput } from '../model/flow-input.ts';
import type { Progress } from '../model/progress.ts';
import { type Cell, column, type ResultTable } from '../model/results.ts';
import { byCodePoint } from '../model/units.ts';
import type { Pool } from '../parallel/pool.ts';
import { anewNotes, headOf } from './bottleneck-notes.ts';

export const REMOVALS = ['links', ...GROUP_KINDS] as const;
export type Removal = (typeof REMOVALS)[number];

/** Minutes of the accessibility that failures take away. */
const WITHIN_MINUTES = 60;
/** Failures that zones are held against where --top does not say. */
const ZONE_FAILURES = 25;
/** Members of a group that a table on screen names. */
const NAMED_MEMBERS = 3;

export interface RemovalSubject {
  readonly input: FlowInput;
  readonly inputs: ResultTable['inputs'];
  readonly landmarks: Landmarks;
  /** links of a railway are rides of single services: what fails is the track between two stations */
  readonly isRail: boolean;
  /** by zone of input.zones; null where they are not known */
  readonly people: readonly number[] | null;
}

/** How failures are asked for, with what every result of the call says. */
export interface RemovalQuestion {
  readonly kind: Removal;
  /** how many pairs of failures to draw; null for single ones */
  readonly pairs: number | null;
  readonly seed: number;
  /** rows are zones in place of failures */
  readonly isByZone: boolean;
  readonly reEquilibrate: number;
  readonly gap: number;
  readonly top: number | null;
  readonly isOnScreen: boolean;
  /** what the flows were made with */
  readonly parameters: ResultTable['parameters'];
  /** what a reader must know of the flows */
  readonly notes: readonly string[];
}

interface Failure {
  readonly group: RemovalGroup;
  readonly added: number;
  readonly cut: number;
  /** what the pair costs beyond its two failures alone; null for single ones */
  readonly beyond: { readonly added: number; readonly cut: number } | null;
}

const RAIL_NOTE =
  'a zone reaches trains at the stations of its doors: where all of them are in one failure its trips count as cut off, though people would go farther to a train';

/** Failures of groups of links, or of pairs of them, as rows; or the zones that they hit. */
export async function removalTable(
  pool: Pool,
  subject: RemovalSubject,
  assignment: Assignment,
  question: RemovalQuestion,
  progress: Progress,
): Promise<ResultTable> {
  const { input, landmarks } = subject;
  const singles = question.kind === 'links' ? singleLinks(subject) : removalGroups(input, landmarks, question.kind satisfies GroupKind);
  const single = await groupCriticality(pool, input, assignment, singles, progress);
  const failures =
    question.pairs === null
      ? singles.map((group, place): Failure => ({ group, ...lossAt(single, place), beyond: null }))
      : await pairFailures(pool, input, assignment, singles, single, question, progress);
  failures.sort((a, b) => b.cut - a.cut || b.added - a.added || byCodePoint(a.group.id, b.group.id));
  const notes = subject.isRail ? [RAIL_NOTE, ...question.notes] : question.notes;
  const asked = { ...question, notes };
  const shared = { command: 'bottlenecks', inputs: subject.inputs, head: headOf(assignment) };
  const parameters = {
    ...question.parameters,
    remove: question.kind,
    ...(question.pairs === null ? {} : { pairs: question.pairs, seed: question.seed }),
    ...(question.reEquilibrate > 0 ? { re_equilibrate: question.reEquilibrate } : {}),
    ...(question.top === null ? {} : { top: question.top }),
  };
  return question.isByZone
    ? { ...shared, parameters: { ...parameters, zones: true }, ...zoneRows(subject, assignment, failures, asked, progress) }
    : { ...shared, parameters, ...failureRows(input, assignment, failures, asked, progress) };
}

function lossAt({ addedMinutes, cutOffTrips }: GroupCriticality, place: number): { added: number; cut: number } {
  return { added: addedMinutes[place] ?? 0, cut: cutOffTrips[place] ?? 0 };
}

function singleLinks({ input, landmarks, isRail }: RemovalSubject): RemovalGroup[] {
  if (isRail) return sectionGroups(input, landmarks);
  const { ids, groupOfRow } = linkGroups(input);
  const rows: number[][] = ids.map(() => []);
  groupOfRow.forEach((group, row) => {
    rows[group]?.push(row);
  });
  return ids.map((id, group) => {
    const first = input.links[rows[group]?.[0] ?? 0];
    const node = (index: number | undefined) => input.nodeIds[index ?? 0] ?? '';
    return { id, name: first?.name ?? '', from: node(first?.from), to: node(first?.to), rows: rows[group] ?? [] };
  });
}

async function pairFailures(
  pool: Pool,
  input: FlowInput,
  assignment: Assignment,
  singles: readonly RemovalGroup[],
  single: GroupCriticality,
  { pairs, seed }: RemovalQuestion,
  progress: Progress,
): Promise<Failure[]> {
  const placeOf = new Map(singles.map(({ id }, place) => [id, place]));
  const used = singles.filter(({ rows }) => rows.some((row) => (assignment.flow[row] ?? 0) > 0)).map(({ id }) => id);
  const drawn = drawPairs(used, pairs ?? 0, seed).map((ids) => ids.map((id) => placeOf.get(id) ?? 0));
  const groups = drawn.map((places): RemovalGroup => {
    const [a, b] = places.map((place) => singles[place] as RemovalGroup) as [RemovalGroup, RemovalGroup];
    const rows = [...new Set([...a.rows, ...b.rows])].sort((x, y) => x - y);
    return { id: `${a.id} + ${b.id}`, name: [a.name, b.name].filter((name) => name !== '').join(' + '), from: a.id, to: b.id, rows };
  });
  const both = await groupCriticality(pool, input, assignment, groups, progress);
  return groups.map((group, place) => {
    const loss = lossAt(both, place);
    const alone = (drawn[place] ?? []).map((index) => lossAt(single, index));
    const sum = (of: (loss: { added: number; cut: number }) => number) => alone.reduce((total, each) => total + of(each), 0);
    return { group, ...loss, beyond: { added: loss.added - sum(({ added }) => added), cut: loss.cut - sum(({ cut }) => cut) } };
  });
}

type Rows = Pick<ResultTable, 'columns' | 'rows' | 'notes'>;

function failureRows(
  input: FlowInput,
  assignment: Assignment,
  failures: readonly Failure[],
  question: RemovalQuestion,
  progress: Progress,
): Rows {
  const { pairs, reEquilibrate, gap, top, isOnScreen } = question;
  const shown = failures.slice(0, top ?? (isOnScreen ? ZONE_FAILURES : failures.length));
  const idsOf = (rows: readonly number[]) => [...new Set(rows.map((row) => input.links[row]?.id ?? ''))];
  // doors, boarding and walks fail with a station, and are not worth naming
  const members = shown.map(({ group }) => idsOf(group.rows.filter((row) => !input.links[row]?.isConnector)));
  const tried = shown.slice(0, reEquilibrate).map(({ group }) => idsOf(group.rows));
  const anew = lossesAtEquilibrium(input, assignment, tried, gap, progress);
  const persons = input.personsPerUnit;
  const ends = pairs === null ? ['from', 'to'] : ['first', 'second'];
  return {
    columns: [
      column('link'),
      ...ends.map((name) => column(name)),
      column('name'),
      column('links'),
      column('criticality_person_minutes', 'person-min', 3),
      column('cut_off_trips', input.flowUnit, 3),
      ...(pairs === null
        ? []
        : [column('beyond_single_person_minutes', 'person-min', 3), column('beyond_single_cut_off_trips', input.flowUnit, 3)]),
      ...(reEquilibrate > 0 ? [column('criticality_equilibrium_person_minutes', 'person-min', 3)] : []),
      column('members'),
    ],
    rows: shown.map(({ group: { id, from, to, name }, added, cut, beyond }, place): Cell[] => {
      const own = members[place] ?? [];
      const after = anew[place];
      return [
        id,
        from,
        to,
        name,
        own.length,
        added * persons,
        cut,
        ...(beyond ? [beyond.added * persons, beyond.cut] : []),
        ...(reEquilibrate > 0 ? [after ? after.addedMinutes * persons : null] : []),
        isOnScreen && own.length > NAMED_MEMBERS
          ? `${own.slice(0, NAMED_MEMBERS).join(', ')} and ${own.length - NAMED_MEMBERS} more`
          : own.join(', '),
      ];
    }),
    notes: [
      'rows fail as a whole, both directions, every trip on its next best path at the times of the assignment; most trips cut off first, then most person-minutes; trips that are cut off are in cut_off_trips alone',
      ...failureNotes(failures, question),
      ...anewNotes(anew, gap),
      ...question.notes,
      ...input.notes,
      ...(shown.length < failures.length ? [`${shown.length} of ${failures.length} failures shown; --top N shows more`] : []),
    ],
  };
}

const KIND_NOTES: Readonly<Record<Removal, string>> = {
  links:
    'a failure is a link, both directions; on railways, all that passes between two neighbouring stations, both ways, tracks of all lines together',
  stations:
    'a failure is a station or, on roads, a junction: all that stops, ends or passes there; trips of a zone whose only door it is are cut off',
  corridors:
    'a failure is a corridor: parallel links between the same two ends, and chains of links of one name between junctions of three and more ways',
  crossings:
    'a failure is a crossing: all links between the same two places in two states, prefectures or provinces (by the nearest zone seat)',
  borders: 'a failure is a border: all links between two states, prefectures or provinces (by the nearest zone seat)',
  bridges: 'a failure is a bridge or tunnel, as the columns bridge and tunnel say, else the name; those that neither tells are missing',
};

function failureNotes(failures: readonly Failure[], { kind, pairs, seed, reEquilibrate }: RemovalQuestion): string[] {
  const notes = [KIND_NOTES[kind]];
  if (failures.length === 0) notes.push(`the network has no such failures: ${kind}`);
  if (pairs !== null) {
    const worse = failures.filter(({ beyond, added }) => (beyond?.cut ?? 0) > 1e-9 || (beyond?.added ?? 0) > 1e-9 * Math.abs(added)).length;
    notes.push(
      `${failures.length} pairs of failures that each carry trips, drawn by seed ${seed}; ${worse} of them cost more than the two alone together: beyond_single is pair - sum of both alone`,
    );
  }
  if (reEquilibrate > 0)
    notes.push('criticality_equilibrium_person_minutes: everyone chooses anew, for the first rows; below 0 by Braess’s paradox');
  return notes;
}

function zoneRows(
  { input, people }: RemovalSubject,
  assignment: Assignment,
  failures: readonly Failure[],
  { kind, top, notes }: RemovalQuestion,
  progress: Progress,
): Rows {
  const first = failures.slice(0, top ?? ZONE_FAILURES).map(({ group }) => group);
  const losses = zoneLosses(input, assignment, first, people, WITHIN_MINUTES, progress);
  losses.sort(
    (a, b) =>
      (a.keptShareWorst ?? 1) - (b.keptShareWorst ?? 1) ||
      (b.addedMinutesWorst ?? 0) - (a.addedMinutesWorst ?? 0) ||
      byCodePoint(a.zone, b.zone),
  );
  const columns = [
    column('zone'),
    column('name'),
    column('trips', input.flowUnit, 3),
    column('kept_share_mean', '', 6),
    column('kept_share_worst', '', 6),
    column('added_minutes_mean', input.timeUnit, 4),
    column('added_minutes_worst', input.timeUnit, 4),
    column('worst_failure'),
  ];
  const access = [
    column(`people_within_${WITHIN_MINUTES}`, 'persons'),
    column('people_lost_mean', 'persons', 1),
    column('people_lost_worst', 'persons'),
    column('worst_access_failure'),
  ];
  return {
    columns: people ? [...columns, ...access] : columns,
    rows: losses.map((row): Cell[] => [
      row.zone,
      row.name,
      row.trips,
      row.keptShareMean,
      row.keptShareWorst,
      row.addedMinutesMean,
      row.addedMinutesWorst,
      row.worstFailure,
      ...(people ? [row.people, row.peopleLostMean, row.peopleLostWorst, row.worstAccessFailure] : []),
    ]),
    notes: [
      `each of the ${first.length} worst failures alone, at the times of the assignment: kept_share is the share of a zone's trips that keep a way, added_minutes what each of those loses; mean over these failures, and the worst`,
      ...(people
        ? [
            `people_within_${WITHIN_MINUTES}: people of zones within ${WITHIN_MINUTES} minutes at the times of the assignment, its own included`,
          ]
        : ['people are not known here, so that accessibility is not told']),
      KIND_NOTES[kind],
      ...notes,
      ...input.notes,
    ],
  };
}
