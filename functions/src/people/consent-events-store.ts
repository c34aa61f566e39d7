import { Filter, Timestamp, type DocumentSnapshot } from '@google-cloud/firestore';
import {
  CONSENT_CHANGES,
  CONSENT_EVENT_KINDS,
  CONSENT_SOURCES,
  type ConsentChange,
  type ConsentEventKind,
  type ConsentSource,
} from '../contract/consent.ts';
import { storedFields } from '../contract/stored.ts';
import type { Database } from '../platform/firestore.ts';
import type { Writer } from '../platform/writer.ts';

/**
 * `consentEvents/{id}`: one for every change of consent, opt-out or suppression, written in the commit of the change and
 * never changed. Parsed by hand and not with a schema, because the webhook writes it and must start fast.
 */
export interface ConsentEvent {
  id: string;
  at: Date;
  kind: ConsentEventKind;
  change: ConsentChange;
  source: ConsentSource;
  reason: string | null;
  errorCode: number | null;
  operatorId: string | null;
  /** The operator's name at that time. */
  operator: string | null;
  /** The message that caused it. */
  messageId: string | null;
  /** The keyed hash of the number. */
  phoneKey: string;
  /** Who had the number at that time; null for nobody. */
  userId: string | null;
}

/** Everything but the id, which the caller gives. */
export type NewConsentEvent = Omit<ConsentEvent, 'id'>;

export function createConsentEvent(writer: Writer, db: Database, id: string, event: NewConsentEvent): void {
  writer.create(db.collection('consentEvents').doc(id), { ...event, at: Timestamp.fromDate(event.at) });
}

/**
 * The events of a person, with any number, and of the number that they have now, with anybody: newest first, one read for
 * each.
 */
export async function queryConsentEvents(
  db: Database,
  of: { userId: string; phoneKey: string },
  after: { time: Date; id: string } | null,
  limit: number,
): Promise<ConsentEvent[]> {
  let query = db
    .collection('consentEvents')
    .where(Filter.or(Filter.where('userId', '==', of.userId), Filter.where('phoneKey', '==', of.phoneKey)))
    .orderBy('at', 'desc')
    .orderBy('__name__', 'desc')
    .limit(limit);
  if (after !== null) query = query.startAfter(Timestamp.fromDate(after.time), after.id);
  return (await query.get()).docs.map(eventFrom);
}

/** The newest events of one number, with anybody: one read for each, at least one. */
export async function newestConsentEvents(
  db: Database,
  phoneKey: string,
  limit: number,
): Promise<ConsentEvent[]> {
  const query = db
    .collection('consentEvents')
    .where('phoneKey', '==', phoneKey)
    .orderBy('at', 'desc')
    .limit(limit);
  return (await query.get()).docs.map(eventFrom);
}

function eventFrom(snapshot: DocumentSnapshot): ConsentEvent {
  const event = storedFields(snapshot.data());
  return {
    id: snapshot.id,
    at: event.instant('at'),
    kind: event.oneOf('kind', CONSENT_EVENT_KINDS),
    change: event.oneOf('change', CONSENT_CHANGES),
    source: event.oneOf('source', CONSENT_SOURCES),
    reason: event.textOrNull('reason'),
    errorCode: event.numberOrNull('errorCode'),
    operatorId: event.textOrNull('operatorId'),
    operator: event.textOrNull('operator'),
    messageId: event.textOrNull('messageId'),
    phoneKey: event.text('phoneKey'),
    userId: event.textOrNull('userId'),
  };
}
