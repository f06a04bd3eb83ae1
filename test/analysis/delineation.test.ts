import { expect } from 'chai';
import fc from 'fast-check';
import { benchmark, benchmarkInput, rankOrder, redelineate } from '../../src/analysis/benchmark/benchmark.ts';
import { coreZones, EQUAL_GROUPS, equalPopulationGroups, timesOfZones } from '../../src/analysis/benchmark/delineation.ts';
import type { Zone } from '../../src/model/tables.ts';
import { lineWorld } from '../worlds/line-world.ts';

const [anyZone] = lineWorld().zones;
const zonesOf = (people: readonly number[]): Zone[] =>
  people.map((population, index) => ({
    ...anyZone!,
    id: `z${index}`,
    population,
    longitude: (index * 7919) % 101,
    latitude: (index * 104729) % 53,
  }));

describe('delineations', () => {
  it('keep every zone in just one group, and every person', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 200 }), (people) => {
        const zones = zonesOf(people);
        const { seats, merged, groupOf } = equalPopulationGroups(zones);
        expect(merged.reduce((sum, zone) => sum + zone.population, 0)).to.equal(people.reduce((sum, value) => sum + value, 0));
        expect(merged.length).to.equal(seats.length).and.to.be.at.most(Math.max(EQUAL_GROUPS, 1));
        expect(new Set(groupOf).size).to.equal(merged.length);
        seats.forEach((seat, group) => {
          expect(groupOf[seat]).to.equal(group);
        });
      }),
    );
  });

  it('make groups of about equal population where zones are small: none over twice the mean of 1000 like zones', () => {
    const { merged } = equalPopulationGroups(zonesOf(Array.from({ length: 1000 }, () => 10)));
    expect(Math.max(...merged.map((zone) => zone.population))).to.be.at.most((2 * 10_000) / EQUAL_GROUPS);
  });

  it('take the core as the zones within 150 km of its seat', () => {
    expect(coreZones(lineWorld())).to.deep.equal([0, 1, 2, 3]);
    const far = lineWorld({ zones: lineWorld().zones.map((zone, town) => (town === 3 ? { ...zone, longitude: 1.4 } : zone)) });
    expect(coreZones(far)).to.deep.equal([0, 1, 2]);
  });

  it('keep the times between the zones that stay', () => {
    const times = { zones: lineWorld().zones, milliseconds: Uint32Array.from({ length: 16 }, (_value, index) => index) };
    expect([...timesOfZones(times, [1, 3]).milliseconds]).to.deep.equal([5, 7, 13, 15]);
  });

  it('leave the indicators as they are where nothing is cut off', () => {
    const input = benchmarkInput(lineWorld(), { year: null, speeds: 'as-given' });
    const value = (rows: ReturnType<typeof benchmark>, name: string) => rows.find((row) => row.measure === name)?.value;
    const [whole, core] = [benchmark(input), benchmark(redelineate(input, 'core'))];
    for (const name of [
      'people within 60 min of the primary core',
      'Gini of people reachable in 60 min',
      'road beta',
      'mean time between people, road',
    ]) {
      expect(value(core, name)).to.equal(value(whole, name));
    }
    // 12 minutes a hop, w3 at 36: all within the hour
    expect(value(whole, 'people within 60 min of the primary core')).to.equal(100);
    expect(value(whole, 'population density')).to.equal(10_000 / 100);
  });

  it('order regions by value, and say nothing where one has none', () => {
    expect(rankOrder([1, 3, 2])).to.equal('1 2 0');
    expect(rankOrder([1, null, 2])).to.equal(null);
  });
});
