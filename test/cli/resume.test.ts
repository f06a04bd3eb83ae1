import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type RunIdentity, resumeFolder } from '../../src/cli/resume-folder.ts';
import { regionFolder } from '../../src/open/open-network.ts';
import { folderForEachTest } from '../support/scratch-folder.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const run = (...parts: string[]) => spawnSync(process.execPath, [MAIN, ...parts], { encoding: 'utf8', maxBuffer: 1e9 });

describe('runs that are stopped and gone on with', () => {
  const folder = folderForEachTest();

  const partFiles = () => (existsSync(folder.at('kept')) ? readdirSync(folder.at('kept')).filter((name) => name.endsWith('.jsonl')) : []);
  const stopped = (child: ChildProcess) => new Promise<NodeJS.Signals | null>((done) => child.on('close', (_code, signal) => done(signal)));

  /** Start a call and kill it as soon as it has kept something more; whether it was killed before its end. */
  async function killedOnce(call: readonly string[], signal: NodeJS.Signals): Promise<boolean> {
    const before = partFiles().length;
    const child = spawn(process.execPath, [MAIN, ...call], { stdio: 'ignore' });
    const watch = setInterval(() => {
      if (partFiles().length > before) child.kill(signal);
    }, 10);
    const end = await stopped(child);
    clearInterval(watch);
    return end === signal;
  }

  for (const [name, call, signals] of [
    [
      'missing-links',
      ['missing-links', 'jing-jin-ji', '--mode', 'road', '--benchmark', 'none', '--failures', '24', '--limit', '10', '--format', 'csv'],
      ['SIGKILL', 'SIGINT', 'SIGKILL'],
    ],
    ['portfolio', ['portfolio', 'jing-jin-ji', '--mode', 'road', '--budget', '30%', '--candidates', '18', '--format', 'csv'], ['SIGKILL']],
  ] as const) {
    it(`give the same bytes as one that was not: ${name}, killed ${signals.length} times`, async () => {
      const whole = run(...call);
      expect(whole.status, whole.stderr).to.equal(0);
      const kept = [...call, '--resume', folder.at('kept')];
      for (const signal of signals) expect(await killedOnce(kept, signal), signal).to.equal(true);
      const found = partFiles().length;
      expect(found).to.be.at.least(signals.length);
      const resumed = run(...kept);
      expect(resumed.status, resumed.stderr).to.equal(0);
      expect(resumed.stdout).to.equal(whole.stdout);
    }).timeout(180_000);
  }

  it('are refused with other options, other files, or in a folder that holds something else', () => {
    const region = folder.at('region');
    cpSync(regionFolder('jing-jin-ji'), region, { recursive: true });
    const call = ['missing-links', region, '--mode', 'road', '--benchmark', 'none', '--limit', '5', '--resume', folder.at('kept')];
    expect(run(...call).status).to.equal(0);
    expect(run(...call, '--format', 'csv', '--quiet').status, 'form of the output').to.equal(0);
    const options = run(...call, '--limit', '6', '--year', '2013');
    expect(options.status).to.equal(2);
    expect(options.stderr).to.match(
      /^corridor: --resume .*kept holds another run: option limit was 5, is 6; option year was not given, is 2013; .*\n$/,
    );
    const zones = join(region, 'zones.geojson');
    writeFileSync(zones, readFileSync(zones, 'utf8').replace(/"population":(\d)/, '"population":9$1'));
    const files = run(...call);
    expect(files.status).to.equal(2);
    expect(files.stderr).to.match(/holds another run: file region\/zones\.geojson was [0-9a-f]{64}, is [0-9a-f]{64};/);
    const foreign = run('missing-links', 'jing-jin-ji', '--resume', region);
    expect(foreign.status).to.equal(2);
    expect(foreign.stderr).to.contain('and no run; expected an empty or a new folder');
  }).timeout(120_000);

  it('compute again what a torn file held, and nothing else', () => {
    const identity: RunIdentity = { command: 'test', options: { limit: 1 }, inputs: [] };
    const kept = folder.at('kept');
    const slow =
      <T>(value: T) =>
      () => {
        const end = Date.now() + 260;
        while (Date.now() < end);
        return value;
      };
    const first = resumeFolder(kept, identity);
    expect(first.part('a', slow([0.1 + 0.2, 'é', null]))).to.deep.equal([0.1 + 0.2, 'é', null]);
    first.words('b', slow(Uint32Array.of(0, 1, 4294967295)));
    first.part('c', slow({ d: 1e-300 }));
    const files = partFiles();
    expect(files).to.have.length(3);
    const last = join(kept, files[2] ?? '');
    writeFileSync(last, readFileSync(last, 'utf8').slice(0, -2));
    const second = resumeFolder(kept, identity);
    const never = () => {
      throw new Error('computed again');
    };
    expect(second.part('a', never)).to.deep.equal([0.1 + 0.2, 'é', null]);
    expect([...second.words('b', never)]).to.deep.equal([0, 1, 4294967295]);
    expect(second.part('c', () => 'again')).to.equal('again');
    expect(() => second.part('e', () => [Number.NaN])).to.throw(RangeError, 'expected finite numbers');
  });
});
