/** Written by `npm run build` from assembly/triangles.ts: the bytes of the WebAssembly module. */
export const TRIANGLES_MODULE: Uint8Array<ArrayBuffer>;
