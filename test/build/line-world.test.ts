import { expect } from 'chai';
import { pairMinutes, zoneTimes } from '../../src/analysis/zone-times.ts';
import { freeze } from '../../src/build/freeze.ts';
import type { Mode } from '../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../src/build/region-graph.ts';
import { quickestRoute } from '../../src/build/route.ts';
import type { Region } from '../../src/model/tables.ts';
import { lineWorld, rail, road } from '../worlds/line-world.ts';

const BOARDING = 3 + 10;
/** steps of no length cost a millisecond each */
const STEPS = 0.001;

function minutesOf(region: Region, mode: Mode, from: number, to: number, year: number | null = null): number | null {
  const { graph } = buildRegionGraph(region, { mode, year, speeds: 'as-given' });
  return pairMinutes(zoneTimes(freeze(graph), region.zones), from, to);
}

describe('a line of four towns', () => {
  it('is driven in 12 minutes a hop', () => {
    expect(minutesOf(lineWorld(), 'road', 0, 1)).to.be.closeTo(12, STEPS);
    expect(minutesOf(lineWorld(), 'road', 0, 3)).to.be.closeTo(3 * 12, STEPS);
    expect(minutesOf(lineWorld(), 'road', 3, 0)).to.be.closeTo(3 * 12, STEPS);
  });

  it('is ridden in the boarding time and the minutes of the line', () => {
    expect(minutesOf(lineWorld(), 'rail', 0, 3)).to.be.closeTo(BOARDING + 6 + 8, STEPS);
  });

  it('is travelled by the quicker of road and rail, and by both where that is quickest', () => {
    expect(minutesOf(lineWorld(), 'multimodal', 0, 1)).to.be.closeTo(12, STEPS);
    expect(minutesOf(lineWorld(), 'multimodal', 0, 3)).to.be.closeTo(BOARDING + 6 + 8, STEPS);
    const quick = lineWorld({ rail: [rail(0, 1, 1), rail(1, 3, 1)], zones: lineWorld().zones });
    expect(minutesOf(quick, 'multimodal', 0, 2)).to.be.closeTo(Math.min(2 * 12, BOARDING + 2 + 12), STEPS);
  });

  it('waits half the headway where that is under the cap', () => {
    const often = lineWorld({ rail: [rail(0, 1, 6, { trainsPerDay: 102 }), rail(1, 3, 8, { trainsPerDay: 102 })] });
    const headwayMinutes = (17 * 60) / 102;
    expect(minutesOf(often, 'rail', 0, 3)).to.be.closeTo(3 + headwayMinutes / 2 + 6 + 8, STEPS);
  });

  it('has no way by rail before the line opened, and counts links without a year as old', () => {
    expect(minutesOf(lineWorld(), 'rail', 0, 3, 1999)).to.equal(null);
    expect(minutesOf(lineWorld({ rail: [rail(0, 1, 6, { opened: null }), rail(1, 3, 8)] }), 'rail', 0, 1, 1999)).to.be.closeTo(
      BOARDING + 6,
      STEPS,
    );
  });

  it('keeps to one-way roads', () => {
    const oneway = lineWorld({ roads: [road(0, 1, { oneway: true }), road(1, 2), road(2, 3)] });
    expect(minutesOf(oneway, 'road', 0, 1)).to.be.closeTo(12, STEPS);
    expect(minutesOf(oneway, 'road', 1, 0)).to.be.greaterThan(12);
  });

  it('lets a service that names no line run where rails join its stops, and only as long as they do', () => {
    const service = {
      id: 'X',
      line: '',
      name: 'Express',
      stops: ['s0', 's3'],
      minutes: [0, 5],
      trainsPerDay: 102,
      bidirectional: true,
      kept: {},
    };
    const withService = lineWorld({ services: [service] });
    expect(minutesOf(withService, 'rail', 0, 3)).to.be.closeTo(3 + 5 + 5, STEPS);
    expect(minutesOf(withService, 'rail', 3, 0)).to.be.closeTo(3 + 5 + 5, STEPS);
    const later = lineWorld({ services: [service], rail: [rail(0, 1, 6), rail(1, 3, 8, { opened: 2010 })] });
    // the last town then goes to the station of the second: 0.2° of the equator, times 1.3, at 25 km/h
    const feederMinutes = ((0.2 * 111.195 * 1.3) / 25) * 60;
    expect(minutesOf(later, 'rail', 0, 3, 2005)).to.be.closeTo(BOARDING + 6 + feederMinutes, 0.01);
  });

  it('does not change when a road is cut in two at a new junction', () => {
    const whole = lineWorld();
    const middle = { ...whole.junctions[0], id: 'mid', name: 'mid', longitude: 0.05, kind: 'interchange' } as Region['junctions'][number];
    const halves = [road(0, 1, { id: 'a', to: 'mid', lengthKilometres: 6 }), road(0, 1, { id: 'b', from: 'mid', lengthKilometres: 6 })];
    const cut = lineWorld({ junctions: [...whole.junctions, middle], roads: [...halves, road(1, 2), road(2, 3)] });
    for (const [from, to] of [
      [0, 1],
      [0, 3],
      [2, 0],
    ] as const) {
      expect(minutesOf(cut, 'road', from, to)).to.be.closeTo(minutesOf(whole, 'road', from, to) ?? 0, 2 * STEPS);
    }
  });

  it('turns round with its arcs: from a to b in the reversed world as from b to a in this one', () => {
    const oneway = lineWorld({ roads: [road(0, 1, { oneway: true }), road(1, 2), road(2, 3), road(0, 3, { oneway: true })] });
    const turned = lineWorld({ roads: oneway.roads.map((link) => ({ ...link, from: link.to, to: link.from })) });
    for (let from = 0; from < 4; from++) {
      for (let to = 0; to < 4; to++) expect(minutesOf(turned, 'road', from, to)).to.equal(minutesOf(oneway, 'road', to, from));
    }
  });

  it('does not change when ids get other names', () => {
    const plain = lineWorld();
    const other = (id: string) => `renamed-${9 - Number(id.slice(1))}`;
    const rename = <T extends { id: string }>(rows: readonly T[]) => rows.map((row) => ({ ...row, id: other(row.id) }));
    const renamed = lineWorld({
      junctions: rename(plain.junctions),
      roads: plain.roads.map((link) => ({ ...link, from: other(link.from), to: other(link.to) })),
    });
    for (let to = 0; to < 4; to++) expect(minutesOf(renamed, 'road', 0, to)).to.equal(minutesOf(plain, 'road', 0, to));
  });

  it('tells its quickest way leg by leg, adding up to the figure of the matrix', () => {
    const region = lineWorld();
    const { graph } = buildRegionGraph(region, { mode: 'multimodal', year: null, speeds: 'as-given' });
    const legs = quickestRoute(graph, 'zone-origin/z0', 'zone-destination/z3') ?? [];
    expect(legs.map((leg) => leg.kind)).to.deep.equal(['access', 'board', 'ride', 'access']);
    expect(legs.find((leg) => leg.kind === 'ride')?.links).to.deep.equal(['L:0:1', 'L:1:3']);
    const sum = legs.reduce((total, leg) => total + leg.minutes, 0);
    expect(sum).to.be.closeTo(minutesOf(region, 'multimodal', 0, 3) ?? 0, STEPS);
    expect(
      quickestRoute(
        buildRegionGraph(lineWorld({ roads: [] }), { mode: 'road', year: null, speeds: 'as-given' }).graph,
        'zone-origin/z0',
        'zone-destination/z3',
      ),
    ).to.equal(null);
  });
});
