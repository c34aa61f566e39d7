import type { Config } from '../platform/config.ts';

/**
 * Which of our numbers, or which messaging service, a message is sent from: the one place that picks. There is one for
 * everything today, so nothing is kept with the message. Null when none is set.
 */
export function chooseSender({ sender }: Pick<Config, 'sender'>): Config['sender'] {
  return sender;
}
