// Compile the WebAssembly kernels and embed their bytes in dist, so that kernels read no file. `npm run build` calls this after tsc.
import { mkdirSync, writeFileSync } from 'node:fs';
import { main } from 'assemblyscript/asc';

const KERNELS = [
  { folder: 'src/kernels/hierarchy', name: 'lanes', constant: 'LANES_MODULE' },
  { folder: 'src/kernels/betweenness', name: 'path-lanes', constant: 'PATH_LANES_MODULE' },
];
// no runtime, no allocation: a module works on memory that is passed in
const OPTIONS = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--initialMemory', '1'];

for (const { folder, name, constant } of KERNELS) {
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
  writeFileSync(`dist/${folder}/${name}-module.js`, `export const ${constant} = new Uint8Array([${Array.from(bytes).join(',')}]);\n`);
}
