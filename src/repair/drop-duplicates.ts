import type { RoadLink, TurnRule } from '../model/tables.ts';
import { byCodePoint } from '../model/units.ts';
import { lineOf, type Position } from './line-geometry.ts';
import { rows, type Workbench } from './workbench.ts';

function lineKey(line: readonly Position[]): string {
  return line.map(([longitude, latitude]) => `${longitude.toFixed(7)},${latitude.toFixed(7)}`).join(' ');
}

/** Whether `better` carries all that `worse` carries: every direction of it, at least as fast, at the same time. */
function covers(bench: Workbench, better: RoadLink, worse: RoadLink): boolean {
  const sameWay = better.from === worse.from && lineKey(lineOf(bench, better)) === lineKey(lineOf(bench, worse));
  const isDirected = !better.oneway || (worse.oneway && sameWay);
  const isSameTime = better.status === worse.status && better.opened === worse.opened;
  return isDirected && isSameTime && better.speedKilometresPerHour >= worse.speedKilometresPerHour && better.toll === worse.toll;
}

/** Turns over a link that goes, told of the link that stays. */
function turnsOver(bench: Workbench, gone: RoadLink, stays: RoadLink): { before: TurnRule[]; after: TurnRule[] } {
  const before = bench.turnsOf(gone.id);
  const isTurned = gone.from !== stays.from;
  const flip = (sign: string) => (isTurned ? (sign === '>' ? '<' : '>') : sign);
  const path = (turn: TurnRule) => turn.path.map((step) => (step.slice(0, -1) === gone.id ? `${stays.id}${flip(step.slice(-1))}` : step));
  return { before, after: before.map((turn) => ({ ...turn, path: path(turn) })) };
}

/**
 * Drop links drawn twice: the same ends and the same line, either way round, where one of them carries all that the other does. Of equals the
 * lower id stays. Cost O(positions).
 */
export function dropDuplicates(bench: Workbench): void {
  const groups = new Map<string, RoadLink[]>();
  for (const link of [...bench.roads.values()].sort((a, b) => byCodePoint(a.id, b.id))) {
    const line = lineOf(bench, link);
    // the same key whichever way round the link is drawn
    const ways = [`${link.from} ${link.to} ${lineKey(line)}`, `${link.to} ${link.from} ${lineKey(line.toReversed())}`];
    const key = ways.sort(byCodePoint)[0] ?? '';
    groups.set(key, [...(groups.get(key) ?? []), link]);
  }
  for (const group of groups.values()) {
    const staying: RoadLink[] = [];
    for (const link of group.toSorted(
      (a, b) => group.filter((other) => covers(bench, b, other)).length - group.filter((other) => covers(bench, a, other)).length,
    )) {
      const better = staying.find((other) => covers(bench, other, link));
      if (!better) {
        staying.push(link);
        continue;
      }
      const { before, after } = turnsOver(bench, link, better);
      bench.make({
        kind: 'drop-duplicate',
        why: `${link.id} is drawn on ${better.id}, from ${link.from} to ${link.to}, and carries nothing more`,
        place: lineOf(bench, link)[0] ?? [0, 0],
        metres: 0,
        removes: rows({ roads: [link], turns: before }),
        adds: rows({ turns: after }),
      });
    }
  }
}
