import { expect } from 'chai';
import type { DirectedGraph } from 'graphology';
import { accessibility, parseMeasure } from '../../src/analysis/accessibility/accessibility.ts';
import { gini, palma, theil } from '../../src/analysis/accessibility/equity.ts';
import { zoneTimes } from '../../src/analysis/zone-times.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { UNREACHED } from '../../src/model/network.ts';
import { openNetwork, openRegion, regionFolder, shippedRegions } from '../../src/open/open-network.ts';
import { doorToDoorGraph } from '../support/door-to-door.ts';

/** Times by the plainest search there is: the nearest node not yet settled goes next, of a list that is looked through from end to end. */
function plainTimes(graph: DirectedGraph, from: string): Map<string, number> {
  const settled = new Map<string, number>();
  const open = new Map([[from, 0]]);
  while (open.size > 0) {
    let [next, least] = ['', Number.POSITIVE_INFINITY];
    for (const [node, time] of open) if (time < least) [next, least] = [node, time];
    open.delete(next);
    settled.set(next, least);
    graph.forEachOutEdge(next, (_edge, { weight }, _from, to) => {
      if (!settled.has(to)) open.set(to, Math.min(open.get(to) ?? Number.POSITIVE_INFINITY, least + weight));
    });
  }
  return settled;
}

describe('the page on measures', () => {
  const ORIGINS = 8;
  for (const name of shippedRegions()) {
    for (const mode of ['road', 'rail', 'multimodal'] as const) {
      it(`gives the times of ${name} by ${mode} to the millisecond, written down once more from the page alone`, () => {
        const { region } = openRegion(name);
        const { zones, milliseconds } = zoneTimes(openNetwork(region, { ...DEFAULT_GRAPH_OPTIONS, mode }).frozen, region.zones);
        const graph = doorToDoorGraph(regionFolder(name), mode);
        for (let draw = 0; draw < ORIGINS; draw++) {
          const from = Math.floor((draw * zones.length) / ORIGINS);
          const plain = plainTimes(graph, `from/${zones[from]!.id}`);
          zones.forEach(({ id }, to) => {
            const expected = to === from ? 0 : (plain.get(`to/${id}`) ?? UNREACHED);
            expect(milliseconds[from * zones.length + to], `${zones[from]!.id} → ${id}`).to.equal(expected);
          });
        }
      }).timeout(60_000);
    }
  }

  it('gives accessibility and inequality by its formulas, pair by pair', () => {
    const { region } = openRegion('tokyo');
    const times = zoneTimes(openNetwork(region, DEFAULT_GRAPH_OPTIONS).frozen, region.zones);
    const size = region.zones.length;
    const people = Float64Array.from(region.zones, ({ population }) => population);
    const minutes = (from: number, to: number): number => {
      const time = times.milliseconds[from * size + to]!;
      return time === UNREACHED ? Number.POSITIVE_INFINITY : time / 60_000;
    };
    const zones = region.zones.map((_zone, index) => index);
    const sum = (of: (zone: number) => number): number => zones.reduce((total, zone) => total + of(zone), 0);
    const formulas: Record<string, (i: number) => number | null> = {
      'cumulative:60': (i) => sum((j) => (minutes(i, j) <= 60 ? people[j]! : 0)),
      'gravity:exponential:0.03': (i) => sum((j) => people[j]! * Math.exp(-0.03 * minutes(i, j))),
      'gravity:power:1.5': (i) => sum((j) => people[j]! * Math.max(minutes(i, j), 1) ** -1.5),
      'dual:1000000': (i) => {
        const reach = (limit: number) => sum((j) => (minutes(i, j) <= limit ? people[j]! : 0));
        const enough = zones.map((j) => minutes(i, j)).filter((limit) => Number.isFinite(limit) && reach(limit) >= 1e6);
        return enough.length > 0 ? Math.min(...enough) : null;
      },
      'mean-time': (i) => {
        const isOther = (j: number) => j !== i && Number.isFinite(minutes(i, j));
        return sum((j) => (isOther(j) ? minutes(i, j) * people[j]! : 0)) / sum((j) => (isOther(j) ? people[j]! : 0));
      },
    };
    for (const [name, formula] of Object.entries(formulas)) {
      accessibility(times, people, parseMeasure(name)).forEach((found, zone) => {
        const expected = formula(zone);
        if (expected === null || found === null) expect(found, name).to.equal(expected);
        else expect(found / expected, `${name} of ${region.zones[zone]!.id}`).to.be.closeTo(1, 1e-9);
      });
    }

    const reach = zones.map(formulas['cumulative:60']!) as number[];
    const rows = zones.map((zone) => ({ value: reach[zone]!, weight: people[zone]!, group: region.zones[zone]!.admin1 }));
    const everyone = sum((i) => people[i]!);
    const all = sum((i) => people[i]! * reach[i]!);
    const mean = all / everyone;
    const pairs = sum((i) => sum((j) => people[i]! * people[j]! * Math.abs(reach[i]! - reach[j]!)));
    expect(gini(rows)).to.be.closeTo(pairs / (2 * mean * everyone ** 2), 1e-12);
    const total = sum((i) => ((people[i]! * reach[i]!) / all) * Math.log(reach[i]! / mean));
    const between = [...new Set(rows.map(({ group }) => group))].reduce((part, group) => {
      const own = (of: (zone: number) => number) => sum((i) => (rows[i]!.group === group ? of(i) : 0));
      const value = own((i) => people[i]! * reach[i]!);
      return part + (value / all) * Math.log(value / own((i) => people[i]!) / mean);
    }, 0);
    expect(theil(rows).total).to.be.closeTo(total, 1e-12);
    expect(theil(rows).between).to.be.closeTo(between, 1e-12);
    const held = (share: number): number => {
      let [rest, value] = [share * everyone, 0];
      for (const zone of zones.toSorted((a, b) => reach[a]! - reach[b]!)) {
        const taken = Math.min(rest, people[zone]!);
        rest -= taken;
        value += taken * reach[zone]!;
      }
      return value / all;
    };
    expect(palma(rows)).to.be.closeTo((1 - held(0.9)) / 0.1 / (held(0.4) / 0.4), 1e-9);
  });
});
