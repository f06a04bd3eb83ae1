import { spawnSync } from 'node:child_process';

/** What a program writes; throws with its error text where it fails. */
export function outputOf(program: string, parts: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(program, parts, { encoding: 'utf8', maxBuffer: 1e9, input });
  if (status !== 0) throw new Error(`${program} ${parts.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

export function hasProgram(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

/** The first Python on the machine that has a module, or null. */
export function pythonWith(module: string): string | null {
  return ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0) ?? null;
}

/** A test that needs a program from outside; where it is absent it is skipped, and its name says what is missing. */
export function itWithTool(name: string, tool: string, isThere: boolean, body: (this: Mocha.Context) => void | Promise<void>): void {
  if (isThere) it(name, body);
  else it.skip(`${name} (needs ${tool})`);
}
