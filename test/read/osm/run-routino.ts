import { compareWithRoutino } from '../../support/routino-comparison.ts';

/** The long run: `node dist/test/read/osm/run-routino.js FILE km/h|mph [pairs] [seed]`. */
const [file = '', unit, count = '200', seed = '1'] = process.argv.slice(2);
const { pairs, junctions, turns } = await compareWithRoutino(file, unit === 'mph' ? 8.04672 : 5, Number(count), Number(seed));
process.stdout.write(`${junctions} junctions, ${turns} turn restrictions, ${pairs.length} pairs\n`);
const verdicts = new Map<string, number>();
for (const pair of pairs) {
  verdicts.set(pair.verdict, (verdicts.get(pair.verdict) ?? 0) + 1);
  process.stdout.write(
    `${pair.from}\t${pair.to}\t${pair.minutes.toFixed(3)}\t${pair.routinoMinutes.toFixed(3)}\t${pair.routinoMinutesHere.toFixed(3)}\t` +
      `${pair.kilometres.toFixed(3)}\t${pair.routinoKilometres.toFixed(3)}\t${pair.segmentsAgreed}/${pair.segments}\t${pair.verdict}\n`,
  );
}
const shares = pairs.flatMap(({ minutes, routinoMinutes }) => (minutes > 0 ? [routinoMinutes / minutes - 1] : [])).sort((a, b) => a - b);
const percent = (share = Number.NaN) => `${(100 * share).toFixed(2)} %`;
process.stdout.write(
  `Routino's own minutes against ours: least ${percent(shares[0])}, median ${percent(shares[shares.length >> 1])}, most ${percent(shares.at(-1))}; ` +
    `${shares.filter((share) => Math.abs(share) > 0.01).length} pairs differ by over 1 %\n`,
);
for (const [verdict, number] of verdicts) process.stdout.write(`${number}\t${verdict}\n`);
