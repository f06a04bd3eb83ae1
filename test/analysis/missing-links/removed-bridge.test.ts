import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { borders, DEFAULT_BORDERS, soundRegion } from '../../../src/analysis/borders/borders.ts';
import { missingLinks, ROAD_CANDIDATES } from '../../../src/analysis/missing-links/missing-links.ts';
import { zoneTimes } from '../../../src/analysis/zone-times.ts';
import { DEFAULT_GRAPH_OPTIONS } from '../../../src/build/graph-types.ts';
import type { Region } from '../../../src/model/tables.ts';
import { openNetwork } from '../../../src/open/open-network.ts';
import { writeRegion } from '../../../src/write/region-folder.ts';
import { BRIDGE_ROW, seat, twoJurisdictions } from '../../support/two-jurisdictions.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const OPTIONS = { ...DEFAULT_GRAPH_OPTIONS, mode: 'road' as const };

function opened(region: Region) {
  const { frozen } = openNetwork(region, OPTIONS);
  return { frozen, times: zoneTimes(frozen, region.zones) };
}

describe('a world of 6 × 6 towns whose bridge is gone', () => {
  const region = twoJurisdictions({ hasBridge: false });

  it('lacks the bridge before anything else, and its gain is what a sheet of paper says', () => {
    const { frozen, times } = opened(region);
    const trips = new Float64Array(36 * 36).fill(100);
    const [first] = missingLinks(region, frozen, times, trips, ROAD_CANDIDATES);
    expect([first?.from, first?.to]).to.deep.equal([seat(2, BRIDGE_ROW), seat(3, BRIDGE_ROW)]);
    // a motorway in open country: 20 km × 1.15 at 100 km/h
    const minutes = ((20 * 1.15) / 100) * 60;
    expect(first?.minutes).to.be.closeTo(minutes, 1e-9);
    // only trips along row 2 go round today, 20 minutes longer than over the old bridge: 3 towns × 3 towns, both ways, 100 trips each;
    // whole milliseconds: 13.8 minutes are 828,000
    expect(first?.gainPersonMinutes).to.be.closeTo(2 * 9 * 100 * (10 + 20 - minutes), 1e-9);
    // what a price needs
    expect(first).to.include({ mode: 'road', class: 'motorway', source: 'detour' });
    expect(first?.lengthKilometres).to.be.closeTo(23, 1e-9);
  });

  it('loses 10 × 3⅓ minutes at its border: neighbours across it against neighbours within', () => {
    const { times } = opened(region);
    const { fit } = borders(region, times, { ...DEFAULT_BORDERS, minimumKilometres: 1, maximumKilometres: 20.5 });
    const [all, border] = fit.costs;
    expect(border?.border).to.equal('East|West');
    // six pairs across: five of 10 minutes, one of 30 by the next bridge; 54 pairs within, all of 10 (and 2 ms at the doors)
    expect(border?.pairs).to.equal(6);
    expect(fit.within).to.equal(54);
    expect(border?.matchedMinutes?.value).to.be.closeTo(20 / 6, 1e-9);
    expect(border?.percent.value).to.be.closeTo((3 ** (1 / 6) - 1) * 100, 1e-4);
    expect(border?.minutes.value).to.be.closeTo((80 / 6) * (1 - 3 ** (-1 / 6)), 1e-5);
    expect(all?.percent.value).to.be.closeTo(border?.percent.value ?? 0, 1e-9);
  });

  it('costs nothing at its border when the bridge is there', () => {
    const whole = twoJurisdictions({ hasBridge: true });
    const { fit } = borders(whole, opened(whole).times, { ...DEFAULT_BORDERS, minimumKilometres: 1, maximumKilometres: 20.5 });
    expect(fit.costs[0]?.percent.value).to.be.closeTo(0, 1e-9);
    expect(fit.costs[0]?.matchedMinutes?.value).to.be.closeTo(0, 1e-9);
  });

  it('has one crossing less than parallels inside, 5 against 6 on 120 km', () => {
    const { permeability } = borders(region, opened(region).times, { ...DEFAULT_BORDERS, maximumKilometres: 20.5 });
    const [row] = permeability;
    // the border runs from the first row to the last, 5 × 20 km, and on by half a spacing at both rims; so do its parallels
    expect(row?.borderKilometres).to.be.closeTo(120, 0.1);
    expect(row?.crossings).to.equal(5);
    expect(row?.parallelPer100Kilometres).to.be.closeTo(6 / 1.2, 0.01);
  });

  it('leaves assumed neighbour roads out of border findings', () => {
    const assumed = region.roads.map((road, index) => (index === 0 ? { ...road, basis: 'assumed-neighbour' as const } : road));
    expect(soundRegion({ ...region, roads: assumed }, 'admin1').left).to.equal(1);
  });

  it('says the same on the command line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'corridor-'));
    try {
      writeRegion(region, [], folder);
      const run = (...parts: string[]) =>
        JSON.parse(spawnSync(process.execPath, [MAIN, ...parts, '--format', 'json'], { encoding: 'utf8' }).stdout);
      const found = run('missing-links', folder, '--mode', 'road', '--benchmark', 'none', '--failures', '2');
      expect(found.rows[0]).to.include({ rank: 1, from: seat(2, BRIDGE_ROW), to: seat(3, BRIDGE_ROW), length_km: 23, minutes: 13.8 });
      expect(found.rows[0].border_person_minutes).to.equal(found.rows[0].gain_person_minutes);
      const rows = run('borders', folder, '--mode', 'road', '--up-to', '20.5').rows;
      const matched = rows.find((row: { id: string; name: string }) => row.id === 'East|West' && row.name.includes('matched'));
      expect(matched).to.include({ kind: 'border', value: 3.33, unit: 'min', count: 6 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
