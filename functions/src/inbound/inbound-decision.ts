import type { IncomingStatus, Keyword, ResponseReason } from '../contract/delivery.ts';

const HOUR = 60 * 60 * 1000;

/** Who wrote, as far as Parley knows. `autoReplies` are the times of the automatic replies to this person. */
export type InboundSender =
  { kind: 'unknown' } | { kind: 'person'; active: boolean; autoReplies: readonly Date[] };

export interface InboundDecision {
  status: IncomingStatus;
  responded: boolean;
  responseReason: ResponseReason;
  /** Times of automatic replies within the last hour, this one included when there is one; what the loop guard keeps. */
  autoReplies: Date[];
}

/**
 * Whether a message is answered (IN-2, IN-3, IN-6, IN-7). `limit` is the number of automatic replies that one person
 * gets in any hour; an hour is the 3,600 s before `now`.
 */
export function decideInbound(
  sender: InboundSender,
  keyword: Keyword | null,
  limit: number,
  now: Date,
): InboundDecision {
  if (sender.kind === 'unknown')
    return { status: 'unknown', responded: false, responseReason: 'unknown_sender', autoReplies: [] };
  const recent = sender.autoReplies.filter((at) => now.getTime() - at.getTime() < HOUR);
  const silent = (responseReason: ResponseReason): InboundDecision => ({
    status: 'registered',
    responded: false,
    responseReason,
    autoReplies: recent,
  });
  if (!sender.active) return silent('inactive');
  if (keyword === 'stop' || keyword === 'start' || keyword === 'help') return silent('keyword');
  if (recent.length >= limit) return silent('loop_guard');
  return {
    status: 'registered',
    responded: true,
    responseReason: 'acknowledged',
    autoReplies: [...recent, now],
  };
}
