import type { Page } from '../../../functions/src/contract/lists.ts';
import type { InvitedOperator, InviteOperator, Operator, OperatorPatch, SessionItem } from '../../../functions/src/contract/team.ts';
import { call } from './http.ts';

type PageRequest = { cursor?: string; limit?: number };

export const listOperators = (query: PageRequest = {}, signal?: AbortSignal): Promise<Page<Operator>> =>
  call('GET', '/operators', { query, signal });

export const inviteOperator = (invitation: InviteOperator): Promise<InvitedOperator> => call('POST', '/operators', { body: invitation });

/** With `reinvite: true` the answer is an InvitedOperator, else the Operator. */
export const changeOperator = <P extends OperatorPatch>(operatorId: string, patch: P): Promise<P extends { reinvite: true } ? InvitedOperator : Operator> =>
  call('PATCH', `/operators/${encodeURIComponent(operatorId)}`, { body: patch });

/** One's own sessions, or everybody's with `all` (needs `sessions:any`). */
export const listSessions = (query: PageRequest & { all?: 'true' } = {}, signal?: AbortSignal): Promise<Page<SessionItem>> =>
  call('GET', '/sessions', { query, signal });

export const endSession = (sessionId: string): Promise<null> => call('DELETE', `/sessions/${encodeURIComponent(sessionId)}`);
