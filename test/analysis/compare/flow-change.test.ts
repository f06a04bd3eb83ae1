import { expect } from 'chai';
import { assignTrips } from '../../../src/analysis/assignment/assign-trips.ts';
import { DEFAULT_PEAK, roadPeak } from '../../../src/analysis/assignment/road-peak.ts';
import { flowChange } from '../../../src/analysis/compare/flow-change.ts';
import { applyUpgrade } from '../../../src/build/apply-upgrade.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../../src/build/graph-types.ts';
import { buildRegionGraph } from '../../../src/build/region-graph.ts';
import type { FlowInput, FlowLink } from '../../../src/model/flow-input.ts';
import type { Region } from '../../../src/model/tables.ts';
import { riverRegion, road } from '../../support/small-region.ts';

const REGION = { id: 'region', name: 'Region' };

describe('flows before and after', () => {
  const link = (id: string, from: number, to: number, freeMinutes: number, capacity: number): FlowLink => {
    return { id, name: id, from, to, freeMinutes, capacity, isConnector: false, curve: 'bpr', b: 0.5, power: 1, chargeMinutes: 0 };
  };
  const twelveTrips = (links: readonly FlowLink[]): FlowInput => ({
    nodeIds: ['home', 'middle', 'work'],
    isClosed: new Uint8Array(3),
    links,
    zones: [
      { id: 'h', name: '', admin1: '', origin: 0, destination: 0 },
      { id: 'w', name: '', admin1: '', origin: 2, destination: 2 },
    ],
    classes: [{ name: 'all', carUnits: 1, from: Uint32Array.of(0), to: Uint32Array.of(1), trips: Float64Array.of(12), extraCharge: null }],
    flowUnit: 'trips',
    timeUnit: 'min',
    personsPerUnit: 2,
    valueOfTime: null,
    dayProfile: null,
    notes: [],
  });

  it('tell the bottleneck that is relieved from the one that the queue moves to', () => {
    const before = assignTrips(twelveTrips([link('old', 0, 2, 100, 10), link('side', 1, 2, 1, 5)]));
    const after = assignTrips(twelveTrips([link('old', 0, 2, 100, 10), link('new', 0, 1, 1, 20), link('side', 1, 2, 1, 5)]), {
      start: before,
    });
    const rows = flowChange(before, after, REGION, 5);
    const figures = (measure: string) =>
      rows.filter((row) => row.measure === measure).map(({ id, before: from, after: to }) => [id, from, to] as const);
    // 12 on 10 before; after: 12 on 20 and on 5
    expect(figures('bottleneck-relieved')).to.deep.equal([['old (home → work)', 1.2, 0]]);
    expect(figures('bottleneck-moved')).to.deep.equal([['side (middle → work)', 0, 2.4]]);
    expect(figures('bottleneck-new')).to.deep.equal([]);
    expect(figures('links-over-capacity')).to.deep.equal([['region', 1, 1]]);
    // 12 × 160 minutes; 12 × (1.3 + 2.2)
    expect(
      figures('vehicle-minutes')[0]
        ?.slice(1)
        .map((value) => Number(value).toFixed(9)),
    ).to.deep.equal(['1920.000000000', '42.000000000']);
    // 2 persons a unit, 60 minutes each before; 0.3 + 1.2 after
    expect(
      figures('delay-person-minutes')[0]
        ?.slice(1)
        .map((value) => Number(value).toFixed(9)),
    ).to.deep.equal(['1440.000000000', '36.000000000']);
    expect(figures('link-flow').find(([id]) => id.startsWith('new'))).to.deep.equal(['new (home → middle)', null, 12]);
  });

  it('put 4,800 cars of the river region from the far bridge of 4,000 on the new one of 4,000: relieved and new', () => {
    const trips = Float64Array.of(0, 4800, 0, 0);
    const peak = { ...DEFAULT_PEAK, peakShare: 1, carShare: 1, personsPerCar: 1 };
    const input = (region: Region) => {
      const { graph } = buildRegionGraph(region, { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' });
      return roadPeak(region, graph, trips, [], peak);
    };
    const bridge = { change: 'add-road', link: road('a:bridge', 'west', 'east', 10) } as const;
    const about = {
      description: '',
      status: 'planned',
      openingYear: 2030,
      costs: [],
      source: 't',
      confidence: 'high',
      basis: 'published',
    } as const;
    const { region } = applyUpgrade(riverRegion(), { id: 'a', name: 'New bridge', ...about, changes: [bridge] });
    const before = assignTrips(input(riverRegion()));
    const rows = flowChange(before, assignTrips(input(region), { start: before }), REGION, 5);
    const ids = (measure: string) => rows.filter((row) => row.measure === measure).map(({ id }) => id);
    expect(ids('bottleneck-new')).to.deep.equal(['a:bridge (west → east)']);
    expect(ids('bottleneck-relieved')).to.have.members([
      'bridge (w-north → e-north)',
      'east-bank (e-north → east)',
      'west-bank (west → w-north)',
    ]);
    const [total] = rows.filter(({ measure }) => measure === 'vehicle-minutes');
    const each = 1 + 0.15 * 1.2 ** 4;
    expect(total?.before).to.be.closeTo(4800 * 70 * each, 1);
    expect(total?.after).to.be.closeTo(4800 * 10 * each, 1);
  });
});
