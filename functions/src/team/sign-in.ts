import type { Transaction } from '@google-cloud/firestore';
import { appendAudit, SYSTEM_ACTOR, type AuditContext } from '../audit/append.ts';
import { SESSION_SECONDS } from '../contract/limits.ts';
import type { Bcrypt } from '../platform/bcrypt.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import { knownDevice, passwordTime, type KnownDevice } from './device-token.ts';
import type { Operator } from './operator.ts';
import { operatorsStore } from './operators-store.ts';
import type { PasswordGate } from './password-gate.ts';
import { isPassword } from './password.ts';
import { attemptCounter } from './record-attempt.ts';
import type { Session } from './session.ts';
import { sessionsStore } from './sessions-store.ts';
import type { Counted } from './sign-in-attempts-store.ts';
import { addressGroup, isLoopback } from './sign-in-throttle.ts';

/** What every use case needs that hashes or compares a password. */
export interface PasswordDeps {
  db: Database;
  ids: Ids;
  config: Pick<Config, 'secrets'>;
  bcrypt: Bcrypt;
  passwordGate: PasswordGate;
}

export interface SignInAttempt {
  email: string;
  password: string;
  /** What this browser was given at earlier sign-ins, of whatever account. */
  devices: readonly string[];
  /** '' where it is not known: then only the account is counted. */
  address: string;
  device: string;
  requestId: string;
}

export type SignInResult =
  | { kind: 'signed_in'; session: Session; operator: Operator; device: KnownDevice }
  | { kind: 'wrong' }
  | { kind: 'locked'; retryAfterSeconds: number }
  /** There is no room for another comparison right now; nothing was counted. */
  | { kind: 'busy' };

/**
 * Signs an operator in (OP-1, OP-5). The attempt is counted as a failure before its password is compared, and taken back
 * when it was right, so that guesses that run side by side cannot be compared past the limit. The transaction at the end
 * reads the operator again, so that a deactivation that came in between is not passed by.
 */
export async function signIn(deps: PasswordDeps, attempt: SignInAttempt, now: Date): Promise<SignInResult> {
  const id = operatorsStore(deps.db, deps.config).idOf(attempt.email);
  const device = await knownDevice(deps.config.secrets.sessionKeys(), attempt.devices, id, now);
  const leave = deps.passwordGate({
    address: attempt.address === '' || isLoopback(attempt.address) ? null : addressGroup(attempt.address),
    account: device === null ? id : `${id} ${device.deviceId}`,
    known: device !== null,
  });
  if (leave === null) return { kind: 'busy' };
  try {
    return await compareAndSignIn(deps, id, device, attempt, now);
  } finally {
    leave();
  }
}

async function compareAndSignIn(
  deps: PasswordDeps,
  id: string,
  claimed: KnownDevice | null,
  attempt: SignInAttempt,
  now: Date,
): Promise<SignInResult> {
  const operators = operatorsStore(deps.db, deps.config);
  const known = await operators.find(id);
  const device =
    claimed !== null && known !== null && claimed.passwordTime === passwordTime(known) ? claimed : null;
  const counter = attemptCounter(deps, id, countedBy(id, device, attempt.address));
  const begun = await counter.begin(known, now);
  if (begun.kind === 'locked') return { kind: 'locked', retryAfterSeconds: begun.seconds };
  if (begun.kind === 'busy') return { kind: 'busy' };
  const right = await isPassword(attempt.password, known?.passwordHash ?? null, deps.bcrypt);

  return deps.db.runTransaction(async (transaction): Promise<SignInResult> => {
    const operator = await operators.find(id, transaction);
    const { counters, counts } = await counter.ending(transaction);
    // So late that it counts as a failure already.
    if (!counts) return { kind: 'busy' };
    // Only the very hash that was compared counts: the password may have been changed meanwhile.
    const admitted =
      right &&
      operator !== null &&
      operator.status === 'active' &&
      operator.passwordHash === known?.passwordHash;
    if (!admitted) {
      const locked = counter.failed(transaction, counters, operator, now);
      refuse(deps, transaction, operator, attempt, locked);
      return { kind: 'wrong' };
    }
    counter.succeeded(transaction, counters, now);
    const deviceId = device?.deviceId ?? deps.ids.next();
    return {
      kind: 'signed_in',
      operator,
      session: start(deps, transaction, operator, attempt, now),
      device: { deviceId, operatorId: id, passwordTime: passwordTime(operator) },
    };
  });
}

/** A device that has signed in before is counted by itself alone: neither strangers nor neighbours can lock it. */
function countedBy(operatorId: string, device: KnownDevice | null, address: string): Counted[] {
  if (device !== null) return [{ kind: 'device', deviceId: device.deviceId }];
  const group = address === '' ? '' : addressGroup(address);
  const account: Counted[] = [
    { kind: 'account', operatorId },
    { kind: 'pair', operatorId, group },
  ];
  return group === '' || isLoopback(address) ? account : [...account, { kind: 'address', group }];
}

function refuse(
  deps: PasswordDeps,
  transaction: Transaction,
  operator: Operator | null,
  attempt: SignInAttempt,
  locked: boolean,
): void {
  // Who tried is not known: the actor is Parley, and the target the account, where there is one.
  appendAudit(transaction, deps, auditContext(SYSTEM_ACTOR, attempt), {
    action: 'session.refused',
    target: { kind: 'operator', id: operator?.id ?? null },
    after: { reason: operator?.status === 'deactivated' ? 'deactivated' : 'credentials', locked },
  });
}
function start(
  deps: PasswordDeps,
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
