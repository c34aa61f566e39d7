import { SegmentedMessage } from 'sms-segments-calculator';

/** How many segments a text takes on the air; an empty one still takes one. */
export function countSegments(body: string): number {
  return Math.max(1, new SegmentedMessage(body).segmentsCount);
}
