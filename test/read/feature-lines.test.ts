import { expect } from 'chai';
import { hasFeatureLines, readFeatureLines } from '../../src/read/feature-lines.ts';
import { featureLines } from '../../src/write/feature-lines.ts';
import { withFile } from '../support/osm-worlds.ts';

const ROWS = Array.from({ length: 5 }, (_none, index) => ({
  id: `a${index}`,
  geometry: { type: 'Point', coordinates: [index, -index / 3] } as const,
  properties: { name: `Name, "${index}" – 名` },
}));
const TEXT = [...featureLines(ROWS)].join('');

const read = (text: string) =>
  withFile('x.geojson', text, async (path) => {
    const faults: string[] = [];
    const ids = [...readFeatureLines(path, (line, found) => faults.push(`${line}: ${found}`))].map((value) => (value as { id: string }).id);
    return { ids, faults, isRecognised: hasFeatureLines(path) };
  });

describe('a collection of one feature a line', () => {
  it('is read back feature by feature as it was written', async () => {
    expect(await read(TEXT)).to.deep.equal({ ids: ['a0', 'a1', 'a2', 'a3', 'a4'], faults: [], isRecognised: true });
    expect((await read([...featureLines([])].join(''))).faults).to.deep.equal([]);
    expect(JSON.parse(TEXT).features[4].geometry.coordinates).to.deep.equal([4, -1.3333333]);
  });

  it('may have a feature that was broken over lines by hand', async () => {
    expect((await read(TEXT.replace('"geometry":', '\n  "geometry":\n '))).ids).to.have.length(5);
  });

  it('is told from one laid out otherwise', async () => {
    expect((await read(JSON.stringify(JSON.parse(TEXT), null, 2))).isRecognised).to.equal(false);
  });

  it('names the line where it is cut off, broken, or goes on beyond its end', async () => {
    const lines = TEXT.split('\n');
    expect((await read(lines.slice(0, 4).join('\n'))).faults.join()).to.match(/cut off/);
    expect((await read(TEXT.slice(0, TEXT.length - 30))).faults.join()).to.match(/^6: /);
    expect((await read(TEXT.replace('"id":"a2"', '"id":a2'))).faults.join()).to.match(/^4: /);
    expect((await read(`${TEXT}{}\n`)).faults.join()).to.contain('after the end');
  });
});
