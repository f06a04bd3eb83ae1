import { ASSIGNMENT_METHODS, type AssignmentMethod, type AssignmentOptions } from '../analysis/assignment/assign-trips.ts';
import { DEFAULT_PEAK, type PeakOptions } from '../analysis/assignment/road-peak.ts';
import type { BottleneckRank } from '../analysis/bottlenecks/bottlenecks.ts';
import type { TripModel } from '../analysis/demand/fit.ts';
import { TRIP_MODELS } from '../analysis/demand/fit-report.ts';
import type { Constraint } from '../analysis/demand/trip-models.ts';
import type { GraphOptions } from '../build/graph-types.ts';
import { UsageError } from '../model/errors.ts';
import { isTntpNet } from '../open/open-tntp.ts';
import { graphOptions, type NetworkFlags, numberOption, oneOf, threadsOption, wholeOption } from './network-options.ts';
import { REMOVALS, type Removal } from './removal-tables.ts';

export const RANKS: readonly BottleneckRank[] = ['delay', 'criticality', 'ratio', 'id'];

export type BottleneckFlags = NetworkFlags & {
  readonly trips?: string;
  readonly uniformTrips?: string;
  readonly demand?: string;
  readonly constraint: string;
  readonly peakShare: string;
  readonly carShare: string;
  readonly occupancy: string;
  readonly railShare: string;
  readonly gap: string;
  readonly method: string;
  readonly principle: string;
  readonly maxIterations: string;
  readonly theta: string;
  readonly tollFactor: string;
  readonly distanceFactor: string;
  readonly minutesPerUnit: string;
  readonly criticality: boolean;
  readonly rank: string;
  readonly top?: string;
  readonly priceOfAnarchy?: boolean;
  readonly marginal?: string;
  readonly reEquilibrate?: string;
  readonly selectLink?: string;
  readonly cut?: string;
  readonly exposure?: boolean;
  readonly remove?: string;
  readonly pairs?: string;
  readonly seed: string;
  readonly zones?: boolean;
  readonly threads: string;
  readonly log?: string;
  readonly quiet?: boolean;
};

/** What the rows are. */
type BottleneckView = 'links' | 'rail' | 'cut' | 'users' | 'exposure' | 'removal';

/** A call of `corridor bottlenecks`, every option read. */
export interface BottleneckQuestion {
  readonly place: 'net' | 'road' | 'rail';
  readonly view: BottleneckView;
  readonly assignment: Pick<AssignmentOptions, 'method' | 'gap' | 'maxIterations' | 'principle' | 'theta'>;
  readonly graph: GraphOptions;
  readonly demand: { readonly model: TripModel | 'observed'; readonly constraint: Constraint };
  readonly peak: PeakOptions;
  readonly railShare: number;
  readonly net: {
    readonly uniformTrips: number | null;
    readonly tollFactor: number;
    readonly distanceFactor: number;
    readonly minutesPerUnit: number;
  };
  readonly rank: BottleneckRank;
  /** null: all rows, or as many as a screen takes */
  readonly top: number | null;
  readonly marginal: number;
  readonly reEquilibrate: number;
  readonly removal: {
    readonly kind: Removal;
    /** how many pairs of failures to draw; null for single ones */
    readonly pairs: number | null;
    readonly seed: number;
    /** rows are zones in place of failures */
    readonly isByZone: boolean;
  };
  readonly cut: readonly [string, string] | null;
  readonly threads: number;
}

/**
 * Read all options before any file is opened.
 *
 * @param isGiven  whether the caller named an option, by its name in camel case
 * @throws UsageError naming the option with a value that is none, or all options that have no meaning together
 */
export function bottleneckQuestion(network: string, flags: BottleneckFlags, isGiven: (option: string) => boolean): BottleneckQuestion {
  const graph = graphOptions(flags);
  const isNet = isTntpNet(network);
  const place = isNet ? 'net' : graph.mode === 'rail' ? 'rail' : 'road';
  const count = (option: string, text: string | undefined) => (text === undefined ? 0 : wholeOption(option, text, 0, 1e6));
  const question: BottleneckQuestion = {
    place,
    view: viewOf(flags, place === 'rail'),
    graph,
    assignment: {
      method: oneOf<AssignmentMethod>('--method', flags.method, ASSIGNMENT_METHODS),
      gap: numberOption('--gap', flags.gap, 0, 1),
      maxIterations: wholeOption('--max-iterations', flags.maxIterations, 0, 1e6),
      principle: oneOf('--principle', flags.principle, ['user', 'system'] as const),
      theta: numberOption('--theta', flags.theta, 1e-9, 1e6),
    },
    demand: {
      model: oneOf<TripModel | 'observed'>('--demand', flags.demand ?? 'observed', ['observed', ...TRIP_MODELS]),
      constraint: oneOf<Constraint>('--constraint', flags.constraint, ['production', 'doubly']),
    },
    peak: {
      ...DEFAULT_PEAK,
      peakShare: numberOption('--peak-share', flags.peakShare, 0, 1),
      carShare: numberOption('--car-share', flags.carShare, 0, 1),
      personsPerCar: numberOption('--occupancy', flags.occupancy, 0.1, 100),
    },
    railShare: numberOption('--rail-share', flags.railShare, 0, 1),
    net: {
      uniformTrips: flags.uniformTrips === undefined ? null : numberOption('--uniform-trips', flags.uniformTrips, 0, 1e12),
      tollFactor: numberOption('--toll-factor', flags.tollFactor, -1e9, 1e9),
      distanceFactor: numberOption('--distance-factor', flags.distanceFactor, -1e9, 1e9),
      minutesPerUnit: numberOption('--minutes-per-unit', flags.minutesPerUnit, 1e-9, 1e9),
    },
    rank: oneOf<BottleneckRank>('--rank', flags.rank, RANKS),
    top: flags.top === undefined ? null : wholeOption('--top', flags.top, 1, 1e9),
    marginal: count('--marginal', flags.marginal),
    reEquilibrate: count('--re-equilibrate', flags.reEquilibrate),
    removal: {
      kind: oneOf<Removal>('--remove', flags.remove ?? 'links', REMOVALS),
      pairs: flags.pairs === undefined ? null : wholeOption('--pairs', flags.pairs, 1, 1e6),
      seed: wholeOption('--seed', flags.seed, 0, 2147483645),
      isByZone: flags.zones === true,
    },
    cut: flags.cut === undefined ? null : zonePair(flags.cut),
    threads: threadsOption(flags.threads),
  };
  refuseIdle(question, flags, isGiven);
  return question;
}

function viewOf({ cut, selectLink, exposure, remove, pairs, zones }: BottleneckFlags, isRail: boolean): BottleneckView {
  const asked: [string, BottleneckView][] = [];
  if (cut !== undefined) asked.push(['--cut', 'cut']);
  if (selectLink !== undefined) asked.push(['--select-link', 'users']);
  if (exposure) asked.push(['--exposure', 'exposure']);
  const removal = [
    ...(remove === undefined ? [] : ['--remove']),
    ...(pairs === undefined ? [] : ['--pairs']),
    ...(zones ? ['--zones'] : []),
  ];
  if (removal[0]) asked.push([removal[0], 'removal']);
  if (asked.length > 1)
    throw new UsageError(`${asked.map(([option]) => option).join(', ')} each ask for a table of their own; expected one of them`);
  return asked[0]?.[1] ?? (isRail ? 'rail' : 'links');
}

function zonePair(text: string): readonly [string, string] {
  const [from, to, ...more] = text.split(',').map((part) => part.trim());
  if (!from || !to || more.length > 0 || from === to)
    throw new UsageError(`--cut is "${text}"; expected two zone ids with a comma between`);
  return [from, to];
}

const ASSIGNED = ['method', 'gap', 'principle', 'maxIterations', 'theta', 'log'];
/** Options by the table that they have a meaning for. */
const BY_VIEW: Readonly<Record<BottleneckView, readonly string[]>> = {
  links: [...ASSIGNED, 'rank', 'top', 'criticality', 'priceOfAnarchy', 'marginal', 'reEquilibrate'],
  rail: ['top'],
  cut: ['cut'],
  users: [...ASSIGNED, 'selectLink'],
  exposure: [...ASSIGNED, 'exposure'],
  removal: [...ASSIGNED, 'remove', 'pairs', 'seed', 'zones', 'top', 'reEquilibrate'],
};
const SLICE = ['mode', 'year', 'speeds', 'upgrade', 'demand', 'constraint', 'peakShare'];
/** Options by the network that they have a meaning for. */
const BY_PLACE: Readonly<Record<BottleneckQuestion['place'], readonly string[]>> = {
  net: ['uniformTrips', 'tollFactor', 'distanceFactor', 'minutesPerUnit'],
  road: [...SLICE, 'carShare', 'occupancy'],
  rail: [...SLICE, 'railShare'],
};
const VIEW_WORDS: Readonly<Record<BottleneckView, string>> = {
  links: 'the table of links',
  rail: 'a table of railways, whose times do not depend on who rides,',
  cut: '--cut, which assigns no trips,',
  users: '--select-link',
  exposure: '--exposure',
  removal: 'the table of failures (--remove, --pairs, --zones)',
};
const PLACE_WORDS = { net: 'a TNTP net', road: 'the roads of a region', rail: 'the railways of a region' } as const;

const kebab = (name: string) =>
  `--${name === 'criticality' ? 'no-criticality' : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** @throws UsageError with every option that would be read by nothing */
function refuseIdle(question: BottleneckQuestion, flags: BottleneckFlags, isGiven: (option: string) => boolean): void {
  const { place, view } = question;
  const isTaken = (option: string) => {
    if (place === 'rail' && (ASSIGNED.includes(option) || option === 'reEquilibrate')) return false;
    return BY_VIEW[view].includes(option);
  };
  const idleIn = (groups: Readonly<Record<string, readonly string[]>>, takes: (option: string) => boolean) =>
    [...new Set(Object.values(groups).flat())].filter((option) => isGiven(option) && !takes(option));
  const isRoadMode = (option: string) => place === 'net' && option === 'mode' && question.graph.mode !== 'rail';
  const refused: [readonly string[], string][] = [
    [idleIn(BY_VIEW, isTaken), place === 'rail' ? VIEW_WORDS.rail : VIEW_WORDS[view]],
    [idleIn(BY_PLACE, (option) => BY_PLACE[place].includes(option) || isRoadMode(option)), PLACE_WORDS[place]],
    ...refusedTogether(question, flags, (option) => isGiven(option) && isTaken(option), isGiven),
  ];
  const faults = refused
    .filter(([options]) => options.length > 0)
    .map(([options, words]) => `${words} takes no ${options.map(kebab).join(', ')}`);
  if (faults.length > 0) throw new UsageError(faults.join('; '));
}

/** Options that the table takes, but not beside others of the call. */
function refusedTogether(
  { place, view, removal, assignment: { method, principle } }: BottleneckQuestion,
  flags: BottleneckFlags,
  isMeant: (option: string) => boolean,
  isGiven: (option: string) => boolean,
): [readonly string[], string][] {
  const when = (holds: boolean, options: readonly string[]) => (holds ? options.filter(isMeant) : []);
  const isOther = method !== 'bush' || principle !== 'user';
  return [
    [place === 'rail' ? ['cut', 'selectLink', 'exposure'].filter(isGiven) : [], PLACE_WORDS.rail],
    [when(method !== 'logit', ['theta']), `--method ${method}`],
    [when(view === 'users' && method !== 'bush', ['selectLink']), `--method ${method}, which keeps no paths,`],
    [when(removal.pairs === null, ['seed']), 'a table without --pairs'],
    [when(removal.isByZone, ['reEquilibrate']), '--zones'],
    [flags.trips === undefined ? [] : ['demand', 'uniformTrips'].filter(isGiven), '--trips'],
    [
      when(isOther, ['marginal', 'reEquilibrate', 'priceOfAnarchy']),
      `--method ${method} --principle ${principle} (they hold user equilibria by bushes against each other)`,
    ],
  ];
}
