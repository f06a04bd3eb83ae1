import { expect } from 'chai';
import fc from 'fast-check';
import { freeze } from '../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../src/build/region-graph.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { UNREACHED } from '../../src/model/network.ts';
import type { Region, RoadLink, TurnRule } from '../../src/model/tables.ts';
import { osmManifest } from '../../src/read/osm/import-osm.ts';
import { importWorld, node, relation, way } from '../support/osm-worlds.ts';

/** A region of roads alone, each one minute long, written "id: from-to" (two-way) or "id: from>to". */
function roadRegion(roads: readonly string[], turns: readonly TurnRule[]): Region {
  const rows = roads.map((text): RoadLink => {
    const [id = '', rest = ''] = text.split(': ');
    const oneway = rest.includes('>');
    const [from = '', to = ''] = rest.split(/[->]/);
    const words = {
      route: '',
      name: '',
      class: 'primary',
      source: '',
      confidence: '',
      basis: 'published',
      status: 'open',
      kept: {},
    } as const;
    return { id, from, to, ...words, lengthKilometres: 1, speedKilometresPerHour: 60, lanes: null, oneway, toll: null, opened: null };
  });
  const junctions = [...new Set(rows.flatMap(({ from, to }) => [from, to]))].map((id) => {
    return { id, name: '', nameLocal: '', kind: 'interchange', zone: null, longitude: 0, latitude: 0, kept: {} };
  });
  const manifest = osmManifest('w', 'world', [], [0, 0, 1, 1], 'by hand');
  return {
    manifest,
    zones: [],
    stations: [],
    junctions,
    rail: [],
    roads: rows,
    services: [],
    transfers: [],
    plans: [],
    references: [],
    turns,
  };
}

/** Minutes from one junction to all, over every node that stands for a junction. */
function minutesFrom(region: Region, from: string): Record<string, number> {
  const { graph } = buildRegionGraph(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' });
  const { network, nodeOf } = freeze(graph);
  const costs = oneToAll(network, nodeOf.get(`before/${from}`) ?? 0);
  const result: Record<string, number> = {};
  network.nodeIds.forEach((id, index) => {
    const place = id.replace(/^before\//, '').replace(/~\d+$/, '');
    const cost = costs[index] ?? UNREACHED;
    if (cost !== UNREACHED) result[place] = Math.min(result[place] ?? Number.POSITIVE_INFINITY, cost / 60_000);
  });
  return result;
}

const no = (id: string, ...path: string[]): TurnRule => ({ id, kind: 'no_left_turn', effect: 'no', path });
const only = (id: string, ...path: string[]): TurnRule => ({ id, kind: 'only_straight_on', effect: 'only', path });

/*        c
          |            one minute a road
     a -- b -- d -- e
          |         |
          f ------- g         */
const CROSS = ['ab: a-b', 'bc: b-c', 'bd: b-d', 'de: d-e', 'bf: b-f', 'fg: f-g', 'ge: g-e'];

describe('turn restrictions', () => {
  it('send a forbidden left turn round the block', () => {
    expect(minutesFrom(roadRegion(CROSS, []), 'a').c).to.equal(2);
    // a-b-d, turn round at d, b-c: the turn from d into c is not forbidden
    expect(minutesFrom(roadRegion(CROSS, [no('r1', 'ab>', 'bc>')]), 'a').c).to.equal(4);
  });

  it('hold for the turn alone: from elsewhere the same road is open', () => {
    const times = minutesFrom(roadRegion(CROSS, [no('r1', 'ab>', 'bc>')]), 'f');
    expect(times.c).to.equal(2);
    expect(times.a).to.equal(2);
  });

  it('that allow one way only close all others, turning back included', () => {
    const times = minutesFrom(roadRegion(CROSS, [only('r1', 'ab>', 'bd>')]), 'a');
    expect(times).to.include({ d: 2, e: 3, c: 4, f: 4 });
  });

  it('through a way hold for the whole path and for no part of it', () => {
    const rule = no('r1', 'ab>', 'bd>', 'de>');
    expect(minutesFrom(roadRegion(CROSS, [rule]), 'a')).to.include({ d: 2, e: 4 });
    expect(minutesFrom(roadRegion(CROSS, [rule]), 'c')).to.include({ d: 2, e: 3 });
  });

  it('that overlap hold together', () => {
    const rules = [no('r1', 'ab>', 'bd>', 'de>'), no('r2', 'bd>', 'bd<'), no('r3', 'ab>', 'bf>')];
    // to e: not by d; not by f at once; round by c, back at b, then d: a-b-c-b-d-e
    expect(minutesFrom(roadRegion(CROSS, rules), 'a').e).to.equal(5);
  });

  it('on roads that are not open yet, or are not there, do nothing', () => {
    const region = roadRegion(CROSS, [no('r1', 'ab>', 'zz>'), only('r2', 'ab>', 'yy>')]);
    expect(minutesFrom(region, 'a')).to.deep.equal(minutesFrom(roadRegion(CROSS, []), 'a'));
  });

  it('give the times of a search that carries the whole path driven, on random networks', () => {
    const names = ['p', 'q', 'r', 's', 't'];
    const road = fc.tuple(fc.nat(4), fc.nat(4), fc.boolean()).filter(([from, to]) => from !== to);
    const world = fc.record({
      roads: fc.array(road, { minLength: 3, maxLength: 9 }),
      picks: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.boolean(), fc.boolean()), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(world, ({ roads, picks }) => {
        const texts = roads.map(([from, to, isOneway], index) => `l${index}: ${names[from]}${isOneway ? '>' : '-'}${names[to]}`);
        const arcs = roads.flatMap(([from, to, isOneway], index) => [
          { step: `l${index}>`, from, to },
          ...(isOneway ? [] : [{ step: `l${index}<`, from: to, to: from }]),
        ]);
        const rules = picks.flatMap(([first, second, third, isLong, isOnly], index): TurnRule[] => {
          const path = [arcs[first % arcs.length]];
          for (const pick of isLong ? [second, third] : [second]) {
            const next = arcs.filter((arc) => arc.from === path.at(-1)?.to);
            if (next.length === 0) return [];
            path.push(next[pick % next.length]);
          }
          return [{ id: `r${index}`, kind: 'x', effect: isOnly ? 'only' : 'no', path: path.map((arc) => arc?.step ?? '') }];
        });
        const region = roadRegion(texts, rules);
        for (const { id } of region.junctions) {
          const found = minutesFrom(region, id);
          const expected = bruteForce(arcs, rules, names.indexOf(id));
          for (const { id: to } of region.junctions)
            if (to !== id) expect(found[to] ?? null, `${id} to ${to}`).to.equal(expected[names.indexOf(to)] ?? null);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are read from OpenStreetMap through nodes and through ways', async () => {
    /*  1 -- 2 -- 3 -- 4     from 1-2 over 2-3 not into 3-6 (through a way); from 5-2 not into 2-3 (through node 2)
             |    |
             5    6              */
    const nodes = [node(1, 0, 1), node(2, 1, 1), node(3, 2, 1), node(4, 3, 1), node(5, 1, 0), node(6, 2, 0)];
    const tags = { highway: 'tertiary' };
    const ways = [way(1, [1, 2], tags), way(2, [2, 3], tags), way(3, [3, 4], tags), way(4, [5, 2], tags), way(5, [3, 6], tags)];
    const relations = [
      relation(1, ['way 1 from', 'way 2 via', 'way 5 to'], { type: 'restriction', restriction: 'no_right_turn' }),
      relation(2, ['way 4 from', 'node 2 via', 'way 2 to'], { type: 'restriction', restriction: 'no_right_turn' }),
      relation(3, ['way 4 from', 'node 3 via', 'way 2 to'], { type: 'restriction', restriction: 'no_left_turn' }),
    ];
    const { region, problems } = await importWorld([...nodes, ...ways, ...relations]);
    expect(region.turns).to.deep.equal([
      { id: 'r1', kind: 'no_right_turn', effect: 'no', path: ['w1.0>', 'w2.0>', 'w5.0>'] },
      { id: 'r2', kind: 'no_right_turn', effect: 'no', path: ['w4.0>', 'w2.0>'] },
    ]);
    expect(problems.find((problem) => problem.kind === 'turn-dropped')?.found).to.equal(
      'from or to does not meet via, or oneway forbids it already',
    );
  });
});

/** Hops from a start by breadth-first search over whole driven paths, cut to the last two roads that any rule can look at. */
function bruteForce(
  arcs: readonly { step: string; from: number; to: number }[],
  rules: readonly TurnRule[],
  start: number,
): (number | undefined)[] {
  const best: (number | undefined)[] = [];
  best[start] = 0;
  let paths: (typeof arcs)[number][][] = arcs.filter((arc) => arc.from === start).map((arc) => [arc]);
  const seen = new Set<string>();
  for (let hops = 1; paths.length > 0; hops++) {
    const next: (typeof arcs)[number][][] = [];
    for (const path of paths) {
      const here = path.at(-1)?.to ?? -1;
      best[here] ??= hops;
      const key = path.map((arc) => arc.step).join();
      if (seen.has(key)) continue;
      seen.add(key);
      for (const arc of arcs) {
        if (
          arc.from === here &&
          isAllowed(
            [...path, arc].map(({ step }) => step),
            rules,
          )
        )
          next.push([...path, arc].slice(-2));
      }
    }
    paths = next;
  }
  return best;
}

function isAllowed(driven: readonly string[], rules: readonly TurnRule[]): boolean {
  return rules.every(({ effect, path }) => {
    const ends = (tail: readonly string[]) => driven.slice(-tail.length).join() === tail.join();
    if (effect === 'no') return !ends(path);
    const before = path.slice(0, -1);
    return driven.slice(-path.length, -1).join() !== before.join() || driven.at(-1) === path.at(-1);
  });
}
