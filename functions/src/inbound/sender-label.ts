import { mayHoldNumber, visible } from '../platform/odd-text.ts';

const MAX_LABEL = 40;

/**
 * What a sender is called that nobody is registered with: a short code or a name as the carrier writes it, cut to 40
 * characters. Whatever may be a phone number goes by `hidden`, the label of a hash (PRIV-1).
 */
export function senderLabel(from: string, hidden: string): string {
  if (mayHoldNumber(from)) return hidden;
  const label = visible(from, MAX_LABEL);
  return label === '' ? 'No sender' : label;
}
