import type { Page } from '../../../functions/src/contract/lists.ts';
import type {
  InvitedOperator,
  InviteOperator,
  Operator,
  OperatorPatch,
  SessionItem,
} from '../../../functions/src/contract/team.ts';
import { ApiProblem } from './api-problem.ts';
import { call } from './http.ts';

type PageRequest = { cursor?: string; limit?: number };

export const listOperators = (query: PageRequest = {}, signal?: AbortSignal): Promise<Page<Operator>> =>
  call('GET /operators', { query, signal });

export const inviteOperator = (invitation: InviteOperator): Promise<InvitedOperator> =>
  call('POST /operators', { body: invitation });

/** Name, role or status; what to do about a lost password or invitation is `reinviteOperator`'s. */
export async function changeOperator(
  operatorId: string,
  patch: Omit<OperatorPatch, 'reinvite'>,
): Promise<Operator> {
  const answer = await call('PATCH /operators/{operatorId}', { params: { operatorId }, body: patch });
  return 'operator' in answer ? answer.operator : answer;
}

/** A new one-time link for someone who has not joined, or who has lost their password. */
export async function reinviteOperator(operatorId: string): Promise<InvitedOperator> {
  const answer = await call('PATCH /operators/{operatorId}', {
    params: { operatorId },
    body: { reinvite: true },
  });
  if ('operator' in answer) return answer;
  throw new ApiProblem({ errorCode: 'UNREADABLE', message: 'The link could not be read. Try again.' }, 200);
}

/** One's own sessions, or everybody's with `all` (needs `sessions:any`). */
export const listSessions = (
  query: PageRequest & { all?: 'true' } = {},
  signal?: AbortSignal,
): Promise<Page<SessionItem>> => call('GET /sessions', { query, signal });

export const endSession = (sessionId: string): Promise<null> =>
  call('DELETE /sessions/{sessionId}', { params: { sessionId } });
