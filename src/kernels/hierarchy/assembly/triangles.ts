/**
 * Costs of all edges of a customisation through their triangles, in WebAssembly SIMD (AssemblyScript). `npm run build` compiles it;
 * triangles-plain.ts holds the same steps in plain TypeScript and gives the same numbers.
 *
 * The two directions of an edge lie side by side, out then into, and are worked on together. Addresses are bytes from the start of the
 * imported memory, and `table` is the address of their table, in the order of triangle-memory.ts. Every walk takes the middles from … to - 1, so
 * that a long one can be done in stretches.
 */
export { gather, press, rise } from './triangle-costs';
export { countParts, layParts, riseCounted } from './triangle-counts';
