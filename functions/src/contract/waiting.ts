import { z } from 'zod';

/** How much waits for an operator's decision. */
export const waitingAnswer = z.object({
  /** Incoming messages that may be opt-out requests, and that nobody has decided on. */
  optOutRequests: z.number().int(),
  /** Outgoing messages whose outcome only an operator can settle. */
  messages: z.number().int(),
});
export type WaitingAnswer = z.infer<typeof waitingAnswer>;
