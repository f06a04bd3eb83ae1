import { expect } from 'chai';
import {
  accessibility,
  CORRIDOR_VERSION,
  openNetwork,
  openRegion,
  opportunities,
  parseMeasure,
  zoneTimes,
} from 'corridor-network-analyser';

describe('the library', () => {
  it('is imported by its package name and answers the example of its first page', () => {
    const { region } = openRegion('jing-jin-ji');
    const { frozen } = openNetwork(region, { mode: 'road', year: null, speeds: 'harmonised' });
    const times = zoneTimes(frozen, region.zones);
    const people = opportunities(region.zones, 'population').values;
    const reached = accessibility(times, people, parseMeasure('cumulative:60'));
    expect(reached).to.have.length(region.zones.length);
    reached.forEach((value, zone) => {
      expect(value).to.be.at.least(region.zones[zone]?.population ?? 0);
    });
    expect(CORRIDOR_VERSION).to.match(/^\d+\.\d+\.\d+$/);
  });
});
