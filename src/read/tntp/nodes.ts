import type { Problem } from '../../model/problem.ts';
import { faultsInto, openTntp, remark, rowFields, strictNumber } from './tntp-file.ts';

export interface TntpNode {
  readonly node: number;
  /** in the file's own plane or degrees */
  readonly x: number;
  readonly y: number;
}

/**
 * Nodes of a `_node.tntp` file: number, x, y, with or without a head. Rows at fault are reported and left out.
 *
 * @returns  areDegrees: every position could be longitude and latitude in WGS84
 * Cost O(bytes).
 */
export function readTntpNodes(path: string): { nodes: TntpNode[]; areDegrees: boolean; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const opened = openTntp(path, fault);
  const nodes: TntpNode[] = [];
  if (!opened) return { nodes, areDegrees: false, problems };
  const seen = new Set<number>();
  opened.lines.forEach(({ line, text }, index) => {
    if (text.trimStart().startsWith('~') || (index === 0 && /[a-z]/i.test(text.replace(/\d[eE][+-]?\d/g, '')))) return;
    const [id, x, y] = rowFields(text, 3).map((field) => strictNumber(field));
    if (id === undefined || x === undefined || y === undefined || !Number.isInteger(id) || !Number.isFinite(x) || !Number.isFinite(y)) {
      fault('bad-node', opened.file, `line ${line}`, 'row', `"${text.trim()}"`, 'a node number, x and y');
      return;
    }
    if (seen.has(id)) {
      remark(problems, 'warning', 'duplicate-node', opened.file, `line ${line}`, [
        'node',
        String(id),
        'a node of its own; the first is kept',
      ]);
      return;
    }
    seen.add(id);
    nodes.push({ node: id, x, y });
  });
  if (nodes.length === 0) fault('no-nodes', opened.file, '–', 'rows', 'none', 'a node a row');
  const areDegrees = nodes.length > 0 && nodes.every(({ x, y }) => Math.abs(x) <= 180 && Math.abs(y) <= 90) && spreads(nodes);
  return { nodes, areDegrees, problems };
}

/** Berlin's planes count kilometres from a corner and would pass for degrees near 0, 0 in the sea off Africa. */
function spreads(nodes: readonly TntpNode[]): boolean {
  const meanX = nodes.reduce((sum, { x }) => sum + x, 0) / nodes.length;
  const meanY = nodes.reduce((sum, { y }) => sum + y, 0) / nodes.length;
  return nodes.some(({ x }) => x < 0) || nodes.some(({ y }) => y < 0) || Math.abs(meanX) > 60 || Math.abs(meanY) > 60;
}
