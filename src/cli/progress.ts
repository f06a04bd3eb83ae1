import { type Progress, SILENT } from '../model/progress.ts';

const BAR_CELLS = 24;
/** Work shorter than this shows nothing. */
const SILENT_MILLISECONDS = 1000;
const REDRAW_MILLISECONDS = 100;

/**
 * A progress line on standard error: only on a terminal, only for work over a second, gone when a step ends.
 *
 * @param isQuiet  the command's --quiet
 */
export function terminalProgress(isQuiet = false): Progress {
  const out = process.stderr;
  if (isQuiet || !out.isTTY) return SILENT;
  const start = Date.now();
  let drawn = 0;
  return (step, done, total) => {
    const now = Date.now();
    const isEnd = done >= total;
    if (isEnd && drawn > 0) out.write('\r\u001b[K');
    if (isEnd || now - start < SILENT_MILLISECONDS || now - drawn < REDRAW_MILLISECONDS) return;
    drawn = now;
    const cells = Math.round((done / total) * BAR_CELLS);
    out.write(`\r\u001b[K${step} ${'█'.repeat(cells)}${'░'.repeat(BAR_CELLS - cells)} ${done}/${total}`);
  };
}
