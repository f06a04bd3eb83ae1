import type { RailLink } from '../model/tables.ts';

/**
 * Which stations a set of rail links joins, line by line and over all lines: a service can run between two stops only where rails do.
 *
 * Cost O(links) near enough to build (union–find with path halving), near O(1) a question.
 */
interface LinePieces {
  /** joined by links of this line */
  readonly isJoinedBy: (line: string, from: string, to: string) => boolean;
  /** joined by links of any line */
  readonly isJoined: (from: string, to: string) => boolean;
}

export function linePieces(links: readonly RailLink[]): LinePieces {
  const parent = new Map<string, string>();
  const root = (key: string): string => {
    let node = key;
    for (let up = parent.get(node); up !== undefined && up !== node; up = parent.get(node)) {
      const above = parent.get(up) ?? up;
      parent.set(node, above);
      node = above;
    }
    return node;
  };
  const join = (a: string, b: string) => {
    for (const key of [a, b]) if (!parent.has(key)) parent.set(key, key);
    parent.set(root(a), root(b));
  };
  for (const { line, from, to } of links) {
    join(from, to);
    join(`${line}\n${from}`, `${line}\n${to}`);
  }
  const isOne = (a: string, b: string) => parent.has(a) && parent.has(b) && root(a) === root(b);
  return {
    isJoinedBy: (line, from, to) => isOne(`${line}\n${from}`, `${line}\n${to}`),
    isJoined: isOne,
  };
}
