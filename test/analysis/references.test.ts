import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkReferences } from '../../src/analysis/checks/reference-check.ts';
import { openRegion, shippedRegions } from '../../src/open/open-network.ts';

const PAGE = readFileSync(new URL('../../../docs/references.md', import.meta.url), 'utf8');

describe('the page of published times', () => {
  it('lists every miss of the shipped regions with its figures, and nothing else', () => {
    const listed = PAGE.split('\n')
      .filter((line) => /^\| (jing-jin-ji|tokyo|boston-washington) \|/.test(line))
      .map((line) => line.split(' | ').slice(0, 6).join(' | ').replace('| ', ''));
    const missed = shippedRegions().flatMap((name) =>
      checkReferences(openRegion(name).region)
        .filter((row) => !row.isWithin)
        .map(({ reference: { what, from, to, value, year }, unit, computed }) => {
          return [name, what, from, to, `${value} ${unit} (${year})`, computed === null ? 'no way' : computed.toFixed(1)].join(' | ');
        }),
    );
    expect(listed).to.have.members(missed);
  });

  it('counts what is met, region by region', () => {
    for (const name of shippedRegions()) {
      const { region } = openRegion(name);
      const rows = checkReferences(region);
      expect(PAGE).to.contain(`| ${region.manifest.name} | ${rows.length} | ${rows.filter((row) => row.isWithin).length} |`);
    }
  });
});
