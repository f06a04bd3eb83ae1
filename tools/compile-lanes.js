// Compile the WebAssembly kernels and embed their bytes in dist, so that kernels read no file. `npm run build` calls this after tsc.
import { mkdirSync, writeFileSync } from 'node:fs';
import { main } from 'assemblyscript/asc';

const FOLDER = 'src/kernels/hierarchy';
let bytes = new Uint8Array(0);
const { error, stderr } = await main(
  // no runtime, no allocation: the module works on memory that is passed in
  [
    `${FOLDER}/assembly/lanes.ts`,
    '--outFile',
    'lanes.wasm',
    '-O3',
    '--noAssert',
    '--enable',
    'simd',
    '--runtime',
    'stub',
    '--importMemory',
    '--initialMemory',
    '1',
  ],
  {
    writeFile: (name, content) => {
      if (name.endsWith('.wasm')) bytes = content;
    },
  },
);
if (error) {
  process.stderr.write(`${stderr.toString()}\n${error.message}\n`);
  process.exit(1);
}
const numbers = Array.from(bytes).join(',');
mkdirSync(`dist/${FOLDER}`, { recursive: true });
writeFileSync(`dist/${FOLDER}/lanes-module.js`, `export const LANES_MODULE = new Uint8Array([${numbers}]);\n`);
