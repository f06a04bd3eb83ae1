import { area } from '@turf/turf';
import { expect } from 'chai';
import type { MultiPolygon } from 'geojson';
import { zoneCells } from '../../src/analysis/zone-cells.ts';
import { greatCircleKilometres } from '../../src/model/place.ts';
import type { Zone } from '../../src/model/tables.ts';
import { openRegion } from '../../src/open/open-network.ts';
import { regionLand } from '../../src/open/region-land.ts';
import { isInShape, polygonFaults } from '../support/polygon-validity.ts';
import { lineWorld } from '../worlds/line-world.ts';

const square = (west: number, south: number, east: number, north: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  ],
});

/** Seats on a grid of tenths of a degree around 0, 0. */
function gridZones(side: number): Zone[] {
  const first = lineWorld().zones[0];
  if (!first) throw new Error('the line world has no zones');
  return Array.from({ length: side * side }, (_value, index) => {
    const column = index % side;
    const admin1 = column < side / 2 ? 'West' : 'East';
    return {
      ...first,
      id: `g${index}`,
      admin1,
      longitude: (column - (side - 1) / 2) / 10,
      latitude: (Math.floor(index / side) - (side - 1) / 2) / 10,
    };
  });
}

describe('zone cells', () => {
  it('of seats on a grid are squares as wide as the grid, inside the region', () => {
    const zones = gridZones(5);
    const { cells } = zoneCells(zones, square(-2, -2, 2, 2));
    // 0.1° × 0.1° at the equator: 11.1195² km²; the middle one of five by five
    expect(area(cells[12] ?? square(0, 0, 1, 1)) / 1e6).to.be.closeTo(11.1195 ** 2, 0.5);
    expect(cells.flatMap(polygonFaults)).to.deep.equal([]);
  });

  it('end at the coast, and keep a disc of two kilometres where a seat lies off the known land', () => {
    const zones = gridZones(5);
    const { cells } = zoneCells(zones, square(-2, -2, 0.02, 2));
    // the middle column reaches 0.05° west and 0.02° east of its seats
    expect(area(cells[12] ?? square(0, 0, 1, 1)) / 1e6).to.be.closeTo(0.7 * 11.1195 ** 2, 0.5);
    expect(area(cells[14] ?? square(0, 0, 1, 1)) / 1e6).to.be.closeTo(4 * Math.PI, 0.1);
  });

  it('of Greater Tokyo hold the land nearest to each seat: of 2,000 points that a cell covers, none is nearer to another seat', () => {
    const { region } = openRegion('tokyo');
    const { cells } = zoneCells(region.zones, regionLand(region));
    expect(cells.flatMap(polygonFaults)).to.deep.equal([]);
    let covered = 0;
    for (let step = 0; step < 2000; step++) {
      const [longitude, latitude] = [139 + ((step * 0.618034) % 1) * 1.5, 35.2 + ((step * 0.754878) % 1) * 1.2];
      const owner = cells.findIndex((cell) => isInShape(cell, [longitude, latitude]));
      if (owner < 0) continue;
      covered += 1;
      const away = region.zones.map((zone) => greatCircleKilometres(longitude, latitude, zone.longitude, zone.latitude));
      // the plane of the cells is true to scale at one latitude only: a hundredth of the distance
      expect(away[owner]).to.be.at.most(Math.min(...away) * 1.01 + 0.05);
    }
    expect(covered).to.be.greaterThan(1000);
  });

  it('name both sides of each piece of a border', () => {
    const { borders } = zoneCells(gridZones(4), square(-2, -2, 2, 2));
    expect(borders.length).to.be.at.least(4);
    for (const { a, b, from, to } of borders) {
      expect([a, b].sort()).to.deep.equal(['East', 'West']);
      expect([from[0], to[0]].map((x) => Math.abs(x ?? 1) < 0.051)).to.deep.equal([true, true]);
    }
  });
});
