/** As much of WebAssembly as is used: its types belong to the browser's library, which the project does not load. */
interface Assembly {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
}

const PAGE_BYTES = 65_536;

const assembly = (globalThis as { WebAssembly?: Assembly }).WebAssembly;

/** Compiled once a thread; null where the engine cannot run the module. */
const compiled = new Map<Uint8Array, object | null>();

function compile(module: Uint8Array): object | null {
  const known = compiled.get(module);
  if (known !== undefined) return known;
  const fresh = assembly?.validate(module) ? new assembly.Module(module) : null;
  compiled.set(module, fresh);
  return fresh;
}

/** Whether this engine runs a module: not where it uses SIMD and the engine has none. */
export function canRun(module: Uint8Array): boolean {
  return compile(module) !== null;
}

export interface StartedModule<F> {
  readonly buffer: ArrayBuffer;
  readonly functions: F;
  readonly grow: (bytes: number) => ArrayBuffer;
}

/**
 * Start a module without runtime or imports other than its memory; `F` is the type of its functions.
 *
 * @returns   the zeroed memory, the functions over it and what makes it longer (views of the old memory are dead then), or null where the
 *            engine cannot run the module
 * @throws    RangeError where so much memory cannot be had
 */
export function startModule<F>(module: Uint8Array, bytes: number): StartedModule<F> | null {
  const ready = compile(module);
  if (!ready || !assembly) return null;
  const memory = new assembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE_BYTES)) });
  const { exports } = new assembly.Instance(ready, { env: { memory } });
  const grow = (wanted: number): ArrayBuffer => {
    const pages = Math.ceil(wanted / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES;
    if (pages > 0) memory.grow(pages);
    return memory.buffer;
  };
  return { buffer: memory.buffer, functions: exports as F, grow };
}
