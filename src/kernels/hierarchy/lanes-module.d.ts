/** Written by `npm run build` from assembly/lanes.ts: the bytes of the WebAssembly module. */
export const LANES_MODULE: Uint8Array<ArrayBuffer>;
