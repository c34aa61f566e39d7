import type { Timestamp } from '@google-cloud/firestore';

/** A place in the order of the audit log: by the server's time, then by id. */
export interface AuditPlace {
  at: Timestamp;
  id: string;
}

/** An audit entry as it is stored, unparsed: sealing and verifying must see every field there is, also a foreign one. */
export interface StoredEntry extends AuditPlace {
  data: Readonly<Record<string, unknown>>;
}

/** Negative when `a` comes before `b`. Ids compare by their UTF-8 bytes, as Firestore orders them. */
export function comparePlaces(a: AuditPlace, b: AuditPlace): number {
  const seconds = a.at.seconds - b.at.seconds;
  const nanoseconds = a.at.nanoseconds - b.at.nanoseconds;
  return seconds || nanoseconds || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
}
