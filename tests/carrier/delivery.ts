import type { CarrierMessage, MessageStatus } from './message.ts';
import type { DialBoard } from './dial-board.ts';
import type { MessageStore } from './message-store.ts';
import type { CallbackDeps } from './status-callbacks.ts';
import { StatusCallbacks } from './status-callbacks.ts';

export interface DeliveryDeps extends CallbackDeps {
  dials: DialBoard;
  store: MessageStore;
  /** Called after each change of a message. */
  changed: (message: CarrierMessage) => void;
}

interface Step {
  status: MessageStatus;
  errorCode: number | null;
}

/**
 * Carries an accepted message to its handset, status by status, and reports each to the customer. Resolves when the last
 * status callback has ended. `hurry` leaves the pauses out.
 */
export async function deliver(message: CarrierMessage, deps: DeliveryDeps, hurry = false): Promise<void> {
  const dials = deps.dials.for(message.to);
  const callbacks = new StatusCallbacks(message, hurry ? { ...dials, callbackLateMs: 0 } : dials, deps);
  for (const step of plan(message, deps.dials)) {
    await deps.wait(hurry ? 0 : dials.delayMs);
    deps.store.move(message, step.status, step.errorCode);
    if (step.status !== 'sending' || dials.announceSending) callbacks.announce();
    deps.changed(message);
  }
  await callbacks.finish();
}

/** The statuses that are still to come. One that was created by a messaging service is `accepted` first, then `queued`. */
function plan(message: CarrierMessage, dials: DialBoard): Step[] {
  const failure = dials.take('deliveryFailure', message.to);
  const path: MessageStatus[] =
    failure?.status === 'failed'
      ? ['accepted', 'queued', 'failed']
      : ['accepted', 'queued', 'sending', 'sent', failure ? 'undelivered' : 'delivered'];
  return path.slice(path.indexOf(message.status) + 1).map((status, index, rest) => ({
    status,
    errorCode: failure && index === rest.length - 1 ? failure.code : null,
  }));
}
