/**
 * The sweeps of betweenness in WebAssembly SIMD (AssemblyScript): lane for lane the same operations in the same order as in
 * sweep-forward.ts and sweep-back.ts, so that both give the same bytes. `npm run build` compiles it.
 */
export { ascendDemand, returnToOrigins } from './back';
export { climb, descend } from './forward';
