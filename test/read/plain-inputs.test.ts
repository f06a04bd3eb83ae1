import { expect } from 'chai';
import { DEFAULT_GRAPH_OPTIONS } from '../../src/build/graph-types.ts';
import { DataError } from '../../src/model/errors.ts';
import { openLinks } from '../../src/open/open-links.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';

const line = (id: string, coordinates: number[][], properties: object = {}) => {
  return { type: 'Feature', id, geometry: { type: 'LineString', coordinates }, properties: { speed_kmh: 60, ...properties } };
};

describe('a single file', () => {
  const folder = folderForEachTest();
  const { write } = folder;
  const geojson = (features: object[]) => write('lines.geojson', JSON.stringify({ type: 'FeatureCollection', features }));

  it('of lines that share a vertex has a node there; lines that only cross have none', () => {
    const shared = openLinks(
      geojson([
        line('a', [
          [0, 0],
          [0.5, 0],
          [1, 0],
        ]),
        line('b', [
          [0.5, 0],
          [0.5, 1],
        ]),
      ]),
      DEFAULT_GRAPH_OPTIONS,
    );
    expect([shared.network.nodeCount, shared.network.arcCount]).to.deep.equal([4, 6]);
    const crossing = openLinks(
      geojson([
        line('a', [
          [0, 0],
          [1, 0],
        ]),
        line('b', [
          [0.5, -1],
          [0.5, 1],
        ]),
      ]),
      DEFAULT_GRAPH_OPTIONS,
    );
    expect([crossing.network.nodeCount, crossing.network.arcCount]).to.deep.equal([4, 4]);
  });

  it('joins ends within the tolerance, and goes one way where told', () => {
    const near = [
      line(
        'a',
        [
          [0, 0],
          [1, 0],
        ],
        { oneway: 'yes' },
      ),
      line(
        'b',
        [
          [1.000005, 0],
          [2, 0],
        ],
        { oneway: '-1' },
      ),
    ];
    const joined = openLinks(geojson(near), DEFAULT_GRAPH_OPTIONS);
    expect([joined.network.nodeCount, joined.network.arcCount]).to.deep.equal([3, 2]);
  });

  it('without a speed is refused line by line, and counted where a default is given', () => {
    const path = geojson([
      line(
        'a',
        [
          [0, 0],
          [1, 0],
        ],
        { speed_kmh: null },
      ),
      line(
        'b',
        [
          [1, 0],
          [2, 0],
        ],
        { speed_kmh: 'fast' },
      ),
    ]);
    expect(() => openLinks(path, DEFAULT_GRAPH_OPTIONS)).to.throw(DataError, /"fast"[\s\S]*feature a: speed_kmh is nothing/);
    const one = geojson([
      line(
        'a',
        [
          [0, 0],
          [1, 0],
        ],
        { speed_kmh: null },
      ),
    ]);
    const { notes } = openLinks(one, DEFAULT_GRAPH_OPTIONS, { toleranceMetres: 1, defaultSpeedKilometresPerHour: 50 });
    expect(notes.join()).to.contain('imputed 1 times: speed: 50 km/h');
  });

  it('as an edge list keeps row numbers as link ids and lists every bad weight', () => {
    const { network } = openLinks(write('edges.csv', 'from,to,weight\na,b,1000\nb,a,2000\na,b,1000\n'), DEFAULT_GRAPH_OPTIONS);
    expect(network.linkIds).to.deep.equal(['0', '1', '2']);
    expect(network.arcCount).to.equal(3);
    const bad = write('bad.csv', 'from,to,weight\na,b,1.5\nb,a,\nb,c,-4\n');
    expect(() => openLinks(bad, DEFAULT_GRAPH_OPTIONS)).to.throw(DataError, /line 2[\s\S]*line 3[\s\S]*line 4/);
  });
});
