import type { CarrierMessage } from './message.ts';
import type { CarrierSettings } from './settings.ts';
import type { InboundDeps } from './inbound.ts';
import { isFinal } from './message.ts';
import { DialBoard } from './dial-board.ts';
import { DueWork } from './due-work.ts';
import { EventStream } from './http/event-stream.ts';
import { MessageStore } from './message-store.ts';
import { Pending } from './pending.ts';
import { deliver } from './delivery.ts';
import { handsetText } from './handset-text.ts';
import { handsetOf } from './message.ts';
import { postWebhook } from './post-webhook.ts';

/** All that the carrier's routes work on: its memory, its dials, and its ways out. */
export interface Carrier {
  settings: CarrierSettings;
  store: MessageStore;
  dials: DialBoard;
  events: EventStream;
  dueWork: DueWork;
  pending: Pending;
  deps: InboundDeps;
  /** Goes on with the messages that were on their way when the memory was written. */
  resume: () => void;
}

/** Puts the parts together; `report` gets the errors of what runs behind the answers. */
export function createCarrier(settings: CarrierSettings, report: (error: unknown) => void): Carrier {
  const now = (): Date => new Date();
  const pending = new Pending(report);
  const events = new EventStream();
  const store = new MessageStore(now);
  const dials = new DialBoard(() => events.send('dials', dials.all));
  const dueWork = new DueWork(settings, now, pending.signal, () => events.send('clock', dueWork.runs));
  const deps: InboundDeps = {
    settings,
    store,
    dials,
    now,
    accountSid: settings.accountSid,
    random: () => dials.random,
    mediaBase: () => `http://127.0.0.1:${String(settings.port)}/2010-04-01/Accounts/${settings.accountSid}`,
    wait: (milliseconds) => pending.wait(milliseconds),
    run: (work) => pending.run(work),
    post: (address, fields) => postWebhook(settings, address, fields, pending.signal),
    changed: (message) => events.send('text', { handset: handsetOf(message), text: handsetText(message) }),
  };
  const resume = (): void => {
    for (const message of store.all()) if (isUnderWay(message)) pending.run(() => deliver(message, deps));
  };
  return { settings, store, dials, events, dueWork, pending, deps, resume };
}

function isUnderWay(message: CarrierMessage): boolean {
  return message.direction !== 'inbound' && !isFinal(message.status);
}
