import type { z } from 'zod';

type Problem = z.core.$ZodRawIssue;

const TYPES: Readonly<Record<string, string>> = {
  string: 'Give text here.',
  number: 'Give a number here.',
  int: 'Give a whole number here.',
  boolean: 'Give true or false here.',
  array: 'Give a list here.',
  object: 'Give an object here.',
  record: 'Give an object here.',
};

/**
 * What is wrong with a field, for people: where a schema has no words of its own for it, and the library would speak of
 * its inner life. Pure; never repeats what was sent.
 */
export function problemWords(problem: Problem): string {
  switch (problem.code) {
    case 'invalid_type':
      return typeWords(problem);
    case 'too_small':
      return leastWords(problem);
    case 'too_big':
      return mostWords(problem);
    case 'invalid_value':
      return `Use one of these: ${problem.values.map(String).join(', ')}.`;
    case 'not_multiple_of':
      return `Use a multiple of ${String(problem.divisor)}.`;
    case 'invalid_format':
      return problem.format === 'datetime'
        ? 'Write the time with its zone, such as 2026-11-21T09:30:00Z.'
        : 'This is not written as it should be.';
    // The name of a field is wrong: its own schema says how.
    case 'invalid_key':
      return problem.issues[0]?.message ?? 'This name is not allowed.';
    default:
      return 'This value is not allowed.';
  }
}

function typeWords({ input, expected }: Extract<Problem, { code: 'invalid_type' }>): string {
  if (input === undefined) return 'This field is missing.';
  return TYPES[expected] ?? 'This value is not allowed.';
}

function leastWords({ origin, minimum, inclusive }: Extract<Problem, { code: 'too_small' }>): string {
  const least = minimum.toLocaleString('en');
  if (origin === 'string')
    return minimum === 1 ? 'Write something here.' : `Use at least ${least} characters.`;
  if (origin === 'array') return `Give at least ${least}.`;
  return inclusive === false ? `Use more than ${least}.` : `Use ${least} or more.`;
}

function mostWords({ origin, maximum, inclusive }: Extract<Problem, { code: 'too_big' }>): string {
  const most = maximum.toLocaleString('en');
  if (origin === 'string') return `Use at most ${most} characters.`;
  if (origin === 'array') return `Give at most ${most}.`;
  return inclusive === false ? `Use less than ${most}.` : `Use ${most} or less.`;
}
