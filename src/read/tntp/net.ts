import type { Problem } from '../../model/problem.ts';
import { type Fault, faultsInto, metadataCount, openTntp, remark, rowFields, strictNumber, type TntpFile } from './tntp-file.ts';

/** A one-way link; units are those of the file (its README names them), nothing is converted here. */
export interface TntpLink {
  /** line of the file, from 1 */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly capacity: number;
  readonly length: number;
  readonly freeTime: number;
  readonly b: number;
  readonly power: number;
  readonly speed: number | null;
  readonly toll: number | null;
  readonly lanes: number | null;
  readonly type: string;
}

export interface TntpNet {
  readonly file: string;
  readonly zoneCount: number | null;
  readonly nodeCount: number | null;
  /** nodes below this carry no through traffic; null where the file does not say */
  readonly firstThroughNode: number | null;
  /** in the order of the file */
  readonly links: readonly TntpLink[];
}

const STANDARD = ['from', 'to', 'capacity', 'length', 'free_time', 'b', 'power', 'speed', 'toll', 'type'] as const;
const NEEDED = ['from', 'to', 'capacity', 'length', 'free_time', 'b', 'power'] as const;

/** What each name found in heads of such files stands for; blanks and underscores are left out, capitals lowered. */
const MEANINGS: Readonly<Record<string, string>> = {
  initnode: 'from',
  tailnode: 'from',
  tail: 'from',
  from: 'from',
  termnode: 'to',
  headnode: 'to',
  head: 'to',
  to: 'to',
  capacity: 'capacity',
  length: 'length',
  freeflowtime: 'free_time',
  fftt: 'free_time',
  ftime: 'free_time',
  b: 'b',
  alpha: 'b',
  power: 'power',
  beta: 'power',
  speed: 'speed',
  speedlimit: 'speed',
  toll: 'toll',
  lanes: 'lanes',
  linktype: 'type',
  type: 'type',
};

/**
 * Links of a `_net.tntp` file. Rows at fault are reported and left out; the counts of the metadata are held against the rows.
 *
 * A zero free-flow time, a power of 0 and a capacity of 0 are kept as they are: what they mean is for the assignment to say.
 * Cost O(bytes). Format: https://github.com/bstabler/TransportationNetworks.
 */
export function readTntpNet(path: string): { net: TntpNet; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const opened = openTntp(path, fault);
  const empty = { file: path, zoneCount: null, nodeCount: null, firstThroughNode: null, links: [] };
  if (!opened) return { net: empty, problems };
  const columns = readHead(opened, problems);
  const nodeCount = metadataCount(opened, 'NUMBER OF NODES', fault);
  for (const name of NEEDED) {
    if (!columns.includes(name)) fault('missing-column', opened.file, 'head', 'columns', columns.join(','), `a column for ${name}`);
  }
  const links: TntpLink[] = [];
  if (NEEDED.every((name) => columns.includes(name))) {
    for (const { line, text } of opened.lines) {
      if (text.trimStart().startsWith('~')) continue;
      const link = readLink(opened.file, line, rowFields(text, columns.length), columns, fault);
      if (link) links.push(link);
    }
  }
  const net = {
    file: opened.file,
    zoneCount: metadataCount(opened, 'NUMBER OF ZONES', fault),
    nodeCount,
    firstThroughNode: metadataCount(opened, 'FIRST THRU NODE', fault),
    links,
  };
  holdAgainstMetadata(net, metadataCount(opened, 'NUMBER OF LINKS', fault), problems, fault);
  return { net, problems };
}

/** Names of the columns from the `~` line before the first row; the standard ones where there is none. */
function readHead(opened: TntpFile, problems: Problem[]): string[] {
  const first = opened.lines.findIndex(({ text }) => !text.trimStart().startsWith('~'));
  const heads = opened.lines.slice(0, first < 0 ? undefined : first);
  const head = heads.findLast(({ text }) => /node|from|tail/i.test(text));
  if (!head) {
    remark(problems, 'note', 'no-head', opened.file, 'head', ['columns', 'none', `read as ${STANDARD.join(' ')}`]);
    return [...STANDARD];
  }
  const names = head.text.replace('~', ' ').replace(/;/g, ' ').trim();
  const parts = names.includes('\t') ? names.split(/\s*\t\s*/) : names.split(/\s+/);
  return parts.map((part) => {
    const name = part
      .replace(/\(.*\)/, '')
      .replace(/[\s_]/g, '')
      .toLowerCase();
    return MEANINGS[name] ?? name;
  });
}

function readLink(file: string, line: number, fields: readonly string[], columns: readonly string[], fault: Fault): TntpLink | null {
  const feature = `line ${line}`;
  if (fields.length < NEEDED.length || fields.length > columns.length) {
    fault('ragged-row', file, feature, 'row', `${fields.length} fields`, `${columns.length} fields as in the head`);
    return null;
  }
  const text = (name: string): string | undefined => fields[columns.indexOf(name)];
  let isSound = true;
  const number = (name: string, isGood: (value: number) => boolean, expected: string): number => {
    const value = strictNumber(text(name));
    if (Number.isFinite(value) && isGood(value)) return value;
    fault('bad-number', file, feature, name, `"${text(name) ?? ''}"`, expected);
    isSound = false;
    return Number.NaN;
  };
  const isNode = (value: number) => Number.isInteger(value) && value > 0;
  const isAmount = (value: number) => value >= 0;
  const optional = (name: string): number | null => (text(name) ? number(name, () => true, 'a number') : null);
  const link = {
    line,
    from: number('from', isNode, 'a node number'),
    to: number('to', isNode, 'a node number'),
    capacity: number('capacity', isAmount, 'a number of at least 0'),
    length: number('length', isAmount, 'a number of at least 0'),
    freeTime: number('free_time', isAmount, 'a number of at least 0'),
    b: number('b', isAmount, 'a number of at least 0'),
    power: number('power', isAmount, 'a number of at least 0'),
    speed: optional('speed'),
    toll: optional('toll'),
    lanes: optional('lanes'),
    type: text('type') ?? '',
  };
  return isSound ? link : null;
}

function holdAgainstMetadata(net: TntpNet, linkCount: number | null, problems: Problem[], fault: Fault): void {
  const { file, links } = net;
  if (links.length === 0) fault('no-links', file, '–', 'rows', 'none', 'a link a row');
  if (linkCount !== null && linkCount !== links.length) {
    remark(problems, 'warning', 'count', file, 'metadata', ['NUMBER OF LINKS', String(linkCount), `${links.length} as the rows say`]);
  }
  const nodes = new Set(links.flatMap(({ from, to }) => [from, to]));
  if (net.nodeCount !== null && net.nodeCount !== nodes.size) {
    const found = String(net.nodeCount);
    remark(problems, 'warning', 'count', file, 'metadata', ['NUMBER OF NODES', found, `${nodes.size} as the ends of links say`]);
  }
  if (net.firstThroughNode === null) {
    const expected = 'taken as: every node carries through traffic';
    remark(problems, 'note', 'no-first-thru-node', file, 'metadata', ['FIRST THRU NODE', 'nothing', expected]);
  }
  const seen = new Set<string>();
  for (const { line, from, to, power } of links) {
    const key = `${from} ${to}`;
    const feature = `line ${line}`;
    if (seen.has(key)) remark(problems, 'note', 'parallel-link', file, feature, ['link', `${from} → ${to} again`, 'kept: a second link']);
    if (from === to) remark(problems, 'warning', 'self-loop', file, feature, ['to', String(to), 'another node than from']);
    if (power > 0 && power < 1) remark(problems, 'note', 'power', file, feature, ['power', String(power), '0 or at least 1']);
    seen.add(key);
  }
}
