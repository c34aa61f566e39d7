/** Twilio's default opt-out words and the Spanish ones of US carriers; only a message that is just one of them counts. */
const WORDS = {
  STOP: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'ALTO', 'PARAR'],
  START: ['START', 'YES', 'UNSTOP'],
  HELP: ['HELP', 'INFO'],
} as const;

/** As in the webhook's `OptOutType`. */
export type OptOutType = keyof typeof WORDS;

const REPLIES: Record<OptOutType, string> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

export interface KeywordDecision {
  optOutType: OptOutType;
  optedOut: boolean;
  /** What the carrier itself answers; null when it stays silent. */
  reply: string | null;
}

/**
 * What a message does to a handset's opt-out; null when it is no keyword. STOP and START are answered when they change
 * something, HELP unless the handset is opted out.
 */
export function decideKeyword(body: string, optedOut: boolean): KeywordDecision | null {
  const word = body.trim().toUpperCase();
  if (isOneOf(WORDS.STOP, word))
    return { optOutType: 'STOP', optedOut: true, reply: optedOut ? null : REPLIES.STOP };
  if (isOneOf(WORDS.START, word))
    return { optOutType: 'START', optedOut: false, reply: optedOut ? REPLIES.START : null };
  if (isOneOf(WORDS.HELP, word))
    return { optOutType: 'HELP', optedOut, reply: optedOut ? null : REPLIES.HELP };
  return null;
}

function isOneOf(words: readonly string[], word: string): boolean {
  return words.includes(word);
}
