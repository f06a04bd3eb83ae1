import { expect } from 'chai';
import fc from 'fast-check';
import type { MultiPolygon } from 'geojson';
import { DEFAULT_ISOCHRONES, type IsochroneBand, isochrones } from '../../src/analysis/isochrones/isochrones.ts';
import { isOnLand } from '../../src/analysis/isochrones/on-land.ts';
import { oneToAll } from '../../src/kernels/one-to-all.ts';
import { compileNetwork, UNREACHED } from '../../src/model/network.ts';
import { greatCircleKilometres } from '../../src/model/place.ts';
import { openNetwork, openRegion, shippedRegions } from '../../src/open/open-network.ts';
import { regionLand } from '../../src/open/region-land.ts';
import { isInShape, polygonFaults } from '../support/polygon-validity.ts';

const MINUTE = 60_000;

/** Places without links, reached after so many minutes. */
function scattered(places: readonly { longitude: number; latitude: number; minutes: number | null }[]) {
  const nodes = places.map((place, index) => ({ id: `n${index}`, ...place }));
  const costs = Uint32Array.from(places, ({ minutes }) => (minutes === null ? UNREACHED : minutes * MINUTE));
  return { network: compileNetwork(nodes, [], []), costs };
}

function bandsOf(places: Parameters<typeof scattered>[0], change: Partial<typeof DEFAULT_ISOCHRONES> = {}): IsochroneBand[] {
  const { network, costs } = scattered(places);
  return isochrones(network, costs, [], { ...DEFAULT_ISOCHRONES, ...change });
}

/** Corners of each band lie in the next or on its edge, which no clearance of theirs can miss by more than a metre or so. */
function strays(bands: readonly IsochroneBand[]): number {
  return bands.slice(1).reduce((count, outer, index) => {
    const corners = bands[index]?.geometry.coordinates.flat(2) ?? [];
    const edge = new Set(outer.geometry.coordinates.flat(2).map(String));
    return count + corners.filter((corner) => !edge.has(String(corner)) && !isInShape(outer.geometry, corner)).length;
  }, 0);
}

describe('isochrones', () => {
  for (const latitude of [0, 39.9, -60]) {
    it(`around one node at latitude ${latitude} are circles of speed × time: π r² less what chords of a cell cut off`, () => {
      // 20 km/h for 15, 30 and 45 minutes; at 45 the longest leg of 15 km is reached, so an hour brings no more
      const bands = bandsOf([{ longitude: 116.4, latitude, minutes: 0 }], { minutes: [15, 30, 45, 60] });
      const radii = [5, 10, 15, 15];
      bands.forEach((band, index) => {
        const radius = radii[index] ?? 0;
        // a chord of length c leaves c² / 6r² of a circle outside; cells are 1 km, their diagonals longer; 0.2% for the clearance
        expect(band.areaSquareKilometres / (Math.PI * radius ** 2)).to.be.closeTo(1, 1 / (5 * radius ** 2) + 0.002);
      });
      expect(bands.flatMap((band) => polygonFaults(band.geometry))).to.deep.equal([]);
    });
  }

  it('are two circles less their lens where two discs overlap', () => {
    // two discs of 10 km, 10 km apart: lens 2 r² acos(d / 2r) − d/2 √(4r² − d²)
    const apart = 10 / 111.195;
    const [band] = bandsOf(
      [
        { longitude: 0, latitude: 0, minutes: 0 },
        { longitude: apart, latitude: 0, minutes: 0 },
      ],
      { minutes: [30] },
    );
    const lens = 2 * 100 * Math.acos(0.5) - 5 * Math.sqrt(300);
    expect((band?.areaSquareKilometres ?? 0) / (2 * Math.PI * 100 - lens)).to.be.closeTo(1, 0.003);
  });

  it('are nothing where nothing is reached: no band without a node, no cell of the origin for a limit too short', () => {
    expect(bandsOf([{ longitude: 0, latitude: 0, minutes: null }])).to.deep.equal([]);
    const [half, hour] = bandsOf([{ longitude: 0, latitude: 0, minutes: 45 }], { minutes: [30, 60] });
    expect(half?.geometry.coordinates).to.deep.equal([]);
    expect(half?.areaSquareKilometres).to.equal(0);
    expect(hour?.areaSquareKilometres).to.be.greaterThan(0);
  });

  it('end at the coast: half a disc where the shore runs through the origin, within 1%', () => {
    const land: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [-1, -1],
            [0, -1],
            [0, 1],
            [-1, 1],
            [-1, -1],
          ],
        ],
      ],
    };
    const [band] = bandsOf([{ longitude: 0, latitude: 0, minutes: 0 }], { minutes: [30], land });
    expect((band?.areaSquareKilometres ?? 0) / (50 * Math.PI)).to.be.closeTo(1, 0.01);
    const east = Math.max(...(band?.geometry.coordinates.flat(2).map(([x = 0]) => x) ?? []));
    expect(east).to.be.lessThan(0.001);
  });

  it('are valid, nest, and hold what a direct count of discs holds, whatever the places', () => {
    const place = fc.record({
      longitude: fc.double({ min: 0, max: 0.5, noNaN: true }),
      latitude: fc.double({ min: 40, max: 40.4, noNaN: true }),
      minutes: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constant(null)),
    });
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 999 }), (places, seed) => {
        const bands = bandsOf(places, { minutes: [20, 40, 60] });
        expect(bands.flatMap((band) => polygonFaults(band.geometry))).to.deep.equal([]);
        expect(strays(bands)).to.equal(0);
        const [longitude, latitude] = [(seed % 32) / 64, 40 + Math.floor(seed / 32) / 80];
        for (const band of bands) {
          // how deep the point lies in the nearest disc, kilometres; within half a cell of an edge the grid may differ
          const depth = Math.max(
            ...places.flatMap(({ minutes, ...own }) => {
              const radius = minutes === null ? -99 : Math.min(15, ((band.minutes - minutes) / 60) * 20);
              return radius > 0 ? [radius - greatCircleKilometres(longitude, latitude, own.longitude, own.latitude)] : [-99];
            }),
          );
          if (Math.abs(depth) > 0.5) expect(isInShape(band.geometry, [longitude, latitude])).to.equal(depth > 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  for (const name of shippedRegions()) {
    it(`of ${name} are valid polygons on land that nest, each with more people than the last`, () => {
      const { region } = openRegion(name);
      const land = regionLand(region);
      const { frozen } = openNetwork(region, { mode: 'multimodal', year: null, speeds: 'harmonised' });
      const costs = oneToAll(frozen.network, frozen.nodeOf.get(`zone-origin/${region.manifest.primaryCore}`) ?? 0);
      const seats = region.zones.map((zone) => ({
        zone,
        minutes: (costs[frozen.nodeOf.get(`zone-destination/${zone.id}`) ?? 0] ?? 0) / MINUTE,
      }));
      const bands = isochrones(frozen.network, costs, seats, { ...DEFAULT_ISOCHRONES, land });
      expect(bands.flatMap((band) => polygonFaults(band.geometry))).to.deep.equal([]);
      expect(strays(bands)).to.equal(0);
      bands.slice(1).forEach((band, index) => {
        expect(band.population).to.be.greaterThan(bands[index]?.population ?? 0);
      });
      const corners = bands.flatMap((band) => band.geometry.coordinates.flat(2));
      // the coast is followed on a grid of a kilometre: a corner lies on land or within about a cell of it
      const atSea = corners.filter(([x = 0, y = 0]) => {
        return ![0, 1, 2, 3, 4, 5, 6, 7].some((turn) => {
          const angle = (turn * Math.PI) / 4;
          return isOnLand(land, x, y) || isOnLand(land, x + 0.015 * Math.cos(angle), y + 0.015 * Math.sin(angle));
        });
      });
      expect(atSea.length / corners.length).to.be.lessThan(0.01);
    }).timeout(120_000);
  }
});
