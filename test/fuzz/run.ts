import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

/** node dist/test/fuzz/run.js [files a format] [seed] [format …]: the whole fuzz run; the suite does a small part of it. */
const [count = '10000', seed = '1', ...formats] = process.argv.slice(2);
for (const format of formats.length > 0 ? formats : Object.keys(TARGETS)) {
  const { read, refused, failures, slowestMilliseconds } = await fuzz(format, Number(count), Number(seed));
  const counts = `${read} read, ${refused} refused with a message, ${failures.length} failures`;
  process.stdout.write(`${format}: ${count} files, ${counts}, slowest ${slowestMilliseconds.toFixed(0)} ms\n`);
  for (const failure of failures.slice(0, 5)) process.stdout.write(`${failure}\n`);
  if (failures.length > 0) process.exitCode = 1;
}
