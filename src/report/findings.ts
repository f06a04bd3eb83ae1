import { borderSpeedRatio } from '../analysis/pair-speeds.ts';
import type { RegionReport } from './region-report.ts';

export interface Finding {
  readonly text: string;
  readonly how: string;
}

const millions = (value: number) => `${(value / 1e6).toFixed(1)} million`;

/** The main findings in words, each naming place and number. */
export function findings(reports: readonly RegionReport[]): Finding[] {
  return reports.flatMap((report) => {
    const { region, reachable, gini, missing, speeds, core, bands } = report;
    const name = region.manifest.name;
    const rows: Finding[] = [];
    const worst = region.zones.map((zone, index) => ({ zone, value: reachable[index] ?? 0 })).sort((a, b) => a.value - b.value)[0];
    const best = region.zones.map((zone, index) => ({ zone, value: reachable[index] ?? 0 })).sort((a, b) => b.value - a.value)[0];
    const hour = bands.find((band) => band.minutes === 60);
    if (worst && best && hour && core) {
      rows.push({
        text: `${name}: ${millions(hour.population)} people reach ${core.name} within an hour. From ${best.zone.name} ${millions(best.value)} people are within an hour, from ${worst.zone.name} ${millions(worst.value)} (Gini ${gini.toFixed(2)}).`,
        how: 'cumulative accessibility to population at 60 minutes, best of road and road-rail-road, harmonised speeds, own zone included; Gini weighted by population',
      });
    }
    for (const mode of ['road', 'rail'] as const) {
      const first = missing.find((link) => link.mode === mode && link.rank === 1);
      if (!first) continue;
      rows.push({
        text: `${name}: the ${mode} link to look at first is ${first.fromName} – ${first.toName}, ${first.lengthKilometres.toFixed(0)} km: it would save ${millions(first.gainPersonMinutes)} person-minutes a day (${first.why}).`,
        how: 'exact new time of every zone pair with the link added, times modelled gravity trips; candidates are nodes near on the map and at least 1.4 times as far by network',
      });
    }
    const ratio = borderSpeedRatio(speeds);
    if (ratio !== null) {
      rows.push({
        text: `${name}: at equal distance, pairs of zones across a jurisdiction's border travel at ${(ratio * 100).toFixed(0)}% of the speed of pairs inside one.`,
        how: 'mean straight-line door-to-door speed by 25 km distance band, across over within, on published and recalled links (assumed neighbour roads left out); no test of significance, and the mix of city sizes is not held equal',
      });
    }
    return rows;
  });
}
