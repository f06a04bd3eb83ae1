import { expect } from 'chai';
import { opportunities, opportunityNotes } from '../../src/analysis/accessibility/accessibility.ts';
import { UsageError } from '../../src/model/errors.ts';
import { lineWorld } from '../worlds/line-world.ts';

const { zones } = lineWorld();
const withJobs = (known: number) => zones.map((zone, index) => ({ ...zone, jobs: index < known ? 100 : null }));

describe('opportunities', () => {
  it('are the figures on record; zones without one count as none and are counted', () => {
    const found = opportunities(withJobs(3), 'jobs');
    expect([...found.values]).to.deep.equal([100, 100, 100, 0]);
    expect(opportunityNotes(zones, 'jobs', found)).to.deep.equal(['1 of 4 zones have no jobs on record and count as none']);
  });

  it('let people stand in for jobs that hardly any zone has on record, and say so', () => {
    const found = opportunities(withJobs(1), 'jobs');
    expect([...found.values]).to.deep.equal([1000, 2000, 3000, 4000]);
    expect(opportunityNotes(zones, 'jobs', found)[0]).to.equal('jobs are on record for 1 of 4 zones only: population stands in for jobs');
  });

  it('refuse a figure that no zone has', () => {
    expect(() => opportunities(zones, 'universities')).to.throw(
      UsageError,
      /"universities", which no zone of this region has; expected population, jobs, zones$/,
    );
    const university = { value: 2, unit: '', source: 'test', year: '2020', confidence: 'high', method: '' };
    const more = withJobs(3).map((zone, index) =>
      index === 1 ? { ...zone, figures: { universities: university, hospitals: university } } : zone,
    );
    expect(() => opportunities(more, 'zz')).to.throw(UsageError, /expected population, jobs, hospitals, universities, zones$/);
  });
});
