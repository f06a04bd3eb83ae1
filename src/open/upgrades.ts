import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { applyUpgrades } from '../build/apply-upgrade.ts';
import { plansUpgrade } from '../build/plans-upgrade.ts';
import { DataError, UsageError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';
import type { Region } from '../model/tables.ts';
import type { Upgrade } from '../model/upgrade.ts';
import { readUpgrade } from '../read/upgrades.ts';

/** The upgrade that every region has: all its plans. */
const PLANS = 'plans';

/** Names of the upgrades beside a region folder, in code-point order. */
export function shippedUpgrades(folder: string): string[] {
  const beside = join(folder, 'upgrades');
  if (!existsSync(beside)) return [];
  return readdirSync(beside)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace(/\.json$/, ''))
    .sort();
}

/** Names of an --upgrade option; empty where none is given. */
export function upgradeNames(option: string | undefined): string[] {
  return (option ?? '').split(',').flatMap((name) => (name.trim() ? [name.trim()] : []));
}

/**
 * Path of the file behind a name: a path as it is, else `upgrades/NAME.json` of the region folder; null for "plans".
 * @throws UsageError naming what is shipped
 */
export function upgradePath(folder: string, name: string): string | null {
  if (name === PLANS) return null;
  const beside = join(folder, 'upgrades', `${name}.json`);
  if (existsSync(beside)) return beside;
  if (name.endsWith('.json') && existsSync(name)) return name;
  const shipped = [PLANS, ...shippedUpgrades(folder)].join(', ');
  throw new UsageError(`--upgrade is "${name}"; expected a file of changes or one of ${shipped}`);
}

/**
 * Upgrades by name, for a region that has been read. @throws DataError with every fault of every file; UsageError for an unknown name
 */
export function openUpgrades(folder: string, region: Region, names: readonly string[]): { upgrades: Upgrade[]; notes: string[] } {
  const upgrades: Upgrade[] = [];
  const notes: string[] = [];
  const faults: Problem[] = [];
  for (const name of names) {
    const path = upgradePath(folder, name);
    if (path === null) {
      const { upgrade, left, imputed } = plansUpgrade(region);
      upgrades.push(upgrade);
      if (left.length > 0) notes.push(`plans left out: ${left.join('; ')}`);
      if (imputed.length > 0) notes.push(`plans whose minutes are 0.65 of their top speed: ${imputed.join(', ')}`);
      continue;
    }
    const { upgrade, problems } = readUpgrade(path);
    faults.push(...problems.filter((problem) => problem.severity === 'error'));
    if (upgrade) upgrades.push(upgrade);
  }
  if (faults.length > 0) throw new DataError(faults);
  return { upgrades, notes };
}

/** A region with named upgrades. @throws DataError with every change that cannot be made */
export function upgradeRegion(
  folder: string,
  region: Region,
  names: readonly string[],
): { region: Region; upgrades: readonly Upgrade[]; problems: readonly Problem[]; notes: readonly string[] } {
  const { upgrades, notes } = openUpgrades(folder, region, names);
  const { region: upgraded, problems } = applyUpgrades(region, upgrades);
  const faults = problems.filter((problem) => problem.severity === 'error');
  if (faults.length > 0) throw new DataError(faults);
  return { region: upgraded, upgrades, problems, notes };
}
