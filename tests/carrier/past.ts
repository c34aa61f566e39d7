import { z } from 'zod';
import type { Carrier } from './carrier.ts';
import type { CarrierMessage } from './message.ts';
import { decideKeyword } from './keywords.ts';
import { newMessage } from './new-message.ts';

const instant = z.iso.datetime();

/** Messages of before the carrier was started, oldest first; all of them are done with. */
export const pastInput = z.strictObject({
  messages: z
    .array(
      z.strictObject({
        sid: z.string().regex(/^(?:SM|MM)[0-9a-f]{32}$/),
        handset: z.string().regex(/^\+[1-9]\d{7,14}$/),
        direction: z.enum(['inbound', 'outbound-api', 'outbound-reply']),
        body: z.string().max(1600),
        media: z.array(z.string()).max(10),
        status: z.enum(['received', 'delivered', 'undelivered', 'failed']),
        errorCode: z.number().int().nullable(),
        createdAt: instant,
        updatedAt: instant,
      }),
    )
    .max(2_000),
});

type Past = z.output<typeof pastInput>['messages'][number];

/**
 * Puts messages of the past into the carrier's memory, as if it had carried them: a keyword opts its handset out or in,
 * and has the carrier's own answer. Nobody is called. A message whose SID is known already is left as it is.
 */
export function remember(messages: readonly Past[], { events, settings, store }: Carrier): void {
  for (const past of messages) {
    if (store.get(past.sid) !== undefined) continue;
    store.add(messageOf(past, settings.fromNumber));
    if (past.direction !== 'inbound') continue;
    const keyword = decideKeyword(past.body, store.isOptedOut(past.handset));
    if (keyword === null) continue;
    store.setOptedOut(past.handset, keyword.optedOut);
    if (keyword.reply !== null) store.add(answerTo(past, keyword.reply, settings.fromNumber));
  }
  events.send('remembered', {});
}

function messageOf(past: Past, parleyNumber: string): CarrierMessage {
  const { sid, handset, direction, body, status, errorCode, createdAt, updatedAt } = past;
  const [from, to] = direction === 'inbound' ? [handset, parleyNumber] : [parleyNumber, handset];
  const media = past.media.map((contentType) => ({ contentType, url: '' }));
  const fresh = newMessage({ direction, from, to, body, media }, new Date(createdAt));
  // What was never handed to the network has no time of sending, and costs nothing.
  const sentAt = status === 'failed' ? null : createdAt;
  return { ...fresh, sid, status, errorCode, updatedAt, sentAt };
}

/** The carrier's own answer to a keyword, a second later. */
function answerTo({ handset, createdAt }: Past, body: string, parleyNumber: string): CarrierMessage {
  const at = new Date(Date.parse(createdAt) + 1000);
  const answer = newMessage({ direction: 'outbound-reply', from: parleyNumber, to: handset, body }, at);
  return { ...answer, status: 'delivered', sentAt: answer.createdAt };
}
