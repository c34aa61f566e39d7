import type { ConsentEventKind } from '../../src/contract/consent.ts';
import { countSegments } from '../../src/contract/segments.ts';
import { createAutoReply } from '../../src/inbound/auto-reply.ts';
import { createConversation, restateConversation } from '../../src/conversations/conversations-store.ts';
import { createIncoming } from '../../src/inbound/incoming-store.ts';
import { createEntry, writeDelivery } from '../../src/outbox/outgoing-store.ts';
import { createRevocation } from '../../src/inbound/revocations-store.ts';
import { writeCounter } from '../../src/limits/send-counters-store.ts';
import { dayOf, SEGMENT_MICROS } from '../../src/limits/send-guards.ts';
import { createConsentEvent } from '../../src/people/consent-events-store.ts';
import { createPhoneKey, type Hold } from '../../src/people/phone-keys-store.ts';
import { writeErrorCodes } from '../../src/people/error-codes-store.ts';
import { createUser, type User } from '../../src/people/users-store.ts';
import type { Database } from '../../src/platform/firestore.ts';
import { derivedId } from '../../src/platform/ids.ts';
import type { Eraser } from '../../src/people/phone-keys-store.ts';
import type { Writer } from '../../src/platform/writer.ts';
import type { DemoOutgoing, History, Standing } from './history.ts';

/** A demo person ready to be written; `suppressed` is the reason why the number cannot be reached, or null. */
export interface DemoUser {
  user: User;
  suppressed: { at: Date; reason: string } | null;
}

const CAUSES = {
  keyword: { source: 'keyword', reason: null, errorCode: null, operator: null },
  unknown: { source: 'carrier', errorCode: 30005, operator: null },
  evidence: { source: 'operator', errorCode: null, operator: null },
} as const;

/** Adds people and their history to a commit, through the stores that real ones go through. */
export function writeHistory(
  writer: Writer & Eraser,
  db: Database,
  people: readonly DemoUser[],
  history: History,
): void {
  for (const person of people) {
    const standing = history.standings.get(person.user.id);
    if (standing === undefined) throw new Error('A demo person has no place in the history.');
    writePerson(writer, db, person, standing);
  }
  for (const [hash, at] of history.strangersOptedOut) {
    const optedOut = { at, ...CAUSES.keyword };
    createPhoneKey(writer, db, hash, { userId: null, active: false, optedOut, suppressed: null });
  }
  const keys = new Map(people.map(({ user }) => [user.id, user.phoneKey]));
  for (const { at, userId, hash, change, messageId } of history.consent) {
    const phoneKey = hash ?? (userId === null ? undefined : keys.get(userId));
    if (phoneKey === undefined) throw new Error('A demo opt-out is of nobody.');
    const event = { at, kind: 'opted_out', change, userId, phoneKey, messageId, operatorId: null } as const;
    createConsentEvent(writer, db, derivedId('demo_', messageId), { ...event, ...CAUSES.keyword });
  }
  for (const entry of history.incoming) {
    createIncoming(writer, db, entry);
    const phoneKey = entry.userId === null ? entry.senderHash : keys.get(entry.userId);
    if (entry.keyword === 'revocation' && phoneKey)
      createRevocation(writer, db, { id: entry.sid, phoneKey, receivedAt: entry.receivedAt });
  }
  for (const entry of history.outgoing) writeOutgoing(writer, db, entry);
}

function writePerson(writer: Writer, db: Database, { user, suppressed }: DemoUser, standing: Standing): void {
  const { optedOut, ...summary } = standing;
  createUser(writer, db, user);
  const held = suppressed === null ? null : { ...suppressed, ...CAUSES.unknown };
  createPhoneKey(writer, db, user.phoneKey, {
    userId: user.id,
    active: user.status === 'active',
    optedOut: optedOut === null ? null : { at: optedOut, ...CAUSES.keyword },
    suppressed: held,
  });
  writeEvent(writer, db, user, 'suppressed', held);
  const { consent } = user;
  const evidence =
    consent === null ? null : { ...CAUSES.evidence, at: user.createdAt, reason: consent.source };
  writeEvent(writer, db, user, 'consent', evidence);
  createConversation(writer, db, user.id, user.label);
  restateConversation(writer, db, user.id, summary);
}

/** What came with the person, without a text that brought it about. */
function writeEvent(
  writer: Writer,
  db: Database,
  { id: userId, phoneKey }: User,
  kind: ConsentEventKind,
  cause: Hold | null,
): void {
  if (cause === null) return;
  const event = { ...cause, userId, phoneKey, kind, change: 'added', operatorId: null } as const;
  createConsentEvent(writer, db, derivedId('demo_', kind, phoneKey), { ...event, messageId: null });
}

/** What the demo's operators have spent on the day of `now`, as if each of its messages had been accepted by the guards. */
export function writeSpending(writer: Writer, db: Database, history: History, now: Date): void {
  const day = dayOf(now);
  const spent = new Map<string, number>();
  for (const { by, body, queuedAt } of history.outgoing) {
    if (by === null || dayOf(queuedAt) !== day) continue;
    spent.set(by.id, (spent.get(by.id) ?? 0) + countSegments(body).segments * SEGMENT_MICROS);
  }
  for (const [operatorId, spentMicros] of spent)
    writeCounter(writer, db, { operatorId, day, recent: [], spentMicros, version: null });
}

/** One code that the demo's owner has changed, an hour before `now`: what failed with it earlier is for the backfill. */
export function writeDemoSettings(writer: Writer, db: Database, updatedBy: string, now: Date): void {
  const updatedAt = new Date(now.getTime() - 60 * 60_000);
  writeErrorCodes(writer, db, { codes: { 30004: 'suppress' }, updatedAt, updatedBy, version: null });
}

function writeOutgoing(
  writer: Writer & Eraser,
  db: Database,
  { by, delivery, carrierId: _known, ...entry }: DemoOutgoing,
): void {
  const { userId, recipient, ...rest } = entry;
  const { id, body, queuedAt } = rest;
  const requestId = 'demo';
  if (by === null) createAutoReply(writer, db, id, { userId, recipient, body, at: queuedAt, requestId });
  else
    createEntry(writer, db, {
      ...rest,
      origin: { kind: 'operator', id: by.id, label: by.name },
      to: { kind: 'person', userId, label: recipient },
      requestHash: 'demo',
      requestId,
    });
  writeDelivery(writer, db, { id, item: { userId } }, delivery);
}
