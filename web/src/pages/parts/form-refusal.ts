import type { ApiProblem } from '../../data/api-problem.ts';

/** Why the form was not taken: at its fields, or as a sentence. */
export interface FormRefusal {
  fields: ReadonlyMap<string, string>;
  sentence: string | null;
  /** Who has the number already. */
  takenBy: string | null;
}

export const NO_REFUSAL: FormRefusal = { fields: new Map(), sentence: null, takenBy: null };

/** What a refused person form is told. */
export function readRefusal(problem: ApiProblem): FormRefusal {
  const number = problem.errorCode === 'PHONE_NUMBER_INVALID' || problem.errorCode === 'PHONE_NUMBER_TAKEN';
  const fields = number
    ? new Map([['phoneNumber', problem.fields.get('phoneNumber') ?? problem.message]])
    : problem.fields;
  const { details } = problem;
  const known =
    typeof details === 'object' &&
    details !== null &&
    'userId' in details &&
    typeof details.userId === 'string';
  return {
    fields,
    sentence: fields.size > 0 ? null : problem.message,
    takenBy: known ? String(details.userId) : null,
  };
}
