import type { CarrierMessage } from './message.ts';
import { countSegments } from './segments.ts';
import { newSid } from './sids.ts';

interface Draft {
  direction: CarrierMessage['direction'];
  from: string;
  to: string;
  body: string;
  messagingServiceSid?: string | null;
  statusCallback?: string | null;
  media?: readonly { contentType: string; url?: string }[];
}

/**
 * A message as it begins: inbound ones `receiving` and already on the air, those of a messaging service `accepted`, all
 * others `queued`. `mediaBase` is where its media would be fetched from.
 */
export function newMessage(draft: Draft, now: Date, mediaBase = ''): CarrierMessage {
  const { direction, from, to, body, messagingServiceSid = null, statusCallback = null, media = [] } = draft;
  const inbound = direction === 'inbound';
  const sid = newSid(media.length > 0 ? 'MM' : 'SM');
  const at = now.toISOString();
  return {
    sid,
    direction,
    from,
    to,
    messagingServiceSid,
    body,
    segments: countSegments(body),
    media: media.map(({ contentType, url }) => ({
      contentType,
      url: url ?? `${mediaBase}/Messages/${sid}/Media/${newSid('ME')}`,
    })),
    status: inbound ? 'receiving' : messagingServiceSid === null ? 'queued' : 'accepted',
    errorCode: null,
    createdAt: at,
    updatedAt: at,
    sentAt: inbound ? at : null,
    statusCallback,
    callbacks: [],
  };
}
