import { expect } from 'chai';
import { type DefaultTreeAdapterTypes, type ParserError, parse } from 'parse5';
import type { GraphOptions } from '../../src/build/graph-types.ts';
import { UsageError } from '../../src/model/errors.ts';
import type { Region } from '../../src/model/tables.ts';
import { reachOf } from '../../src/report/analyses.ts';
import { indicatorsOf } from '../../src/report/benchmark-table.ts';
import { regionContexts } from '../../src/report/context.ts';
import { type Report, renderReport } from '../../src/report/page.ts';
import { acrossFindings, regionFindings } from '../../src/report/sections/findings.ts';
import { toCsv } from '../../src/write/result-table.ts';
import { lineWorld } from '../worlds/line-world.ts';
import { tianjin } from '../worlds/tianjin.ts';

const OPTIONS: GraphOptions = { mode: 'multimodal', year: null, speeds: 'harmonised' };
const contextsOf = (regions: readonly Region[], options = OPTIONS) =>
  regionContexts(
    regions.map((region) => ({ region, problems: [], inputs: [{ file: 'zones.geojson', sha256: '0'.repeat(64) }] })),
    options,
  );
const reportOn = (regions: readonly Region[], options = OPTIONS): Report => renderReport(contextsOf(regions, options));

/** Faults of a page: what the HTML standard's parser objects to, ids used twice, links to nowhere, pictures without words. */
function pageFaults({ html, tables }: Report): string[] {
  const faults: string[] = [];
  const document = parse(html, {
    sourceCodeLocationInfo: true,
    onParseError: (error: ParserError) => faults.push(`line ${error.startLine}: ${error.code}`),
  });
  const ids = new Set<string>();
  const targets: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('attrs' in node) {
      const value = (name: string) => node.attrs.find((attribute) => attribute.name === name)?.value;
      const id = value('id');
      if (id !== undefined && ids.has(id)) faults.push(`id ${id} is used twice`);
      if (id !== undefined) ids.add(id);
      const href = value('href');
      if (href?.startsWith('#')) targets.push(href.slice(1));
      else if (
        href !== undefined &&
        !tables.some(({ file, geometries }) => href === `tables/${file}.csv` || (geometries && href === `geojson/${file}.geojson`))
      )
        faults.push(`${href} is no file of the report`);
      if (
        node.tagName === 'svg' &&
        value('aria-hidden') !== 'true' &&
        !/\d|No candidate|none|unknown|not known/.test(value('aria-label') ?? '')
      )
        faults.push(`a picture without its number: ${value('aria-label')}`);
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(document);
  for (const target of targets) if (!ids.has(target)) faults.push(`#${target} leads nowhere`);
  return faults;
}

describe('the report', () => {
  it('is valid HTML whose links, files and pictures hold, on real tables and on a made world together', () => {
    const report = reportOn([tianjin(), lineWorld()]);
    expect(pageFaults(report)).to.deep.equal([]);
    expect(report.html).not.to.match(/NaN|undefined|Infinity|\[object/);
    expect(report.html).not.to.match(/(src|href)="(https?:)?\/\//);
    expect(report.html).not.to.match(/url\((?!#)|@import/);
    const files = report.tables.map(({ file }) => file);
    expect(new Set(files).size).to.equal(files.length);
  }).timeout(60_000);

  it('comes out the same twice, byte for byte, and whatever the order of features', () => {
    const region = tianjin();
    const turned = { ...region, roads: region.roads.toReversed(), rail: region.rail.toReversed(), stations: region.stations.toReversed() };
    const first = reportOn([region]);
    expect(reportOn([region]).html).to.equal(first.html);
    const again = reportOn([turned]);
    expect(again.tables.map(({ table }) => toCsv(table))).to.deep.equal(first.tables.map(({ table }) => toCsv(table)));
    expect(again.html).to.equal(first.html);
  }).timeout(60_000);

  it('tells gaps in words where a region has no rail, no jobs, no core, no plans and lies off the known land', () => {
    const world = lineWorld({
      rail: [],
      stations: [],
      junctions: lineWorld().junctions,
      zones: lineWorld().zones.map((zone) => ({ ...zone, jobs: null })),
    });
    const region = { ...world, manifest: { ...world.manifest, primaryCore: 'nowhere', secondaryCores: [] } };
    const report = reportOn([region]);
    expect(pageFaults(report)).to.deep.equal([]);
    expect(report.html).not.to.match(/NaN|undefined|Infinity/);
    expect(report.html).to.contain('The tables hold no railway in this slice');
    expect(report.html).to.contain('names no primary core');
    expect(report.html).to.contain('names no planned link');
    expect(report.html).to.contain('no published time or distance');
  });

  for (const [what, change] of [
    ['one zone', { zones: lineWorld().zones.slice(0, 1) }],
    ['no links at all', { rail: [], roads: [] }],
    ['nobody', { zones: lineWorld().zones.map((zone) => ({ ...zone, population: 0 })) }],
    ['two zones on one spot', { zones: lineWorld().zones.map((zone) => ({ ...zone, longitude: 0 })) }],
  ] as const) {
    it(`stands with ${what}`, () => {
      for (const mode of ['road', 'rail', 'multimodal'] as const) {
        const report = reportOn([lineWorld(change)], { ...OPTIONS, mode });
        expect(pageFaults(report)).to.deep.equal([]);
        expect(report.html).not.to.match(/NaN|undefined|Infinity/);
      }
    });
  }

  it('tells bottlenecks, borders, growth and what links cost on real tables, with their CSV', () => {
    const { html, tables } = reportOn([tianjin()]);
    expect(html).to.match(/at [\d.]+ times its capacity the ride takes \d+ min/);
    expect(html).to.contain('Synthetic demand, no counts');
    const files = tables.map(({ file }) => file.replace(/^.*?-(?=bottlenecks|growth|missing)/, ''));
    expect(files).to.include.members(['bottlenecks', 'growth', 'missing-links']);
    const links = tables.find(({ file }) => file.endsWith('missing-links'))?.table;
    expect(links?.columns.map(({ name }) => name)).to.include.members(['cost', 'benefit_cost_ratio', 'rank_low', 'rank_high']);
  }).timeout(60_000);

  it('refuses two networks of one id', () => {
    expect(() => contextsOf([lineWorld(), lineWorld()])).to.throw(UsageError, 'two networks have the id');
  });

  it('keeps to the mode, the year and the speeds that were asked for', () => {
    const rail = reportOn([lineWorld()], { mode: 'rail', year: null, speeds: 'as-given' });
    expect(rail.html).to.contain('measured door to door by rail, with the speeds that each table gives');
    expect(rail.html).to.contain('--mode rail --speeds as-given');
    // the line opened in 2000, the roads in 1990
    const before = reportOn([lineWorld()], { ...OPTIONS, year: 1995 });
    expect(before.html).to.contain('on the network of 1995');
    expect(before.html).to.contain('The tables hold no railway in this slice');
    expect(before.html).to.contain('36 km of other road');
  });

  it('gives the same figure as the benchmark and names place and number in each finding', () => {
    const contexts = contextsOf([tianjin(), lineWorld()]);
    const [first] = contexts;
    if (!first) throw new Error('no region');
    const indicator = indicatorsOf(first)
      .get('harmonised')
      ?.find((row) => row.measure === 'people reachable in 60 min, mean');
    expect(reachOf(first).meanWithin / 1e6).to.be.closeTo(indicator?.value ?? 0, 1e-9);
    for (const finding of [...acrossFindings(contexts), ...contexts.flatMap(regionFindings)]) {
      expect(finding.text).to.match(/\d/);
      expect(finding.text).to.match(/[A-Z][a-z]+/);
      expect(finding.how.length).to.be.greaterThan(20);
    }
  }).timeout(60_000);
});
