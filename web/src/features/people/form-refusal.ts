import { waitWords } from '../../components/wait-words.ts';
import type { ApiProblem } from '../../data/api-problem.ts';

/** Why a person could not be saved: at the fields of the form, or as a sentence. */
export interface FormRefusal {
  fields: ReadonlyMap<string, string>;
  sentence: string | null;
  /** Who has this number already; the label is asked for apart. */
  takenBy: { id: string; label: string | null } | null;
}

export const NO_REFUSAL: FormRefusal = { fields: new Map(), sentence: null, takenBy: null };

/** What the form of a person shows of a refusal. */
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
    sentence: fields.size > 0 ? null : waitWords(problem),
    takenBy: known ? { id: String(details.userId), label: null } : null,
  };
}
