import type { RoadRows } from '../model/edits.ts';
import type { Place, RoadLink, TurnRule } from '../model/tables.ts';
import { type Foot, lineOf, metresBetween, type Position } from './line-geometry.ts';
import { rows, type Workbench } from './workbench.ts';

/** A link cut in two at a junction: `/a` up to it, `/b` from it on. Together they are as long as the link was. */
function halves(bench: Workbench, link: RoadLink, junction: Place, foot: Foot): [RoadLink, RoadLink] {
  const line = lineOf(bench, link);
  const middle: Position = [junction.longitude, junction.latitude];
  const { geometry: _whole, ...row } = link;
  const part = (suffix: string, from: string, to: string, share: number, positions: readonly Position[]): RoadLink => {
    const drawn = withoutRepeats(positions);
    return {
      ...row,
      id: `${link.id}/${suffix}`,
      from,
      to,
      // a junction a little off the line makes its half no shorter than the straight way
      lengthKilometres: Number(Math.max(1e-6, link.lengthKilometres * share, straightKilometres(drawn)).toFixed(6)),
      kept: { ...link.kept, split_from: link.kept.split_from ?? link.id },
      ...(drawn.length > 2 ? { geometry: drawn } : {}),
    };
  };
  return [
    part('a', link.from, junction.id, foot.share, [...line.slice(0, foot.segment + 1), middle]),
    part('b', junction.id, link.to, 1 - foot.share, [middle, ...line.slice(foot.segment + 1)]),
  ];
}

function straightKilometres(line: readonly Position[]): number {
  const [first, last] = [line[0], line.at(-1)];
  return first && last ? metresBetween(first, last) / 1000 : 0;
}

function withoutRepeats(line: readonly Position[]): Position[] {
  return line.filter(([longitude, latitude], index) => longitude !== line[index - 1]?.[0] || latitude !== line[index - 1]?.[1]);
}

/** A turn's path over the halves of a link: at its beginning and end only the half that touches the rest, in between both. */
function pathOverHalves(turn: TurnRule, link: string, a: string, b: string): TurnRule {
  const last = turn.path.length - 1;
  const path = turn.path.flatMap((step, index) => {
    if (step.slice(0, -1) !== link) return [step];
    const both = step.endsWith('>') ? [`${a}>`, `${b}>`] : [`${b}<`, `${a}<`];
    return index === 0 ? both.slice(1) : index === last ? both.slice(0, 1) : both;
  });
  return { ...turn, path };
}

/** Rows that go and come when a link is cut at a junction; the junction itself comes where the workbench has none of its id. */
export function splitRows(bench: Workbench, link: RoadLink, junction: Place, foot: Foot): { removes: RoadRows; adds: RoadRows } {
  const [a, b] = halves(bench, link, junction, foot);
  const turns = bench.turnsOf(link.id);
  return {
    removes: rows({ roads: [link], turns }),
    adds: rows({
      junctions: bench.junctions.has(junction.id) ? [] : [junction],
      roads: [a, b],
      turns: turns.map((turn) => pathOverHalves(turn, link.id, a.id, b.id)),
    }),
  };
}
