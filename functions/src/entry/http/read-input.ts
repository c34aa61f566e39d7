import type { z } from 'zod';
import { AppError } from '../../platform/errors.ts';
import { scrub } from '../../platform/log.ts';
import { problemWords } from './problem-words.ts';

/** One thing that is wrong with the input: where, and what, in words. */
export interface FieldProblem {
  path: string;
  message: string;
}

/** More than these are left out: a person reads the first few, and a program sends none. */
const MAX_PROBLEMS = 20;
const MAX_PATH = 80;

/** Keys come from the caller too, so a number among them is not sent back. */
function pathOf(parts: readonly PropertyKey[]): string {
  return scrub(parts.map(String).join('.')).slice(0, MAX_PATH);
}

function problemsOf(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap((issue): FieldProblem[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      message: 'There is no field of this name.',
    }));
  });
}

/** Throws VALIDATION_FAILED with `details: [{path, message}]`. */
export function refuseFields(problems: readonly FieldProblem[]): never {
  throw new AppError('VALIDATION_FAILED', { details: problems.slice(0, MAX_PROBLEMS) });
}

/** Checks `value` against `schema`; throws VALIDATION_FAILED naming every field that is wrong. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { error: problemWords });
  if (!parsed.success) refuseFields(problemsOf(parsed.error));
  return parsed.data;
}

/** The query as an object. A key that comes twice is refused: two readers could disagree about which one counts. */
export function readQuery(search: URLSearchParams): Record<string, string> {
  const problems: FieldProblem[] = [];
  const query: Record<string, string> = {};
  for (const key of new Set(search.keys())) {
    const [value, ...more] = search.getAll(key);
    if (more.length > 0) problems.push({ path: pathOf([key]), message: 'Give this field only once.' });
    else if (key === '__proto__') problems.push({ path: key, message: 'There is no field of this name.' });
    else query[key] = value ?? '';
  }
  if (problems.length > 0) refuseFields(problems);
  return query;
}
