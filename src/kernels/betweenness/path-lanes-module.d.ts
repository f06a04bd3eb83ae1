/** Written by `npm run build` from assembly/path-lanes.ts: the bytes of the WebAssembly module. */
export const PATH_LANES_MODULE: Uint8Array<ArrayBuffer>;
