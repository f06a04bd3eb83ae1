import type { Command } from 'commander';
import { type ExportFlags, FORMATS } from './export-formats.ts';

/**
 * @param makeProgram  the command line anew, with the command named: results come from the commands themselves, so that a figure is the same wherever it is read
 */
export function registerExport(program: Command, makeProgram: (command: string) => Promise<Command>): void {
  program
    .command('export <network> [options...]')
    .description('a network, or a result of any command, for other programs; options after -- go to the command of --result')
    .requiredOption('--as <format>', FORMATS.join(', '))
    .requiredOption('--out <path>', 'a file; a folder for formats of several files')
    .option('--result <command>', 'export what this command gives: accessibility, matrix, centrality, equity, missing-links …')
    .option('--mode <mode>', 'road, rail or multimodal', 'multimodal')
    .option('--year <year>', 'only links opened by then')
    .option('--speeds <model>', 'as-given or harmonised', 'as-given')
    .option('--upgrade <names>', 'upgrades of the region, files of changes, or plans; commas between, applied in this order')
    .option('--default-speed <kmh>', 'for GeoJSON lines without a speed; each use is counted')
    .addHelpText(
      'after',
      '\n<network> may also be a result that a command wrote with --format json.' +
        '\n\nExample: corridor export tokyo --as geoparquet --result accessibility --mode rail --out tokyo.parquet -- --measure cumulative:45',
    )
    .action(async (network: string, rest: string[], flags: ExportFlags) => {
      // the writers weigh more than all else: no other command waits for them
      const { runExport } = await import('./run-export.ts');
      await runExport(network, rest, flags, makeProgram);
    });
}
