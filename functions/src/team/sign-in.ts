import type { DocumentReference, Transaction } from '@google-cloud/firestore';
import { appendAudit, SYSTEM_ACTOR, type AuditContext } from '../audit/append.ts';
import { SESSION_SECONDS } from '../contract/limits.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Operator } from './operator.ts';
import { operatorsStore } from './operators-store.ts';
import { isPassword } from './password.ts';
import type { Session } from './session.ts';
import { sessionsStore } from './sessions-store.ts';
import { signInAttemptsStore, type Counted } from './sign-in-attempts-store.ts';
import { addressGroup, afterFailure, NO_ATTEMPTS, secondsLocked, type Attempts } from './sign-in-throttle.ts';

export interface SignInDeps {
  db: Database;
  ids: Ids;
  config: Pick<Config, 'secrets'>;
}

export interface SignInAttempt {
  email: string;
  password: string;
  /** '' where it is not known: then only the account is counted. */
  address: string;
  device: string;
  requestId: string;
}

export type SignInResult =
  | { kind: 'signed_in'; session: Session; operator: Operator }
  | { kind: 'wrong' }
  | { kind: 'locked'; retryAfterSeconds: number };

/** Something that is counted, and what is known of it. */
interface Counter {
  reference: DocumentReference;
  attempts: Attempts;
}

/**
 * Signs an operator in (OP-1, OP-5). The password is compared before the transaction, which takes a quarter of a
 * second on purpose; the transaction reads operator and counters again, so that neither a deactivation nor a lock that
 * came in between is passed by, and guesses that run side by side count one by one.
 */
export async function signIn(deps: SignInDeps, attempt: SignInAttempt, now: Date): Promise<SignInResult> {
  const operators = operatorsStore(deps.db, deps.config);
  const attempts = signInAttemptsStore(deps.db, deps.config);
  const id = operators.idOf(attempt.email);
  const counted: Counted[] = [{ kind: 'account', operatorId: id }];
  if (attempt.address !== '') counted.push({ kind: 'address', group: addressGroup(attempt.address) });
  const references = counted.map((each) => attempts.reference(each));

  const [known, ...snapshots] = await Promise.all([
    operators.find(id),
    ...references.map((each) => each.get()),
  ]);
  const early = longestLock(
    snapshots.map((each) => attempts.parse(each)),
    now,
  );
  if (early > 0) return { kind: 'locked', retryAfterSeconds: early };
  const right = await isPassword(attempt.password, known?.passwordHash ?? null);

  return deps.db.runTransaction(async (transaction): Promise<SignInResult> => {
    const operator = await operators.find(id, transaction);
    const counters = (await transaction.getAll(...references)).map((snapshot): Counter => ({
      reference: snapshot.ref,
      attempts: attempts.parse(snapshot),
    }));
    const locked = longestLock(
      counters.map((each) => each.attempts),
      now,
    );
    if (locked > 0) return { kind: 'locked', retryAfterSeconds: locked };
    // Only the very hash that was compared counts: the password may have been changed meanwhile.
    const admitted =
      right &&
      operator !== null &&
      operator.status === 'active' &&
      operator.passwordHash === known?.passwordHash;
    if (!admitted) return refuse(deps, transaction, { counters, operator, attempt, now });
    const [account] = counters;
    if (account !== undefined && account.attempts.failures.length > 0)
      attempts.put(transaction, account.reference, NO_ATTEMPTS, now);
    return { kind: 'signed_in', operator, session: start(deps, transaction, operator, attempt, now) };
  });
}

function longestLock(attempts: readonly Attempts[], now: Date): number {
  return Math.max(0, ...attempts.map((each) => secondsLocked(each, now)));
}

function refuse(
  deps: SignInDeps,
  transaction: Transaction,
  seen: { counters: readonly Counter[]; operator: Operator | null; attempt: SignInAttempt; now: Date },
): SignInResult {
  const store = signInAttemptsStore(deps.db, deps.config);
  const after = seen.counters.map((each) => ({ ...each, attempts: afterFailure(each.attempts, seen.now) }));
  for (const each of after) store.put(transaction, each.reference, each.attempts, seen.now);
  const locks = after.some((each) => secondsLocked(each.attempts, seen.now) > 0);
  // Who tried is not known: the actor is Parley, and the target the account, where there is one.
  appendAudit(transaction, deps, auditContext(SYSTEM_ACTOR, seen.attempt), {
    action: 'session.refused',
    target: { kind: 'operator', id: seen.operator?.id ?? null },
    after: { reason: seen.operator?.status === 'deactivated' ? 'deactivated' : 'credentials', locked: locks },
  });
  return { kind: 'wrong' };
}

function start(
  deps: SignInDeps,
  transaction: Transaction,
  operator: Operator,
  attempt: SignInAttempt,
  now: Date,
): Session {
  // Whole seconds, as the token counts them; down, so that no session outlasts its 4 hours.
  const second = Math.floor(now.getTime() / 1000) * 1000;
  const session: Session = {
    id: deps.ids.next(),
    operatorId: operator.id,
    operator: operator.name,
    role: operator.role,
    startedAt: new Date(second),
    endsAt: new Date(second + SESSION_SECONDS * 1000),
    endedAt: null,
    endReason: null,
    address: attempt.address,
    device: attempt.device,
  };
  sessionsStore(deps.db).add(transaction, session);
  // Also what makes a deactivation at the same moment collide with this commit, so that it sees the session and ends it.
  operatorsStore(deps.db, deps.config).change(transaction, operator.id, { lastSignInAt: now });
  appendAudit(
    transaction,
    deps,
    auditContext({ kind: 'operator', id: operator.id, label: operator.name }, attempt),
    {
      action: 'session.started',
      target: { kind: 'session', id: session.id },
      after: { role: operator.role },
    },
  );
  return session;
}

function auditContext(actor: AuditContext['actor'], attempt: SignInAttempt): AuditContext {
  return { actor, address: attempt.address === '' ? null : attempt.address, requestId: attempt.requestId };
}
