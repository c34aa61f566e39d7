import { statusCallback } from '../carrier/callback.ts';
import type { Carrier } from '../carrier/carrier.ts';
import type { SendOutcome, SmsGateway } from '../carrier/gateway.ts';
import type { UntextableReason } from '../contract/delivery.ts';
import { MAX_UNDO_SECONDS } from '../contract/limits.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { AppError } from '../platform/errors.ts';
import type { Database } from '../platform/firestore.ts';
import type { Ids } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { E164, PhoneVault } from '../platform/phone-vault.ts';
import type { Reader } from '../platform/reader.ts';
import { isLeased, isWaiting, type Delivery } from './delivery-status.ts';
import type { DeliveryEvent } from './delivery-events.ts';
import { apply } from './move-delivery.ts';
import { readOutgoing, writeDelivery, type Outgoing } from './outgoing-store.ts';
import { recordShown } from './record-shown.ts';
import { chooseSender } from './choose-sender.ts';
import { findAddress } from './find-address.ts';
import { recordOutcome } from './record-outcome.ts';
import { recordRefund } from './record-refund.ts';

export interface SendDeps {
  db: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  vault: Pick<PhoneVault, 'decrypt'>;
  carrier: Pick<Carrier, 'codes'>;
  gateway: SmsGateway;
  config: Pick<Config, 'smsMode' | 'sender' | 'webhookUrl'>;
  /** How a run waits until a message is due; without it, the sweep takes care of that. */
  wait?: (milliseconds: number) => Promise<void>;
}

/** What one run of the worker did. `idle`: there was nothing to do, because another run or the carrier had moved it. */
export type SendResult = SendOutcome['kind'] | 'blocked' | 'expired' | 'early' | 'idle' | 'not_found';

type Claim =
  | { kind: 'claimed'; attempt: number; until: Date; to: E164; body: string }
  | { kind: 'held' }
  | { kind: 'early'; dueAt: Date }
  | { kind: Extract<SendResult, 'blocked' | 'expired' | 'idle' | 'not_found'> };

const BLOCKED: Readonly<Record<UntextableReason | 'unknown' | 'disabled', string>> = {
  inactive: 'Not sent: this person had become inactive.',
  opted_out: 'Not sent: this person had opted out.',
  suppressed: 'Not sent: this number had been suppressed.',
  unknown: 'Not sent: this person is not registered any more.',
  disabled: 'Not sent: sending was disabled.',
};

/**
 * One run of the task that sends an entry: claim, call, record (OUT-6). May run any number of times, also at once; the
 * claim lets one of them through. Throws UNAVAILABLE for what the queue should try again later, and whatever the store
 * throws; everything else is recorded on the entry and ends here.
 */
export async function sendOutgoing(deps: SendDeps, messageId: string): Promise<SendResult> {
  const log = deps.log.with({ messageId });
  const claim = await claimWhenDue(deps, messageId);
  if (claim.kind === 'held') {
    // Its holder may have died: when the lease is over, a later run must say so.
    throw new AppError('UNAVAILABLE', { cause: new Error('Another run holds this message.') });
  }
  if (claim.kind !== 'claimed') {
    log.info('send.skipped', { why: claim.kind });
    return claim.kind;
  }
  if (deps.clock.now() >= claim.until) {
    // This process stood still for longer than its lease. It has not sent the message, and others decide on it now.
    log.info('send.skipped', { why: 'too_late' });
    throw new AppError('UNAVAILABLE', { cause: new Error('The lease was over before the call.') });
  }
  const outcome = await callProvider(deps, messageId, claim);
  log.info('send.answered', {
    outcome: outcome.kind,
    attempt: claim.attempt,
    errorCode: 'errorCode' in outcome ? outcome.errorCode : null,
  });
  const status = await recordOutcome(deps, messageId, claim.attempt, outcome);
  if (outcome.kind === 'retry' && status === 'queued') {
    throw new AppError('UNAVAILABLE', { cause: new Error(`To be tried again. ${outcome.reason}`) });
  }
  return outcome.kind;
}

/** A run may come early, and on the emulator always does: it waits for what is due soon; the sweep takes care of the rest. */
async function claimWhenDue(deps: SendDeps, messageId: string): Promise<Claim> {
  const claim = await claimEntry(deps, messageId);
  if (claim.kind !== 'early' || deps.wait === undefined) return claim;
  const milliseconds = claim.dueAt.getTime() - deps.clock.now().getTime();
  if (milliseconds > MAX_UNDO_SECONDS * 1000) return claim;
  await deps.wait(milliseconds);
  return claimEntry(deps, messageId);
}

/** Consent is read here, in the transaction that claims the entry, and nowhere later: this is the moment of sending. */
async function claimEntry(deps: SendDeps, messageId: string): Promise<Claim> {
  const holder = deps.ids.next();
  return deps.db.runTransaction(async (transaction): Promise<Claim> => {
    const entry = await readOutgoing(deps.db, messageId, transaction);
    if (entry === null) return { kind: 'not_found' };
    const now = deps.clock.now();
    const waits = isWaiting(entry.delivery.status);
    const released = waits ? apply(entry.delivery, { type: 'released' }, now) : null;
    if (waits && released === null) return { kind: 'early', dueAt: entry.delivery.dueAt ?? now };
    const delivery = released?.next ?? entry.delivery;
    const move = (event: DeliveryEvent): Delivery | null => {
      const moved = apply(delivery, event, now);
      if (moved !== null) writeDelivery(transaction, deps.db, entry, moved.next);
      return moved?.next ?? null;
    };
    const ours = delivery.lease?.holder === holder && delivery.status === 'sending';
    if (!ours && isLeased(delivery, now)) return { kind: 'held' };
    if (!ours && delivery.status !== 'queued')
      return { kind: move({ type: 'lease_expired' }) === null ? 'idle' : 'expired' };
    const recipient = await addressOf(deps, entry, transaction);
    if ('blocked' in recipient) {
      await recordRefund(transaction, deps.db, entry, now);
      move({ type: 'blocked', reason: BLOCKED[recipient.blocked] });
      return { kind: 'blocked' };
    }
    const { body } = entry.item;
    if (released !== null) recordShown(transaction, deps.db, entry, now);
    // A second pass of this callback, after a commit whose answer was lost, finds its own claim and keeps it.
    const claimed = ours ? delivery : move({ type: 'claimed', holder });
    const { to } = recipient;
    const lease = claimed?.lease ?? null;
    return lease === null
      ? { kind: 'idle' }
      : { kind: 'claimed', attempt: lease.attempt, until: lease.until, to, body };
  });
}

async function addressOf(
  deps: SendDeps,
  entry: Outgoing,
  reader: Reader,
): Promise<{ to: E164 } | { blocked: keyof typeof BLOCKED }> {
  if (deps.config.smsMode === 'disabled') return { blocked: 'disabled' };
  const address = await findAddress(deps.db, entry, reader);
  if (address === null) return { blocked: 'unknown' };
  const { sealedFor, sealedNumber, untextable } = address;
  return untextable === null ? { to: deps.vault.decrypt(sealedFor, sealedNumber) } : { blocked: untextable };
}

async function callProvider(
  deps: SendDeps,
  messageId: string,
  { to, body }: { to: E164; body: string },
): Promise<SendOutcome> {
  const sender = chooseSender(deps.config);
  if (sender === null) return { kind: 'refused', errorCode: null, reason: 'No sender number is set.' };
  return deps.gateway.send({
    to,
    body,
    sender,
    statusCallback: statusCallback(deps.config.webhookUrl, messageId),
  });
}
