import { expect } from 'chai';
import { cutOffZones, islandProblems } from '../../src/analysis/checks/network-check.ts';
import { freeze } from '../../src/build/freeze.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { buildLinkGraph, joinByWalks } from '../../src/build/link-graph.ts';
import { buildRegionGraph } from '../../src/build/region-graph.ts';
import { lineWorld, rail, road } from '../worlds/line-world.ts';

describe('the check of a network', () => {
  it('lists islands with their size and first node, largest piece left out', () => {
    const broken = lineWorld({ roads: [road(0, 1), road(1, 2), road(0, 2), road(2, 3, { status: 'planned' })] });
    expect(islandProblems(buildLinkGraph(broken, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' }), 'roads.geojson')).to.deep.equal([]);
    const two = lineWorld({ roads: [road(0, 1), road(2, 3)] });
    const islands = islandProblems(buildLinkGraph(two, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' }), 'roads.geojson');
    expect(islands.map(({ feature, found }) => [feature, found])).to.deep.equal([['junction/w2', '2 nodes apart from the rest']]);
  });

  it('takes stations joined by a walk for one piece', () => {
    const apart = lineWorld({
      stations: [...lineWorld().stations, { ...lineWorld().stations[0]!, id: 's2' }, { ...lineWorld().stations[1]!, id: 's4' }],
      rail: [rail(0, 1, 6), rail(2, 4, 5, { from: 's2', to: 's4', line: 'M' })],
      transfers: [{ from: 's1', to: 's2', minutes: 4, kept: {} }],
    });
    const graph = buildLinkGraph(apart, { ...DEFAULT_GRAPH_OPTIONS, mode: 'rail' });
    expect(islandProblems(graph, 'rail.geojson')).to.have.length(1);
    joinByWalks(graph, apart);
    expect(islandProblems(graph, 'rail.geojson')).to.deep.equal([]);
  });

  it('names zones that reach no other', () => {
    const none = lineWorld({ rail: [] });
    const { graph } = buildRegionGraph(none, { ...DEFAULT_GRAPH_OPTIONS, mode: 'rail' });
    expect(cutOffZones(freeze(graph), none, 'rail').map(({ feature }) => feature)).to.deep.equal([
      'z0 (Town 0)',
      'z1 (Town 1)',
      'z2 (Town 2)',
      'z3 (Town 3)',
    ]);
  });
});
