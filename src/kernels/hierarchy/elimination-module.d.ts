/** Written by `npm run build` from assembly/elimination.ts: the bytes of the WebAssembly module. */
export const ELIMINATION_MODULE: Uint8Array<ArrayBuffer>;
