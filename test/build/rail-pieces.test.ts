import { expect } from 'chai';
import { railPieces } from '../../src/build/rail-pieces.ts';
import type { RailLink } from '../../src/model/tables.ts';
import { place, rail, regionOf, zone } from '../support/small-region.ts';

/** A line a – b – c with 200 trains a day, 10 km a piece; others that run beside it or through onto it. */
const local = (id: string, from: string, to: string): RailLink => ({ ...rail(id, from, to, 10, 200), line: 'local' });
const LOCAL = [local('local:a:b', 'a', 'b'), local('local:b:c', 'b', 'c')];
const direct = (kilometres: number, trains: number, railClass = 'commuter'): RailLink => {
  return { ...rail('direct:a:c', 'a', 'c', 12, trains), line: 'direct', class: railClass, lengthKilometres: kilometres };
};
const region = (links: readonly RailLink[]) =>
  regionOf([zone('z', 'Z', 1, 0, 0)], [], [], { stations: ['a', 'b', 'c', 'd'].map((id, at) => place(id, at * 10, 0)), rail: links });
const over = (links: readonly RailLink[], line: string, from: string, to: string, railClass = 'commuter') =>
  railPieces(region(links))(line, railClass, from, to).map((piece) => `${piece.line}:${piece.from}>${piece.to}`);

describe('pieces of track under a ride', () => {
  it('are those of its own line, stops skipped among them, either way', () => {
    expect(over(LOCAL, 'local', 'a', 'c')).to.deep.equal(['local:a>b', 'local:b>c']);
    expect(over(LOCAL, 'local', 'c', 'a')).to.deep.equal(['local:c>b', 'local:b>a']);
  });

  it('are those of the line that its trains run through on, where it has few and the way is as short', () => {
    expect(over([...LOCAL, direct(20, 10)], 'direct', 'a', 'c')).to.deep.equal(['local:a>b', 'local:b>c']);
    expect(over([...LOCAL, direct(20, 10)], 'direct', 'c', 'a')).to.deep.equal(['local:c>b', 'local:b>a']);
  });

  it('are its own where it has trains enough, a shorter way, or tracks that no other class uses', () => {
    expect(over([...LOCAL, direct(20, 100)], 'direct', 'a', 'c')).to.deep.equal(['direct:a>c']);
    expect(over([...LOCAL, direct(15, 10)], 'direct', 'a', 'c')).to.deep.equal(['direct:a>c']);
    expect(over([...LOCAL, direct(20, 10, 'high-speed')], 'direct', 'a', 'c', 'high-speed')).to.deep.equal(['direct:a>c']);
  });

  it('are those of all lines where its own does not join the stops, and the stops themselves where none does', () => {
    expect(over(LOCAL, 'other', 'a', 'c')).to.deep.equal(['local:a>b', 'local:b>c']);
    expect(over(LOCAL, 'other', 'a', 'd')).to.deep.equal(['other:a>d']);
  });
});
