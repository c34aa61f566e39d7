/** What came of a demo message on its way out. */
export type Outcome =
  | 'blocked'
  | 'refused'
  | 'unconfirmed'
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'retried'
  | 'unreachable'
  | 'filtered'
  | 'barred'
  | 'unknown';

/** A time of day in a zone, so many days from now; `canceledAfter` so many minutes, where the author thought again. */
export interface Later {
  days: number;
  time: `${string}:${string}`;
  timeZone: string;
  canceledAfter?: number;
}

/**
 * `in`: what a person writes, with `replyLost` where the automatic reply never reached the carrier; `out`: what an
 * operator writes, to be sent at once or `later`. `{name}` is the first name.
 */
export type Turn =
  | { in: string; media?: readonly string[]; replyLost?: boolean }
  | { out: string; outcome?: Outcome; later?: Later; by?: 'owner' | 'operator' };
