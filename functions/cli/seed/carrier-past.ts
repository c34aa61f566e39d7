import type { History } from './history.ts';

/** A message of the past as the simulated carrier takes it (`POST /past`, tests/carrier/past.ts). Times are ISO 8601. */
export interface PastMessage {
  sid: string;
  /** The phone at the person's end, in E.164. */
  handset: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  body: string;
  /** Content types. */
  media: readonly string[];
  status: 'received' | 'delivered' | 'undelivered' | 'failed';
  errorCode: number | null;
  createdAt: string;
  updatedAt: string;
}

/** The phones behind the demo history: of people by user id, of strangers by the hash of their number. */
export type PhoneBook = ReadonlyMap<string, string>;

/**
 * The demo history as the carrier and the phones know it, oldest first. Where Parley has heard nothing more, the phone has
 * the message: reports get lost, and a reply to a request, too.
 */
export function carrierPast(history: History, phones: PhoneBook): PastMessage[] {
  const phoneOf = (id: string | null): string => {
    const phone = phones.get(id ?? '');
    if (phone === undefined) throw new Error('A demo message is of nobody.');
    return phone;
  };
  const incoming = history.incoming.map(({ sid, receivedAt, userId, senderHash, body, media }) => ({
    sid,
    handset: phoneOf(userId ?? senderHash),
    direction: 'inbound' as const,
    body,
    media: media.map(({ contentType }) => contentType),
    status: 'received' as const,
    errorCode: null,
    createdAt: receivedAt.toISOString(),
    updatedAt: receivedAt.toISOString(),
  }));
  const outgoing = history.outgoing.flatMap(({ carrierId, userId, body, by, queuedAt, delivery }) => {
    if (carrierId === null) return [];
    const { status, errorCode } = delivery;
    const failed = status === 'undelivered' || status === 'failed';
    const arrived = delivery.history.find((each) => each.status === status)?.at ?? queuedAt;
    return {
      sid: carrierId,
      handset: phoneOf(userId),
      direction: by === null ? ('outbound-reply' as const) : ('outbound-api' as const),
      body,
      media: [],
      status: failed ? status : ('delivered' as const),
      errorCode: failed ? errorCode : null,
      createdAt: queuedAt.toISOString(),
      updatedAt: arrived.toISOString(),
    };
  });
  return [...incoming, ...outgoing].sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
}

/** Gives the carrier its past. The same message twice is there once. Throws when the carrier does not take it. */
export async function rememberAtCarrier(carrierUrl: string, messages: readonly PastMessage[]): Promise<void> {
  const response = await fetch(`${carrierUrl}/past`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messages }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`The carrier did not take the demo history: it answered ${String(response.status)}.`);
}
