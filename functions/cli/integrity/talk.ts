import { MAX_BODY_LENGTH } from '../../src/contract/delivery.ts';
import { cutWell } from '../../src/platform/odd-text.ts';

/** One text of a log, as a conversation counts it. */
export interface SaidText {
  at: Date;
  body: string;
}

/** What the log says of the texts of one person. */
export interface Talk {
  incoming: SaidText[];
  /** When operators wrote; what came in before has been read by then. */
  wrote: Date[];
  /** What left, or was accepted to leave at once. */
  left: SaidText[];
}

/** What a conversation says of them. */
export interface Summary {
  lastText: string;
  lastAt: Date | null;
  unread: number;
}

/** Two texts that come within this time may be committed in the other order than their clocks say. */
const AMBIGUOUS_MILLISECONDS = 10_000;

export function emptyTalk(): Talk {
  return { incoming: [], wrote: [], left: [] };
}

/** Whether the count of unread texts is what the log gives: those that came after an operator last wrote. */
export function isUnreadRight({ incoming, wrote }: Talk, unread: number): boolean {
  const last = Math.max(...wrote.map((at) => at.getTime()), -Infinity);
  const after = (time: number) => incoming.filter(({ at }) => at.getTime() > time).length;
  return unread >= after(last + AMBIGUOUS_MILLISECONDS) && unread <= after(last - AMBIGUOUS_MILLISECONDS);
}

/** Whether a conversation ends with the newest text of the log, or one of the newest where they came together. */
export function isLastRight({ incoming, left }: Talk, { lastText, lastAt }: Summary): boolean {
  const texts = [...incoming, ...left];
  if (texts.length === 0) return lastAt === null;
  const newest = Math.max(...texts.map(({ at }) => at.getTime()));
  const near = texts.filter(({ at }) => newest - at.getTime() <= AMBIGUOUS_MILLISECONDS);
  const off = lastAt === null ? Infinity : Math.abs(newest - lastAt.getTime());
  return (
    off <= AMBIGUOUS_MILLISECONDS &&
    near.some(({ body }) => body === lastText || cutWell(body, MAX_BODY_LENGTH) === lastText)
  );
}
