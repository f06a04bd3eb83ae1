import { join } from 'node:path';
import { PLAIN_DEFAULTS } from '../../src/model/mode-defaults.ts';
import type { Region } from '../../src/model/tables.ts';
import { readRegion } from '../../src/read/region-folder.ts';
import { writeRegion } from '../../src/write/region-folder.ts';

/** Throws an Error where the outcome of a mutated input is wrong without a message; errors of our own classes pass through. */
export type Target = (folder: string, random: () => number) => Promise<void>;

export const check = (isRight: boolean, what: string) => {
  if (!isRight) throw new Error(`wrong without a message: ${what}`);
};

/** A region that was written must be read back without a fault. */
export function checkRegion(region: Region, folder: string): void {
  writeRegion(region, [], join(folder, 'out'));
  const { problems } = readRegion(join(folder, 'out'));
  const fault = problems.find(({ severity }) => severity === 'error');
  check(!fault, `the region written has a fault: ${JSON.stringify(fault)}`);
}

export const FUZZ_MANIFEST: Region['manifest'] = {
  id: 'fuzz',
  name: 'fuzz',
  nameLocal: 'fuzz',
  boundingBox: [0, 0, 1, 1],
  areaSquareKilometres: null,
  areaSource: '',
  primaryCore: '1',
  secondaryCores: [],
  currency: '',
  valueOfTimePerHour: 0,
  defaults: PLAIN_DEFAULTS,
  sources: [],
};
