import { DataError, LimitError, UsageError } from '../model/errors.ts';
import type { Problem } from '../model/problem.ts';

/** An error on its way between threads, which keep messages but not classes. */
export interface PackedError {
  readonly name: 'DataError' | 'LimitError' | 'UsageError' | 'RangeError' | 'TypeError' | 'Error';
  readonly message: string;
  readonly stack: string;
  readonly problems: readonly Problem[];
}

/** Class, message, facts and place of an error, as plain data. */
export function packError(error: unknown): PackedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '', problems: [] };
  const problems = error instanceof DataError ? error.problems : [];
  return { name: nameOf(error), message: error.message, stack: error.stack ?? '', problems };
}

function nameOf(error: Error): PackedError['name'] {
  if (error instanceof DataError) return 'DataError';
  if (error instanceof LimitError) return 'LimitError';
  if (error instanceof UsageError) return 'UsageError';
  if (error instanceof RangeError) return 'RangeError';
  return error instanceof TypeError ? 'TypeError' : 'Error';
}

/** The error again, of its class, with the stack of the thread it came from. */
export function unpackError({ name, message, stack, problems }: PackedError): Error {
  const error = unpacked(name, message, problems);
  if (stack !== '') error.stack = stack;
  return error;
}

function unpacked(name: PackedError['name'], message: string, problems: readonly Problem[]): Error {
  switch (name) {
    case 'DataError':
      return new DataError(problems);
    case 'LimitError':
      return new LimitError(message);
    case 'UsageError':
      return new UsageError(message);
    case 'RangeError':
      return new RangeError(message);
    case 'TypeError':
      return new TypeError(message);
    default:
      return new Error(message);
  }
}
