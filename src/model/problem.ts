/** A fault or suspicion found in input, as data: where, what was found, what was expected. */
export interface Problem {
  /** error stops the command (exit 1), warning is a suspicion, note counts an imputed value */
  readonly severity: 'error' | 'warning' | 'note';
  /** a stable word for the kind, e.g. "dangling-end" */
  readonly kind: string;
  readonly file: string;
  readonly feature: string;
  readonly property: string;
  readonly found: string;
  readonly expected: string;
}

/** One line a planner can act on. */
export function describeProblem(problem: Problem): string {
  const { severity, kind, file, feature, property, found, expected } = problem;
  return `${severity} ${kind}: ${file}, feature ${feature}: ${property} is ${found}; expected ${expected}.`;
}
