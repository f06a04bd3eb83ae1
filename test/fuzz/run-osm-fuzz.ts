import { type FuzzFormat, fuzzOsm } from './osm-fuzz.ts';

/** The long run: `node dist/test/fuzz/run-osm-fuzz.js 10000 [seed]`. Exit code 1 where anything failed. */
const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
for (const format of ['pbf', 'xml', 'gz', 'bz2'] satisfies FuzzFormat[]) {
  const { refused, read, failures } = await fuzzOsm(format, count, seed);
  process.stdout.write(
    `${format}: ${count} broken files, ${refused} refused with a message, ${read} read to a sound network, ${failures.length} failures\n`,
  );
  for (const failure of failures.slice(0, 20)) process.stdout.write(`  ${failure}\n`);
  if (failures.length > 0) process.exitCode = 1;
}
