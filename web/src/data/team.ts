import type { Page } from '../../../functions/src/contract/lists.ts';
import type {
  InvitedOperator,
  InviteOperator,
  Operator,
  OperatorPatch,
  SessionItem,
} from '../../../functions/src/contract/team.ts';
import { call } from './http.ts';

type PageRequest = { cursor?: string; limit?: number };

export const listOperators = (query: PageRequest = {}, signal?: AbortSignal): Promise<Page<Operator>> =>
  call('GET', '/operators', { query, signal });

export const inviteOperator = (invitation: InviteOperator): Promise<InvitedOperator> =>
  call('POST', '/operators', { body: invitation });

/** Name, role or status; what to do about a lost password or invitation is `reinviteOperator`'s. */
export const changeOperator = (
  operatorId: string,
  patch: Omit<OperatorPatch, 'reinvite'>,
): Promise<Operator> => call('PATCH', `/operators/${encodeURIComponent(operatorId)}`, { body: patch });

/** A new one-time link for someone who has not joined, or who has lost their password. */
export const reinviteOperator = (operatorId: string): Promise<InvitedOperator> =>
  call('PATCH', `/operators/${encodeURIComponent(operatorId)}`, { body: { reinvite: true } });

/** One's own sessions, or everybody's with `all` (needs `sessions:any`). */
export const listSessions = (
  query: PageRequest & { all?: 'true' } = {},
  signal?: AbortSignal,
): Promise<Page<SessionItem>> => call('GET', '/sessions', { query, signal });

export const endSession = (sessionId: string): Promise<null> =>
  call('DELETE', `/sessions/${encodeURIComponent(sessionId)}`);
