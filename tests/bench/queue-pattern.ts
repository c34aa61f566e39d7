import { FieldValue, Timestamp, type DocumentReference, type Firestore } from '@google-cloud/firestore';
import type { SmsGateway } from '../../functions/src/carrier/gateway.ts';
import type { E164 } from '../../functions/src/platform/phone-vault.ts';
import type { Config } from '../../functions/src/platform/config.ts';

// The usual way of sending from Firebase, to measure Parley beside it: a collection is the queue, a function runs on every
// write to it, and each step of a message is a write, which makes the function run again. It is the pattern of Twilio's
// own extension (twilio-labs/twilio-firebase-extensions, send-message 0.3.4): PENDING on creation, PROCESSING with a lease,
// the carrier, SUCCESS or ERROR; a report of the carrier's looks its document up by the carrier's id. As there, nothing is
// read before it is written, and whoever runs twice sends twice. It goes through Parley's own gateway, so that both ways
// talk to the carrier alike.

export const QUEUE = 'benchMessages';
const LEASE_MILLISECONDS = 60_000;
const ENDED: readonly unknown[] = ['delivered', 'undelivered', 'failed'];

export interface QueueDeps {
  db: Firestore;
  gateway: SmsGateway;
  sender: Config['sender'];
  statusUrl: string;
}

/** What a trigger gets about a document. */
export interface Snapshot {
  readonly exists: boolean;
  get(field: string): unknown;
}

/** What an application writes to send a message. */
export function putMessage(
  db: Firestore,
  id: string,
  message: { to: string; body: string },
): Promise<unknown> {
  return db.collection(QUEUE).doc(id).create(message);
}

/** Runs on every write to a document of the queue. */
export async function onQueueWrite(
  deps: QueueDeps,
  id: string,
  before: Snapshot,
  after: Snapshot,
): Promise<void> {
  if (!after.exists) return;
  const reference = deps.db.collection(QUEUE).doc(id);
  if (!before.exists) {
    const delivery = { state: 'PENDING', startTime: FieldValue.serverTimestamp(), info: null };
    await update(deps.db, reference, { delivery: { ...delivery, errorCode: null, errorMessage: null } });
    return;
  }
  const state = after.get('delivery.state');
  if (state === 'PROCESSING') {
    const lease = after.get('delivery.leaseExpireTime');
    if (lease instanceof Timestamp && lease.toMillis() < Date.now())
      await update(deps.db, reference, { 'delivery.state': 'ERROR' });
  }
  if (state !== 'PENDING') return;
  const leaseExpireTime = Timestamp.fromMillis(Date.now() + LEASE_MILLISECONDS);
  await update(deps.db, reference, {
    'delivery.state': 'PROCESSING',
    'delivery.leaseExpireTime': leaseExpireTime,
  });
  const outcome = await send(deps, String(after.get('to')), String(after.get('body')));
  await update(deps.db, reference, {
    ...outcome,
    'delivery.endTime': FieldValue.serverTimestamp(),
    'delivery.leaseExpireTime': null,
  });
}

async function send(deps: QueueDeps, to: string, body: string): Promise<Record<string, unknown>> {
  if (deps.sender === null) throw new Error('No sender number is set.');
  const text = { to: to as E164, body, statusCallback: deps.statusUrl, sender: deps.sender };
  const outcome = await deps.gateway.send(text);
  return outcome.kind === 'accepted'
    ? {
        'delivery.state': 'SUCCESS',
        'delivery.info': { messageSid: outcome.providerId, status: 'queued', numSegments: '1' },
      }
    : { 'delivery.state': 'ERROR', 'delivery.errorMessage': outcome.reason };
}

/** The carrier's report of one status, which is found by the carrier's own id. */
export async function onQueueReport(db: Firestore, sid: string, status: string): Promise<void> {
  const found = await db.collection(QUEUE).where('delivery.info.messageSid', '==', sid).limit(1).get();
  const [document] = found.docs;
  if (document === undefined || ENDED.includes(document.get('delivery.info.status'))) return;
  await update(db, document.ref, { 'delivery.info.status': status });
}

/** A write without a read, in a transaction, as the pattern has it. */
async function update(
  db: Firestore,
  reference: DocumentReference,
  change: Record<string, unknown>,
): Promise<void> {
  await db.runTransaction((transaction) => {
    transaction.update(reference, change);
    return Promise.resolve();
  });
}
