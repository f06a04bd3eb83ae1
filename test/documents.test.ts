import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { buildProgram } from '../src/cli/program.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const text = (name: string) => readFileSync(join(ROOT, name), 'utf8');

/** Files of the project below a folder, in their order. */
function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

const TOP_PAGES = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
const PAGES = [...TOP_PAGES, ...['docs', 'networks', 'src'].flatMap((folder) => filesBelow(folder, '.md'))];

/** Calls of the command line in a page: inline code, and lines of a block. */
function callsIn(page: string): string[] {
  return [...text(page).matchAll(/(?:^|`|&& )(?:npx )?corridor ((?:[a-z][a-z-]*)(?: [^`#\n]*)?)/gm)].map((match) =>
    (match[1] ?? '').trim(),
  );
}

describe('the documents', () => {
  it('link to files that are there', () => {
    expect(PAGES.length).to.be.greaterThan(15);
    const broken = PAGES.flatMap((page) =>
      [...text(page).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(ROOT, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).to.deep.equal([]);
  });

  it('name source files that are there', () => {
    const sources = ['src', 'test'].flatMap((folder) => filesBelow(folder, '.ts')).map((name) => name.replaceAll('\\', '/'));
    const gone = PAGES.flatMap((page) =>
      [...text(page).matchAll(/`([\w./-]+\.ts)`/g)]
        .map((match) => match[1] ?? '')
        .filter((named) => !sources.some((source) => source === named || source.endsWith(`/${named}`)))
        .map((named) => `${page}: ${named}`),
    );
    expect(gone).to.deep.equal([]);
  });

  it('name commands and options that exist', async () => {
    const program = await buildProgram(undefined);
    const wrong = PAGES.flatMap((page) =>
      callsIn(page).flatMap((call) => {
        const [name = '', sub = ''] = call.split(' ');
        const first = program.commands.find((command) => command.name() === name);
        const command = first?.commands.find((inner) => inner.name() === sub) ?? first;
        if (!command) return [`${page}: ${call}`];
        // options after -- belong to the command of --result
        const options = [...(call.split(' -- ')[0] ?? '').matchAll(/(?<=[\s[])--[a-z-]+/g)].map(([option]) => option);
        const known = ['--help', ...command.options.map(({ long }) => long)];
        return options.filter((option) => !known.includes(option)).map((option) => `${page}: ${name} ${option}`);
      }),
    );
    expect(callsIn('README.md').length).to.be.greaterThan(15);
    expect(wrong).to.deep.equal([]);
  });

  it('give a reason for every dependency, and for nothing else', () => {
    const { dependencies, devDependencies } = JSON.parse(text('package.json')) as Record<string, Record<string, string>>;
    const rows = (text('src/README.md').split('## Dependencies')[1] ?? '').matchAll(/^\| ((?!package|-).*?) +\|/gm);
    const explained = [...rows].flatMap((match) => (match[1] ?? '').replaceAll(/\([^)]*\)/g, '').split(',')).map((name) => name.trim());
    const needed = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
    expect(explained.sort()).to.deep.equal(needed.sort());
  });

  it('list every folder of the source', () => {
    const listed = [...text('src/README.md').matchAll(/^\| `([a-z]+)\/` /gm)].map((match) => match[1]);
    const there = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(listed.sort()).to.deep.equal(there.map(({ name }) => name).sort());
  });

  it('lock no package to an address', () => {
    expect(text('package-lock.json')).not.to.contain('"resolved"');
  });
});
