import type { Assignment } from '../analysis/assignment/assign-trips.ts';
import { type RailLoad, railLoads } from '../analysis/assignment/rail-loads.ts';
import type { BottleneckRow } from '../analysis/bottlenecks/bottlenecks.ts';
import { cutBetween } from '../analysis/bottlenecks/cut-between.ts';
import { linkUsers } from '../analysis/bottlenecks/link-users.ts';
import { marginalCapacity } from '../analysis/bottlenecks/marginal-capacity.ts';
import type { LinkCriticality } from '../analysis/criticality/link-criticality.ts';
import { lossesAtEquilibrium } from '../analysis/criticality/lost-links.ts';
import type { RailFlowLinks } from '../build/rail-flow-links.ts';
import type { FlowInput } from '../model/flow-input.ts';
import type { Progress } from '../model/progress.ts';
import { type Cell, type Column, column, type ResultTable } from '../model/results.ts';
import type { Region } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { anewNotes, headOf } from './bottleneck-notes.ts';

type Inputs = ResultTable['inputs'];

/** Links that a note names: the most critical ones may be in no row that is shown. */
const NAMED = 10;
/** Passengers for a place from which a load is a fault of the demand rather than of the railway. */
const OVERFULL = 2;

/** Columns that take equilibria of their own. */
export interface ExtraColumns {
  readonly columns: readonly Column[];
  readonly cells: (row: BottleneckRow) => Cell[];
  readonly notes: readonly string[];
}

export interface ExtraOptions {
  /** how many of the first rows */
  readonly marginal: number;
  /** how many of the most critical links */
  readonly reEquilibrate: number;
  readonly gap: number;
  readonly progress: Progress;
}

/** Marginal value of capacity and criticality at a new equilibrium, for the links that were asked for; null for the others. */
export function extraColumns(
  input: FlowInput,
  assignment: Assignment,
  rows: readonly BottleneckRow[],
  options: ExtraOptions,
): ExtraColumns {
  const columns: Column[] = [];
  const values: Map<string, Cell>[] = [];
  const notes: string[] = [];
  if (options.marginal > 0) {
    const first = rows.slice(0, options.marginal);
    const found = marginalCapacity(
      input,
      assignment,
      first.map(({ row }) => row),
      options.progress,
    );
    columns.push(column('minutes_saved_per_unit_capacity', 'min', 6));
    values.push(new Map(first.map(({ row }, place) => [String(row), found[place] ?? null])));
    notes.push(
      'minutes_saved_per_unit_capacity: total cost at the equilibrium with 1% less capacity minus that with 1% more, by unit; below 0 the link makes everyone slower (Braess)',
    );
  }
  if (options.reEquilibrate > 0) {
    const order = (a: BottleneckRow, b: BottleneckRow) =>
      (b.cutOffTrips ?? 0) - (a.cutOffTrips ?? 0) || (b.criticalityPersonMinutes ?? 0) - (a.criticalityPersonMinutes ?? 0);
    const links = [
      ...new Set(
        rows
          .slice()
          .sort(order)
          .map(({ link }) => link),
      ),
    ].slice(0, options.reEquilibrate);
    const found = lossesAtEquilibrium(
      input,
      assignment,
      links.map((link) => [link]),
      options.gap,
      options.progress,
    );
    columns.push(column('criticality_equilibrium_person_minutes', 'person-min', 3));
    const minutes = new Map(found.map(({ links: [link = ''], addedMinutes }) => [link, addedMinutes * input.personsPerUnit]));
    values.push(new Map(rows.map(({ row, link }) => [String(row), minutes.get(link) ?? null])));
    const named = links.slice(0, NAMED).map((link) => `${link} (${Math.round(minutes.get(link) ?? 0)})`);
    notes.push(
      `criticality_equilibrium_person_minutes: the same with a new equilibrium, for the ${links.length} most critical links; below 0 by Braess's paradox: ${named.join(', ')}${links.length > NAMED ? ` and ${links.length - NAMED} more` : ''}`,
      ...anewNotes(found, options.gap),
    );
  }
  return { columns, cells: ({ row }) => values.map((value) => value.get(String(row)) ?? null), notes };
}

/** Pairs of zones that use a link. */
export function usersTable(
  input: FlowInput,
  inputs: Inputs,
  assignment: Assignment,
  link: string,
  parameters: Record<string, Cell>,
): ResultTable {
  const users = linkUsers(input, assignment, link);
  return {
    command: 'bottlenecks',
    parameters: { ...parameters, select_link: link },
    inputs,
    head: headOf(assignment),
    columns: [column('from'), column('to'), column('flow', input.flowUnit, 6), column('share', '', 6)],
    rows: users.map(({ from, to, flow, share }) => [from, to, flow, share]),
    notes: [
      'pairs add up to the flow of trips that pass the link, both directions of a two-way one together',
      'equilibrium fixes link flows, not paths: pair flows are those of the proportional split at every node',
      ...input.notes,
    ],
  };
}

/** Zones by what the loss of links costs their own trips, most exposed first. */
export function exposureTable(
  input: FlowInput,
  inputs: Inputs,
  assignment: Assignment,
  { zones }: LinkCriticality,
  parameters: Record<string, Cell>,
): ResultTable {
  const names = new Map(input.zones.map(({ id, name }) => [id, name]));
  const trips = new Map<string, number>();
  for (const { from, to, trips: amounts } of input.classes) {
    amounts.forEach((amount, pair) => {
      const id = from[pair] === to[pair] ? undefined : input.zones[from[pair] ?? 0]?.id;
      if (id !== undefined) trips.set(id, (trips.get(id) ?? 0) + amount);
    });
  }
  const rows = zones
    .map(({ zone, meanMinutes, worstLink, worstMinutes }): Cell[] => {
      const own = trips.get(zone) ?? 0;
      const each = (minutes: number) => (own > 0 ? minutes / own : null);
      return [zone, names.get(zone) ?? '', own, each(meanMinutes), worstLink, each(worstMinutes)];
    })
    .sort((a, b) => Number(b[5] ?? -1) - Number(a[5] ?? -1) || (String(a[0]) < String(b[0]) ? -1 : 1));
  return {
    command: 'bottlenecks',
    parameters: { ...parameters, exposure: true },
    inputs,
    head: headOf(assignment),
    columns: [
      column('zone'),
      column('name'),
      column('trips', input.flowUnit, 3),
      column('mean_minutes_a_trip', input.timeUnit, 6),
      column('worst_link'),
      column('worst_minutes_a_trip', input.timeUnit, 6),
    ],
    rows,
    notes: [
      'minutes that a trip out of the zone loses when a link is out, at the times of the assignment: mean over all links, and the worst one (Jenelius et al. 2006)',
      'trips that are cut off altogether are not in these minutes: see cut_off_trips of the links',
      ...input.notes,
    ],
  };
}

/** Links of the least cut between two zones. */
export function cutTable(
  input: FlowInput,
  inputs: Inputs,
  [from, to]: readonly [string, string],
  parameters: Record<string, Cell>,
): ResultTable {
  const { capacity, rows } = cutBetween(input, from, to);
  return {
    command: 'bottlenecks',
    parameters: { ...parameters, cut: `${from},${to}` },
    inputs,
    head: { cut_capacity: capacity },
    columns: [column('link'), column('from'), column('to'), column('name'), column('capacity', input.flowUnit, 3)],
    rows: rows.map((row) => {
      const link = input.links[row];
      return [
        link?.id ?? '',
        input.nodeIds[link?.from ?? 0] ?? '',
        input.nodeIds[link?.to ?? 0] ?? '',
        link?.name ?? '',
        link?.capacity ?? null,
      ];
    }),
    notes: [
      `least cut from zone ${from} to zone ${to}, nearest to ${from}: no more than cut_capacity can pass these links together`,
      ...input.notes,
    ],
  };
}

/** Loads of line sections in the busiest hour, with the seats and the places that there are. */
export function railLoadTable(
  region: Region,
  { input, inputs }: { readonly input: FlowInput; readonly inputs: Inputs },
  links: RailFlowLinks,
  assignment: Assignment,
  parameters: Record<string, Cell>,
  top: number | null,
): ResultTable {
  const loads = railLoads(links, assignment);
  const stations = new Map(region.stations.map(({ id, name }) => [id, name]));
  const ratio = (load: number, places: number): Cell => (places > 0 ? load / places : null);
  const shown = loads.slice(0, top ?? loads.length);
  return {
    command: 'bottlenecks',
    parameters,
    inputs,
    head: {
      relative_gap: assignment.end.relativeGap,
      iterations: assignment.steps.length - 1,
      objective: Number(assignment.end.objective.toPrecision(13)),
      passengers: Number(assignment.trips.toPrecision(13)),
      unserved_passengers: Number(assignment.unserved.toPrecision(13)),
    },
    columns: [
      column('link'),
      column('from'),
      column('to'),
      column('name'),
      column('flow', 'passengers/h', 3),
      column('capacity', 'places/h', 1),
      column('ratio', '', 4),
      column('free_minutes', 'min', 3),
      column('minutes', 'min', 3),
      column('delay_person_minutes', 'person-min', 3),
      column('criticality_person_minutes', 'person-min', 3),
      column('seated_ratio', '', 4),
      column('trains_per_hour', '', 2),
    ],
    rows: shown.map((load): Cell[] => {
      const { id, line, from, to, passengers, crush, seats, minutes, trainsPerHour } = load;
      const names = [stations.get(from) ?? from, stations.get(to) ?? to];
      return [
        id,
        from,
        to,
        `${line}: ${names.join(' – ')}`,
        passengers,
        crush,
        ratio(passengers, crush),
        minutes,
        minutes,
        0,
        null,
        ratio(passengers, seats),
        trainsPerHour,
      ];
    }),
    notes: [
      'a row is a piece of a line between neighbouring stations, one way, with all trains that pass; capacity and ratio count a crush, seated_ratio seats alone; trains of one line that run through on another are counted there, with those who ride them',
      ...overfullNotes(loads),
      ...input.notes,
      ...(shown.length < loads.length ? [`${shown.length} of ${loads.length} sections shown; --top N shows more`] : []),
    ],
  };
}

/** Sections that are asked for more than could ever ride: the demand does not know how few trains run there. */
function overfullNotes(loads: readonly RailLoad[]): string[] {
  const over = loads.filter(({ passengers, crush }) => passengers > OVERFULL * crush);
  if (over.length === 0) return [];
  const lines = [...new Set(over.map(({ line }) => line))].sort(byCodePoint);
  return [
    `${over.length} sections, of ${lines.length} lines, are asked for more than ${OVERFULL} times a crush: the share of trips by rail is one for all zones, and where few trains run people drive in truth; lines: ${lines.slice(0, 12).join(', ')}${lines.length > 12 ? ` and ${lines.length - 12} more` : ''}`,
  ];
}
