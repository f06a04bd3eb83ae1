import { describeProblem, type Problem } from './problem.ts';

/** A bad option or argument: exit code 2. */
export class UsageError extends Error {}

/** Bad input, with every fault found: exit code 1. */
export class DataError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(describeProblem).join('\n'), options);
    this.problems = problems;
  }
}

/** Too large or out of time: exit code 3. */
export class LimitError extends Error {}
