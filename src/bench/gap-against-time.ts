import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { flowProblem } from '../analysis/assignment/flow-problem.ts';
import { type LinkMethod, linkEquilibrium } from '../kernels/assignment/frank-wolfe.ts';
import type { AssignmentProblem } from '../kernels/assignment/trip-classes.ts';
import { type ConvergenceStep, userEquilibrium } from '../kernels/assignment/user-equilibrium.ts';
import { openTntpFlows } from '../open/open-tntp.ts';
import { type GapPoint, gapChart } from './gap-chart.ts';

/** Gaps that the table gives times for. */
const MARKS = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8, 1e-10, 1e-12];
const LINK_METHODS: readonly LinkMethod[] = ['frank-wolfe', 'conjugate', 'bi-conjugate', 'averages'];

/**
 * Gap against processor time of every method on one TNTP net, one after the other in one process: CSV of all points, Markdown table and SVG plot.
 *
 *   node dist/src/bench/gap-against-time.js NET.tntp --toll-factor 0.02 --distance-factor 0.04 --seconds 30 --out docs/assignment
 */
function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      trips: { type: 'string' },
      'toll-factor': { type: 'string', default: '0' },
      'distance-factor': { type: 'string', default: '0' },
      seconds: { type: 'string', default: '30' },
      name: { type: 'string', default: 'network' },
      out: { type: 'string', default: '.' },
    },
  });
  const [net = ''] = positionals;
  const { input } = openTntpFlows(net, {
    trips: values.trips ?? null,
    tollFactor: Number(values['toll-factor']),
    distanceFactor: Number(values['distance-factor']),
  });
  const { problem } = flowProblem(input);
  const limit = Number(values.seconds);
  // a short run of each first, so that no method pays for the compiler alone
  measure(problem, limit, 3);
  const points = measure(problem, limit, Number.POSITIVE_INFINITY);
  mkdirSync(values.out, { recursive: true });
  const rows = points.map(({ method, iteration, seconds, relativeGap, objective }) =>
    [method, iteration, seconds.toFixed(4), relativeGap.toPrecision(6), objective].join(','),
  );
  writeFileSync(join(values.out, `${values.name}-gap.csv`), `method,iteration,seconds,relative_gap,objective\n${rows.join('\n')}\n`);
  writeFileSync(
    join(values.out, `${values.name}-gap.svg`),
    gapChart(points, `${values.name}: relative gap against processor seconds, one run`),
  );
  process.stdout.write(markdown(points));
}

/** Seconds that the process has computed: unlike the clock on the wall, other work on the machine hardly moves it. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function measure(problem: AssignmentProblem, limitSeconds: number, maxIterations: number): GapPoint[] {
  const points: GapPoint[] = [];
  const timed = (method: string, run: (onStep: (step: ConvergenceStep) => void) => void) => {
    const start = processorSeconds();
    const stop = new Error('time is up');
    try {
      run((step) => {
        const seconds = processorSeconds() - start;
        points.push({ method, iteration: step.iteration, seconds, relativeGap: step.relativeGap, objective: step.objective });
        if (seconds > limitSeconds) throw stop;
      });
    } catch (error) {
      if (error !== stop) throw error;
    }
  };
  const iterations = Math.min(maxIterations, 1e6);
  timed('bush', (onStep) => userEquilibrium(problem, { gap: 1e-13, maxIterations: iterations, onStep }));
  for (const method of LINK_METHODS)
    timed(method, (onStep) => linkEquilibrium(problem, { method, gap: 1e-13, maxIterations: iterations, onStep }));
  return points;
}

/** Seconds to each gap by method; a dash where the time ran out before. */
function markdown(points: readonly GapPoint[]): string {
  const methods = [...new Set(points.map(({ method }) => method))];
  const lines = methods.map((method) => {
    const own = points.filter((point) => point.method === method);
    const cells = MARKS.map((mark) => own.find(({ relativeGap }) => relativeGap <= mark)?.seconds.toFixed(2) ?? '–');
    const best = Math.min(...own.map(({ relativeGap }) => relativeGap));
    return `| ${method} | ${cells.join(' | ')} | ${best.toExponential(1)} after ${own.at(-1)?.iteration} |`;
  });
  const head = `| method | ${MARKS.map((mark) => mark.toExponential(0)).join(' | ')} | best gap, iterations |`;
  return `${[head, `|---|${MARKS.map(() => '---|').join('')}---|`, ...lines].join('\n')}\n`;
}

main();
