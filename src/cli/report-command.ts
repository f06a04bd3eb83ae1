import { join } from 'node:path';
import type { Command } from 'commander';
import { openRegion, shippedRegions } from '../open/open-network.ts';
import { renderReport } from '../report/page.ts';
import { analyseRegion } from '../report/region-report.ts';
import { toCsv } from '../write/result-table.ts';
import { benchmarkTable } from './benchmark-command.ts';
import { writeWhole } from './output.ts';

export function registerReport(program: Command): void {
  program
    .command('report [networks...]')
    .description('everything as one page, with CSV tables beside it')
    .option('--out <folder>', 'where to write', 'report')
    .addHelpText('after', '\nExample: corridor report jing-jin-ji --out report')
    .action((networks: string[], flags: { out: string }) => report(networks.length > 0 ? networks : shippedRegions(), flags.out));
}

function report(networks: readonly string[], out: string): void {
  const regions = networks.map((network) => {
    const { region } = openRegion(network);
    if (process.stderr.isTTY) process.stderr.write(`${region.manifest.name} …\n`);
    const analysed = analyseRegion(region);
    for (const [name, table] of analysed.tables) writeWhole(join(out, 'tables', `${region.manifest.id}-${name}.csv`), toCsv(table));
    for (const [name, text] of analysed.geojson) writeWhole(join(out, 'geojson', `${region.manifest.id}-${name}.geojson`), text);
    return analysed;
  });
  const table = benchmarkTable(networks, null);
  writeWhole(join(out, 'tables', 'benchmark.csv'), toCsv(table));
  const delineation = table.columns.findIndex(({ name }) => name === 'delineation');
  const page = renderReport(regions, { ...table, rows: table.rows.filter((row) => row[delineation] === 'whole') });
  writeWhole(join(out, 'index.html'), page);
  process.stdout.write(`${join(out, 'index.html')} (${(page.length / 1e6).toFixed(1)} MB), tables and GeoJSON beside it\n`);
}
