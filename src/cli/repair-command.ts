import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { EditList, RoadRows } from '../model/edits.ts';
import { UsageError } from '../model/errors.ts';
import type { Region } from '../model/tables.ts';
import { openRegion, regionFolder } from '../open/open-network.ts';
import { readEdits } from '../read/edits.ts';
import { applyEdits, DEFAULT_REPAIR, planRepair } from '../repair/repair.ts';
import { editParts, writeRepaired } from '../write/edits.ts';
import { numberOption } from './network-options.ts';
import { writeWhole } from './output.ts';

export interface RepairFlags {
  readonly edits?: string;
  readonly snap: string;
  readonly connect: string;
  readonly apply?: boolean;
}

/** The options of `check --repair`. */
export function withRepairOptions(command: Command): Command {
  return command
    .option('--repair', 'propose edits that mend the roads, in edits.json; nothing else is changed')
    .option('--snap <metres>', 'with --repair: loose ends this near are joined', String(DEFAULT_REPAIR.toleranceMetres))
    .option('--connect <metres>', 'with --repair: islands this near are joined by a connector', String(DEFAULT_REPAIR.connectMetres))
    .option('--edits <file>', 'with --repair: where the edits go; default edits.json in the region folder')
    .option('--apply', 'with --repair: apply the edits at once');
}

export function registerRepair(program: Command): void {
  program
    .command('repair <network>')
    .description('apply, or undo, the edits that check --repair proposed')
    .option('--edits <file>', 'default edits.json in the region folder')
    .option('--undo', 'take the edits back')
    .addHelpText('after', '\nExample: corridor check networks/porto --repair && corridor repair networks/porto')
    .action((network: string, flags: { edits?: string; undo?: boolean }) => repair(network, flags));
}

function roadRows(region: Region): RoadRows {
  return { junctions: region.junctions, roads: region.roads, turns: region.turns ?? [] };
}

function summary(list: EditList): string {
  const counts = new Map<string, number>();
  for (const { kind } of list.edits) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => `${count} ${kind}`);
  return `${list.edits.length} edits${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

/** Edits listed by default on the terminal; all of them are in the file. */
const MOST_LISTED = 20;

/** Propose edits for a region, write them, and apply them where asked. */
export function proposeRepair(network: string, flags: RepairFlags): void {
  const folder = regionFolder(network);
  const file = flags.edits ?? join(folder, 'edits.json');
  if (existsSync(file) && readEdits(file).state === 'applied') {
    throw new UsageError(
      `${file} holds edits that are applied; undo them first (corridor repair ${network} --undo), or name another --edits`,
    );
  }
  const { region } = openRegion(network);
  const options = {
    toleranceMetres: numberOption('--snap', flags.snap, 0, 1000),
    connectMetres: numberOption('--connect', flags.connect, 0, 100_000),
  };
  const list = planRepair(roadRows(region), options);
  writeWhole(file, [...editParts(list)].join(''));
  for (const { id, kind, why } of list.edits.slice(0, MOST_LISTED)) process.stdout.write(`${id} ${kind}: ${why}\n`);
  if (list.edits.length > MOST_LISTED) process.stdout.write(`… and ${list.edits.length - MOST_LISTED} more\n`);
  process.stdout.write(`${summary(list)}; ${file}\n`);
  if (flags.apply) repair(network, { edits: file });
}

function repair(network: string, flags: { edits?: string; undo?: boolean }): void {
  const folder = regionFolder(network);
  const file = flags.edits ?? join(folder, 'edits.json');
  if (!existsSync(file)) throw new UsageError(`${file} is absent; corridor check ${network} --repair writes it`);
  const list = readEdits(file);
  const isUndo = flags.undo === true;
  if (list.state === (isUndo ? 'proposed' : 'applied')) {
    throw new UsageError(`the edits of ${file} are ${isUndo ? 'not applied' : 'applied already'}`);
  }
  const { region } = openRegion(network);
  const changed = applyEdits(roadRows(region), list, isUndo ? 'undo' : 'apply', file);
  const after: EditList = { ...list, state: isUndo ? 'proposed' : 'applied' };
  const { turns, ...rest } = { ...region, ...changed };
  writeRepaired(folder, turns.length > 0 || region.turns ? { ...rest, turns } : rest, after);
  if (flags.edits) writeWhole(flags.edits, [...editParts(after)].join(''));
  process.stdout.write(`${summary(list)} ${isUndo ? 'undone' : 'applied'}; ${folder}\n`);
}
