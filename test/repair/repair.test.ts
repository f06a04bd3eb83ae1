import { expect } from 'chai';
import fc from 'fast-check';
import type { EditList, RoadRows } from '../../src/model/edits.ts';
import { DataError } from '../../src/model/errors.ts';
import type { Place, RoadLink, TurnRule } from '../../src/model/tables.ts';
import { applyEdits, planRepair } from '../../src/repair/repair.ts';

/** A metre is about 0.000009 degrees at the equator; places are given in metres east and north of 0° 0°. */
const DEGREES_PER_METRE = 1 / 111_195.08;

type Metres = readonly [number, number];

const place = (id: string, [x, y]: Metres, kept: Record<string, string> = {}): Place => {
  return {
    id,
    name: '',
    nameLocal: '',
    kind: 'interchange',
    zone: null,
    longitude: x * DEGREES_PER_METRE,
    latitude: y * DEGREES_PER_METRE,
    kept,
  };
};

function road(
  id: string,
  from: string,
  to: string,
  lengthMetres: number,
  more: Partial<RoadLink> & { line?: readonly Metres[] } = {},
): RoadLink {
  const { line, ...rest } = more;
  return {
    id,
    from,
    to,
    route: '',
    name: '',
    class: 'primary',
    lengthKilometres: lengthMetres / 1000,
    speedKilometresPerHour: 50,
    lanes: null,
    oneway: false,
    toll: null,
    opened: null,
    status: 'open',
    source: '',
    confidence: '',
    basis: 'published',
    kept: {},
    ...(line ? { geometry: line.map(([x, y]) => [x * DEGREES_PER_METRE, y * DEGREES_PER_METRE] as const) } : {}),
    ...rest,
  };
}

const network = (junctions: Place[], roads: RoadLink[], turns: TurnRule[] = []): RoadRows => ({ junctions, roads, turns });
const plan = (rows: RoadRows, connectMetres = 0): EditList => planRepair(rows, { toleranceMetres: 2, connectMetres });
const kinds = (list: EditList) => list.edits.map(({ kind }) => kind);
const ends = (rows: RoadRows) => rows.roads.map(({ id, from, to }) => `${id}: ${from}-${to}`).sort();
const byId = (rows: RoadRows) => ({
  junctions: rows.junctions.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  roads: rows.roads.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  turns: rows.turns.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
});

describe('repair', () => {
  it('snaps an end to a junction within the tolerance, and leaves one farther off', () => {
    const places = [
      place('a', [0, 0]),
      place('b', [100, 0]),
      place('c', [101.5, 0]),
      place('d', [200, 0]),
      place('e', [203, 0]),
      place('f', [300, 0]),
    ];
    const rows = network(places, [road('ab', 'a', 'b', 100), road('cd', 'c', 'd', 98.5), road('ef', 'e', 'f', 97)]);
    const list = plan(rows);
    expect(kinds(list)).to.deep.equal(['snap']);
    expect(list.edits[0]?.metres).to.be.closeTo(1.5, 0.01);
    expect(ends(applyEdits(rows, list, 'apply'))).to.deep.equal(['ab: a-c', 'cd: c-d', 'ef: e-f']);
  });

  it('never joins the two sides of a barrier, or a bridge to the road below', () => {
    const barrier = [
      place('a', [0, 0]),
      place('b', [100, 0], { barrier: 'yes' }),
      place('b.1', [100, 0], { barrier: 'yes' }),
      place('c', [200, 0]),
    ];
    expect(plan(network(barrier, [road('ab', 'a', 'b', 100), road('bc', 'b.1', 'c', 100)]), 500).edits).to.deep.equal([]);
    const over = [place('a', [0, 0]), place('b', [100, 0]), place('c', [50, -50]), place('d', [50, 1])];
    expect(plan(network(over, [road('ab', 'a', 'b', 100, { kept: { bridge: 'yes' } }), road('cd', 'c', 'd', 51)])).edits).to.deep.equal([]);
  });

  it('splits a road at the end of another that lies on it, keeping its length', () => {
    const rows = network(
      [place('a', [0, 0]), place('b', [100, 0]), place('c', [30, 50]), place('d', [30, 1])],
      [road('ab', 'a', 'b', 100), road('cd', 'c', 'd', 49)],
    );
    const list = plan(rows);
    expect(kinds(list)).to.deep.equal(['split']);
    const after = applyEdits(rows, list, 'apply');
    expect(ends(after)).to.deep.equal(['ab/a: a-d', 'ab/b: d-b', 'cd: c-d']);
    const lengths = Object.fromEntries(after.roads.map((link) => [link.id, link.lengthKilometres * 1000]));
    expect(lengths['ab/a']).to.be.closeTo(30, 0.05);
    expect(lengths['ab/b']).to.be.closeTo(70, 0.05);
  });

  it('splits roads that share a drawn place, and not roads that merely cross', () => {
    const places = [place('a', [0, 0]), place('b', [100, 0]), place('c', [50, -50]), place('d', [50, 50])];
    const crossing = [
      road('ab', 'a', 'b', 100, {
        line: [
          [0, 0],
          [20, 0],
          [100, 0],
        ],
      }),
      road('cd', 'c', 'd', 100, {
        line: [
          [50, -50],
          [50, 20],
          [50, 50],
        ],
      }),
    ];
    expect(plan(network(places, crossing)).edits).to.deep.equal([]);
    const meeting = [
      road('ab', 'a', 'b', 100, {
        line: [
          [0, 0],
          [50, 0],
          [100, 0],
        ],
      }),
      road('cd', 'c', 'd', 100, {
        line: [
          [50, -50],
          [50, 0],
          [50, 50],
        ],
      }),
    ];
    const list = plan(network(places, meeting));
    expect(kinds(list)).to.deep.equal(['split', 'split']);
    const after = applyEdits(network(places, meeting), list, 'apply');
    expect(after.roads).to.have.length(4);
    expect(after.junctions).to.have.length(5);
  });

  it('carries turn restrictions over to the halves of a split road', () => {
    const places = [place('a', [0, 0]), place('b', [100, 0]), place('c', [30, 50]), place('d', [30, 0]), place('e', [100, 80])];
    const turns: TurnRule[] = [
      { id: 'r1', kind: 'no_left_turn', effect: 'no', path: ['ab>', 'be>'] },
      { id: 'r2', kind: 'no_right_turn', effect: 'no', path: ['be<', 'ab<'] },
    ];
    const rows = network(places, [road('ab', 'a', 'b', 100), road('cd', 'c', 'd', 50), road('be', 'b', 'e', 80)], turns);
    expect(byId(applyEdits(rows, plan(rows), 'apply')).turns.map(({ path }) => path)).to.deep.equal([
      ['ab/b>', 'be>'],
      ['be<', 'ab/b<'],
    ]);
  });

  it('drops a road drawn twice only where the other one carries all it does', () => {
    const places = [place('a', [0, 0]), place('b', [100, 0])];
    const gone = (first: Partial<RoadLink>, second: Partial<RoadLink>) => {
      const list = plan(network(places, [road('x', 'a', 'b', 100, first), road('y', 'b', 'a', 100, second)]));
      return list.edits.map((edit) => edit.removes.roads[0]?.id);
    };
    expect(gone({}, {})).to.deep.equal(['y']);
    expect(gone({}, { speedKilometresPerHour: 60 })).to.deep.equal(['x']);
    expect(gone({ oneway: true }, { oneway: true })).to.deep.equal([]);
    expect(gone({ oneway: true }, {})).to.deep.equal(['x']);
    expect(gone({ oneway: true, speedKilometresPerHour: 60 }, {})).to.deep.equal([]);
    expect(gone({ status: 'planned' }, {})).to.deep.equal([]);
  });

  it('joins islands by connectors that say what they are, and only within the limit', () => {
    const places = [
      place('a', [0, 0]),
      place('b', [100, 0]),
      place('c', [200, 0]),
      place('d', [250, 0]),
      place('e', [300, 0]),
      place('f', [3000, 0]),
      place('g', [3100, 0]),
    ];
    const rows = network(places, [
      road('ab', 'a', 'b', 100),
      road('bc', 'b', 'c', 100),
      road('de', 'd', 'e', 50),
      road('fg', 'f', 'g', 100),
    ]);
    expect(plan(rows).edits).to.deep.equal([]);
    const list = plan(rows, 100);
    expect(list.edits.map(({ adds }) => adds.roads[0]?.id)).to.deep.equal(['connector:d:c']);
    expect(list.edits[0]?.adds.roads[0]).to.include({ class: 'connector', basis: 'assumed-neighbour', lengthKilometres: 0.05 });
  });

  it('is undone to the very rows it began with, on random networks', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
    const lines = fc.array(fc.tuple(point, point, fc.option(point, { nil: undefined }), fc.boolean()), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lines, (drawn) => {
        const junctions: Place[] = [];
        const roads = drawn.map(([first, last, between, oneway], index): RoadLink => {
          junctions.push(place(`p${index}`, first), place(`q${index}`, [last[0] + 0.5, last[1]]));
          const line: Metres[] = between ? [first, between, [last[0] + 0.5, last[1]]] : [first, [last[0] + 0.5, last[1]]];
          const length = line.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - (line[at]?.[0] ?? 0), y - (line[at]?.[1] ?? 0)), 0);
          return road(`l${index}`, `p${index}`, `q${index}`, Math.max(0.01, length), { oneway, ...(between ? { line } : {}) });
        });
        const rows = network(junctions, roads);
        const list = plan(rows, 5);
        const after = applyEdits(rows, list, 'apply');
        const known = new Set(after.junctions.map(({ id }) => id));
        for (const { id, from, to } of after.roads) {
          expect(from, id).not.to.equal(to);
          expect(known.has(from) && known.has(to), id).to.equal(true);
        }
        expect(byId(applyEdits(after, list, 'undo'))).to.deep.equal(byId(rows));
      }),
      { numRuns: 300 },
    );
  });

  it('names the edits that no longer fit when an earlier one was taken out', () => {
    const places = [
      place('a', [0, 0]),
      place('b', [100, 0]),
      place('c', [30, 50]),
      place('d', [30, 1]),
      place('e', [60, 50]),
      place('f', [60, 1]),
    ];
    const rows = network(places, [road('ab', 'a', 'b', 100), road('cd', 'c', 'd', 49), road('ef', 'e', 'f', 49)]);
    const list = plan(rows);
    expect(kinds(list)).to.deep.equal(['split', 'split']);
    expect(() => applyEdits(rows, { ...list, edits: list.edits.slice(1) }, 'apply')).to.throw(DataError, 'ab/b is not there');
    expect(ends(applyEdits(rows, { ...list, edits: list.edits.slice(0, 1) }, 'apply'))).to.deep.equal([
      'ab/a: a-d',
      'ab/b: d-b',
      'cd: c-d',
      'ef: e-f',
    ]);
  });
});
