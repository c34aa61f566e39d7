import type { AuditContext } from '../../audit/append.ts';
import type { Scopes } from '../../contract/permissions.ts';
import type { Editor } from '../../outbox/authorship.ts';
import type { Session } from '../../team/session.ts';

interface Known {
  /** Of the operator, or of the program: what limits, counters, idempotency keys and the audit log know the caller by. */
  id: string;
  /** The name at this moment. */
  label: string;
  scopes: Scopes;
}

/** Somebody who signed in to the console; the session came by cookie. */
export interface OperatorCaller extends Known {
  kind: 'operator';
  session: Session;
}

/** A program, by an API key or by an access token. */
export interface ProgramCaller extends Known {
  kind: 'key' | 'token';
}

/** Who calls a public route. Credentials are not looked at there. */
export interface Nobody {
  kind: 'nobody';
}

export type KnownCaller = OperatorCaller | ProgramCaller;
export type Caller = KnownCaller | Nobody;

export const NOBODY: Nobody = { kind: 'nobody' };

/** What goes into every audit entry of a caller's request; `address` is '' where it is not known. */
export function auditContext(caller: KnownCaller, address: string, requestId: string): AuditContext {
  const kind = caller.kind === 'operator' ? 'operator' : 'program';
  const actor = { kind, id: caller.id, label: caller.label } as const;
  return { actor, address: address === '' ? null : address, requestId };
}

/** The caller as somebody who changes or cancels a message. */
export function editorOf({ id, label, scopes }: KnownCaller): Editor {
  return { operatorId: id, operator: label, scopes };
}
