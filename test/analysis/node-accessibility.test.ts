import { expect } from 'chai';
import { parseMeasure } from '../../src/analysis/accessibility/accessibility.ts';
import { nodeAccessibility } from '../../src/analysis/accessibility/node-accessibility.ts';
import { centrality } from '../../src/analysis/centrality/centrality.ts';
import { CENTRALITY_MEASURES, chosenCentrality, parseCentralityMeasures } from '../../src/analysis/centrality/chosen-centrality.ts';
import { roadLikeNetwork } from '../../src/bench/road-like.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { UsageError } from '../../src/model/errors.ts';
import { gridArcs, networkOf } from '../support/random-networks.ts';

const MEASURES = ['cumulative:3', 'gravity:exponential:0.2', 'gravity:power:1.5', 'mean-time'].map(parseMeasure);

describe('accessibility per node', () => {
  it('is the same by searches (900 nodes) and by sweeps (2,025 nodes) as by the formula over single trees', () => {
    for (const side of [30, 45]) {
      const network = roadLikeNetwork(side * side, 5);
      const columns = nodeAccessibility(network, MEASURES);
      for (let origin = 0; origin < network.nodeCount; origin += 97) {
        const minutes = Array.from(oneToAll(network, origin), (time) => time / 60_000);
        const sum = (worth: (time: number) => number) => minutes.reduce((total, time) => total + worth(time), 0);
        const expected = [
          sum((time) => (time <= 3 ? 1 : 0)),
          sum((time) => Math.exp(-0.2 * time)),
          sum((time) => Math.max(time, 1) ** -1.5),
          sum((time) => time) / (network.nodeCount - 1),
        ];
        expected.forEach((value, index) => {
          expect(columns[index]?.[origin]).to.be.closeTo(value, 1e-11 * value);
        });
      }
    }
  });

  it('refuses a measure that needs times in order', () => {
    expect(() => nodeAccessibility(networkOf(2, [[0, 1, 1]]), [parseMeasure('dual:5')])).to.throw(UsageError, 'expected cumulative');
  });
});

describe('chosen centrality', () => {
  it('has the values of all centrality, and no links where no measure has any for them', () => {
    const network = networkOf(25, gridArcs(5));
    const all = centrality(network, null);
    const chosen = chosenCentrality(network, null, CENTRALITY_MEASURES);
    expect(chosen.map(({ id, values }) => [id, ...values])).to.deep.equal(
      all.map((row) => [row.id, row.degree, row.betweenness, row.closeness, row.harmonic, row.straightness, row.isCut]),
    );
    expect(chosenCentrality(network, null, ['closeness']).length).to.equal(25);
  });

  it('names a measure that it does not know', () => {
    expect(() => parseCentralityMeasures('closeness,fame')).to.throw(UsageError, '--measure is "fame"');
  });
});
