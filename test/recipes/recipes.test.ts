import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { betweenness, openNetwork, openRegion, zoneTimes } from 'corridor-network-analyser';

describe('the recipes of docs/library.md', () => {
  it('are these files, to the letter', () => {
    const page = readFileSync('docs/library.md', 'utf8');
    const blocks = [...page.matchAll(/^### .*\(`test\/recipes\/(.+?)`\)\n[\s\S]*?```ts\n([\s\S]*?)```$/gm)];
    const files = readdirSync('test/recipes').filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    expect(blocks.map(([, name]) => name).sort()).to.deep.equal(files.sort());
    for (const [, name, code] of blocks) expect(code, name).to.equal(readFileSync(`test/recipes/${name}`, 'utf8'));
  });

  it('give a table of zones and its map', async () => {
    const zonesForAMap = await import('./zones-for-a-map.ts');
    const lines = zonesForAMap.csv.trimEnd().split('\n');
    const { features } = JSON.parse(zonesForAMap.geojson) as { features: { properties: { reached: number } }[] };
    expect(lines).to.have.length(features.length + 1);
    expect(lines[1]?.endsWith(`,${features[0]?.properties.reached}`)).to.equal(true);
  });

  it('tell who gains by an upgrade, and that nobody loses', async () => {
    const beforeAndAfter = await import('./before-and-after.ts');
    expect(beforeAndAfter.personMinutesSavedADay).to.be.greaterThan(0);
    expect(beforeAndAfter.winners).to.be.greaterThan(0);
    const losers = beforeAndAfter.comparison.rows.find(({ scope, measure }) => scope === 'region' && measure === 'losers:cumulative:60');
    expect(losers?.after).to.equal(0);
  });

  it('rank links by what they bring', async () => {
    const linksToBuild = await import('./links-to-build.ts');
    expect(linksToBuild.links).to.have.length(5);
    const gains = linksToBuild.links.map(({ gainPersonMinutes }) => gainPersonMinutes);
    expect(gains).to.deep.equal(gains.slice().sort((a, b) => b - a));
    expect(linksToBuild.first).to.equal(gains[0]);
  });

  it('take a network of one’s own', async () => {
    const ownNetwork = await import('./your-own-network.ts');
    expect(ownNetwork.minutes).to.equal(180_000);
    expect([...ownNetwork.tree]).to.deep.equal([180_000, 120_000, 60_000, 0]);
    expect([...ownNetwork.between.node]).to.deep.equal([0, 4, 4, 0]);
  });

  it('meet the paradox of Braess', async () => {
    const equilibrium = await import('./equilibrium.ts');
    expect(equilibrium.minutesACar[0]).to.be.closeTo(83, 1e-6);
    expect(equilibrium.minutesACar[1]).to.be.closeTo(92, 1e-6);
    expect(equilibrium.certificate.relativeGap).to.be.at.most(1e-12);
  });

  it('use all cores for the same bytes', async () => {
    const allCores = await import('./all-cores.ts');
    const { region } = openRegion('boston-washington');
    const { frozen } = openNetwork(region, { mode: 'road', year: null, speeds: 'harmonised' });
    expect(allCores.times.milliseconds).to.deep.equal(zoneTimes(frozen, region.zones).milliseconds);
    expect(allCores.shares.node).to.deep.equal(betweenness(frozen.network).node);
  });
});
