import { Timestamp, type DocumentSnapshot } from '@google-cloud/firestore';
import { DocumentShapeError, outgoingFromDocument } from '../contract/live.ts';
import type { OutgoingItem } from '../contract/messages.ts';
import { EARLIER, type Charges } from '../limits/charges.ts';
import type { Delivery, HistoryEntry, Lease } from './delivery-status.ts';
import { originFrom } from './entry-origin.ts';
import type { Origin } from './origin.ts';

/** An entry as the code that moves it sees it. */
export interface Outgoing {
  id: string;
  item: OutgoingItem;
  origin: Origin;
  delivery: Delivery;
  charges: Charges;
  /** Null for automatic replies. */
  requestHash: string | null;
  requestId: string;
  /** Guards an update that rests on what was read. */
  version: Timestamp;
}

/** A stored entry -> what moves it. Throws DocumentShapeError. */
export function outgoingFrom(snapshot: DocumentSnapshot): Outgoing {
  const data: Record<string, unknown> = snapshot.data() ?? {};
  const item = outgoingFromDocument(snapshot.id, data);
  const { attempts, requestHash, requestId } = data;
  if (typeof attempts !== 'number') throw new DocumentShapeError('attempts');
  if (requestHash !== null && typeof requestHash !== 'string') throw new DocumentShapeError('requestHash');
  if (typeof requestId !== 'string') throw new DocumentShapeError('requestId');
  if (snapshot.updateTime === undefined) throw new DocumentShapeError('updateTime');
  const delivery: Delivery = {
    status: item.status,
    attempts,
    lease: leaseFrom(data['lease']),
    checkAt: dateOrNull(data['checkAt'] ?? null, 'checkAt'),
    dueAt: item.dueAt === null ? null : new Date(item.dueAt),
    timeZone: item.timeZone,
    resends: item.resends,
    attention: item.attention === null ? null : { ...item.attention, since: new Date(item.attention.since) },
    sentAt: item.sentAt === null ? null : new Date(item.sentAt),
    providerId: item.providerId,
    errorCode: item.errorCode,
    errorReason: item.errorReason,
    price: item.price,
    history: item.history.map((each): HistoryEntry => ({ ...each, at: new Date(each.at) })),
  };
  const charges = chargesFrom(data['charges'], item.segments);
  const origin = originFrom(item, data);
  const { id, updateTime: version } = snapshot;
  return { id, item, origin, delivery, charges, requestHash, requestId, version };
}

function chargesFrom(value: unknown, segments: number): Charges {
  if (value === undefined) return { [EARLIER]: segments };
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : { charges: null });
  return Object.fromEntries(
    entries.map(([day, charged]: [string, unknown]) => {
      if (typeof charged !== 'number') throw new DocumentShapeError('charges');
      return [day, charged];
    }),
  );
}

function leaseFrom(value: unknown): Lease | null {
  if (value === null) return null;
  const { until, attempt, holder }: Record<string, unknown> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  const date = dateOrNull(until, 'lease');
  if (date === null || typeof attempt !== 'number' || typeof holder !== 'string')
    throw new DocumentShapeError('lease');
  return { until: date, attempt, holder };
}

function dateOrNull(value: unknown, field: string): Date | null {
  if (value === null) return null;
  if (!(value instanceof Timestamp)) throw new DocumentShapeError(field);
  return value.toDate();
}
