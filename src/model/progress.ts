/** How far a long job is: `done` of `total` parts of the step named. Kernels call it between parts, never inside a hot loop. */
export type Progress = (step: string, done: number, total: number) => void;

/** Tells nobody. */
export const SILENT: Progress = () => {};
