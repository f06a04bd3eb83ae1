import type { Zone } from '../model/tables.ts';

/** What a person may do with a region that was just made, and what it lacks. */
export function tellNextSteps(folder: string, zones: readonly Zone[]): void {
  const hasPeople = zones.some(({ population }) => population > 0);
  const lines =
    zones.length === 0
      ? [`no zones: corridor import zones FILE --population COLUMN --to ${folder} adds some, or --grid hexagon --cell 1 without people`]
      : hasPeople
        ? []
        : [`nobody is counted: corridor import zones brings people; until then ask for --opportunity zones`];
  const measure = hasPeople ? '' : ' --opportunity zones';
  lines.push(`next: corridor check ${folder}`);
  if (zones.length > 0) lines.push(`      corridor accessibility ${folder}${measure}`);
  process.stderr.write(`${lines.join('\n')}\n`);
}
