import { expect } from 'chai';
import { linkLines } from '../../src/build/link-lines.ts';
import { place, rail, regionOf, road, zone } from '../support/small-region.ts';

describe('lines of links', () => {
  const bend = [
    [0, 0],
    [0.1, 0.2],
    [0.3, 0],
  ] as const;
  const drawn = { ...road('drawn', 'a', 'b', 40), geometry: bend };
  const region = regionOf(
    [zone('a', 'West', 1, 900, 900), zone('seat', 'West', 1, 700, 0)],
    [place('a', 0, 0), place('b', 30, 0)],
    [drawn, road('straight', 'a', 'b', 30)],
    { stations: [place('a', 1, 0), place('b', 31, 0)], rail: [rail('track', 'a', 'b', 20, 10)] },
  );
  const lineOf = linkLines(region);
  const at = (id: string, places: readonly { id: string; longitude: number; latitude: number }[]) =>
    places.filter((row) => row.id === id).map(({ longitude, latitude }) => [longitude, latitude])[0];

  it('are those of the tables, in the direction of travel, also at nodes that turn rules split', () => {
    expect(lineOf('drawn', 'a', 'b')).to.deep.equal(bend);
    expect(lineOf('drawn', 'b', 'a')).to.deep.equal([bend[2], bend[1], bend[0]]);
    expect(lineOf('drawn', 'a~3', 'b')).to.deep.equal(bend);
    expect(lineOf('drawn', 'b~0', 'a~12')).to.deep.equal([bend[2], bend[1], bend[0]]);
  });

  it('are straight where none is drawn: roads between junctions, railways between stations of the same ids', () => {
    expect(lineOf('straight', 'a', 'b')).to.deep.equal([at('a', region.junctions), at('b', region.junctions)]);
    expect(lineOf('straight', 'b~1', 'a')).to.deep.equal([at('b', region.junctions), at('a', region.junctions)]);
    expect(lineOf('track', 'a', 'b')).to.deep.equal([at('a', region.stations), at('b', region.stations)]);
  });

  it('are straight between zones for what is no link, and none where an end is no place', () => {
    expect(lineOf('', 'a', 'seat')).to.deep.equal([at('a', region.zones), at('seat', region.zones)]);
    expect(lineOf('drawn', 'a', 'nowhere')).to.equal(null);
    expect(lineOf('', 'a', 'nowhere')).to.equal(null);
  });
});
