import { Command } from 'commander';
import { CORRIDOR_VERSION } from '../model/version.ts';
import { checkCall } from './check-call.ts';

type Register = (program: Command) => void;

interface Part {
  /** names of the commands that the part registers */
  readonly names: readonly string[];
  readonly load: () => Promise<Register>;
}

/** Every command, in the order of the help. A call loads the code of the command it names, and nothing else's. */
const PARTS: readonly Part[] = [
  { names: ['regions', 'describe'], load: async () => (await import('./regions-command.ts')).registerRegions },
  { names: ['check', 'repair'], load: async () => (await import('./check-command.ts')).registerCheckCommands },
  { names: ['matrix'], load: async () => (await import('./matrix-command.ts')).registerMatrix },
  { names: ['route'], load: async () => (await import('./route-command.ts')).registerRoute },
  { names: ['accessibility', 'equity'], load: async () => (await import('./zone-commands.ts')).registerZoneCommands },
  { names: ['isochrones'], load: async () => (await import('./isochrone-command.ts')).registerIsochrones },
  { names: ['centrality'], load: async () => (await import('./centrality-command.ts')).registerCentrality },
  { names: ['bottlenecks'], load: async () => (await import('./bottlenecks-command.ts')).registerBottlenecks },
  { names: ['demand'], load: async () => (await import('./demand-command.ts')).registerDemand },
  { names: ['borders'], load: async () => (await import('./borders-command.ts')).registerBorders },
  { names: ['missing-links'], load: async () => (await import('./missing-links-command.ts')).registerMissingLinks },
  { names: ['compare'], load: async () => (await import('./compare-command.ts')).registerCompare },
  { names: ['portfolio'], load: async () => (await import('./portfolio-command.ts')).registerPortfolio },
  { names: ['growth'], load: async () => (await import('./growth-command.ts')).registerGrowth },
  { names: ['benchmark', 'report'], load: async () => (await import('./report-command.ts')).registerReport },
  { names: ['bench'], load: async () => (await import('./bench-command.ts')).registerBench },
  { names: ['import'], load: async () => (await import('./import-command.ts')).registerImport },
  {
    names: ['export'],
    load: async () => {
      const { registerExport } = await import('./export-command.ts');
      return (program) => registerExport(program, buildProgram);
    },
  },
];

/**
 * The command line, with the one command named where it is known, else with all of them.
 *
 * @param name  the first word of a call, e.g. "matrix"
 */
export async function buildProgram(name: string | undefined): Promise<Command> {
  const program = new Command('corridor')
    .version(CORRIDOR_VERSION)
    .description(
      'Transport network graph analyser: who reaches what, which link holds a region back, which is missing, what an upgrade would change.',
    )
    .exitOverride()
    .hook('preAction', (_program, command) => checkCall(command))
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  const named = PARTS.filter(({ names }) => name !== undefined && names.includes(name));
  for (const { load } of named.length > 0 ? named : PARTS) (await load())(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
