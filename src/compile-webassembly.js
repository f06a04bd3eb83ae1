// Compile the WebAssembly kernels and embed their bytes in dist, so that kernels read no file. `npm run build` calls this after tsc.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';

const KERNELS = [
  { folder: 'src/kernels/hierarchy', name: 'lanes', constant: 'LANES_MODULE' },
  { folder: 'src/kernels/hierarchy', name: 'elimination', constant: 'ELIMINATION_MODULE' },
  { folder: 'src/kernels/hierarchy', name: 'triangles', constant: 'TRIANGLES_MODULE' },
  { folder: 'src/kernels/betweenness', name: 'path-lanes', constant: 'PATH_LANES_MODULE' },
];
// no runtime, no allocation: a module works on memory that is passed in
const OPTIONS = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--initialMemory', '1'];

const changed = (file) => statSync(file).mtimeMs;

for (const { folder, name, constant } of KERNELS) {
  const target = `dist/${folder}/${name}-module.js`;
  const sources = readdirSync(`${folder}/assembly`).map((file) => `${folder}/assembly/${file}`);
  if (existsSync(target) && [...sources, 'src/compile-webassembly.js'].every((file) => changed(file) < changed(target))) continue;
  // the compiler weighs more than all else here: it is loaded only where there is work for it
  const { main } = await import('assemblyscript/asc');
  let bytes = new Uint8Array(0);
  const { error, stderr } = await main([`${folder}/assembly/${name}.ts`, '--outFile', `${name}.wasm`, ...OPTIONS], {
    writeFile: (file, content) => {
      if (file.endsWith('.wasm')) bytes = content;
    },
  });
  if (error) {
    process.stderr.write(`${stderr.toString()}\n${error.message}\n`);
    process.exit(1);
  }
  mkdirSync(`dist/${folder}`, { recursive: true });
  writeFileSync(target, `export const ${constant} = new Uint8Array([${Array.from(bytes).join(',')}]);\n`);
}
