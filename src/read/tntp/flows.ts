import type { Problem } from '../../model/problem.ts';
import { faultsInto, openTntp, rowFields, strictNumber } from './tntp-file.ts';

interface TntpFlow {
  readonly from: number;
  readonly to: number;
  readonly volume: number;
  /** generalised cost in the file's unit; null where it is not given */
  readonly cost: number | null;
}

/**
 * Published flows of a `_flow.tntp` file: from, to, volume, cost; with or without metadata and head. Rows at fault are reported and left out.
 *
 * Cost O(bytes).
 */
export function readTntpFlows(path: string): { flows: TntpFlow[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = faultsInto(problems);
  const opened = openTntp(path, fault);
  const flows: TntpFlow[] = [];
  opened?.lines.forEach(({ line, text }) => {
    if (/^\s*(~|from|tail|init)/i.test(text)) return;
    const [from, to, volume, cost] = rowFields(text.replace(/:/g, ' '), 4).map((field) => strictNumber(field));
    if (from === undefined || to === undefined || volume === undefined || !(from >= 1 && to >= 1 && volume >= 0)) {
      fault('bad-flow', opened.file, `line ${line}`, 'row', `"${text.trim()}"`, 'from, to, volume and cost');
      return;
    }
    flows.push({ from, to, volume, cost: cost === undefined || !Number.isFinite(cost) ? null : cost });
  });
  if (opened && flows.length === 0) fault('no-flows', opened.file, '–', 'rows', 'none', 'a link a row');
  return { flows, problems };
}
