import type { CarrierMessage, MessageStatus } from './message.ts';
import { handsetOf } from './message.ts';

/** The carrier forgets its oldest texts beyond this many, so that its memory stays bounded. */
const MAX_MESSAGES = 20_000;

/** What `export` gives and `import` takes. */
export interface CarrierMemory {
  messages: CarrierMessage[];
  optedOut: string[];
}

/** The carrier's memory: texts in the order of their making, and who opted out. It knows real numbers. */
export class MessageStore {
  readonly #messages = new Map<string, CarrierMessage>();
  readonly #byHandset = new Map<string, Set<string>>();
  readonly #optedOut = new Set<string>();
  readonly #limit: number;
  readonly #now: () => Date;

  constructor(now: () => Date, limit = MAX_MESSAGES) {
    this.#now = now;
    this.#limit = limit;
  }

  add(message: CarrierMessage): void {
    this.#messages.set(message.sid, message);
    const handset = handsetOf(message);
    const sids = this.#byHandset.get(handset) ?? new Set();
    this.#byHandset.set(handset, sids.add(message.sid));
    const oldest = this.#messages.size > this.#limit ? this.#messages.values().next().value : undefined;
    if (oldest) this.#forget(oldest);
  }

  get(sid: string): CarrierMessage | undefined {
    return this.#messages.get(sid);
  }

  /** Moves a message on; times are set as Twilio sets them. */
  move(message: CarrierMessage, status: MessageStatus, errorCode: number | null = null): void {
    message.status = status;
    message.errorCode = errorCode;
    message.updatedAt = this.#now().toISOString();
    if (status === 'sent') message.sentAt = message.updatedAt;
  }

  /** Oldest first. */
  all(): CarrierMessage[] {
    return [...this.#messages.values()];
  }

  /** The texts from and to one handset, oldest first. */
  ofHandset(number: string): CarrierMessage[] {
    return [...(this.#byHandset.get(number) ?? [])].flatMap((sid) => this.#messages.get(sid) ?? []);
  }

  /** Numbers that have sent or been sent something. */
  handsets(): string[] {
    return [...this.#byHandset.keys()];
  }

  isOptedOut(number: string): boolean {
    return this.#optedOut.has(number);
  }

  setOptedOut(number: string, optedOut: boolean): void {
    if (optedOut) this.#optedOut.add(number);
    else this.#optedOut.delete(number);
  }

  clear(): void {
    this.#messages.clear();
    this.#byHandset.clear();
    this.#optedOut.clear();
  }

  export(): CarrierMemory {
    return { messages: this.all(), optedOut: [...this.#optedOut] };
  }

  import(memory: CarrierMemory): void {
    this.clear();
    for (const message of memory.messages) this.add(message);
    for (const number of memory.optedOut) this.#optedOut.add(number);
  }

  /** An opted-out handset stays opted out when its texts are forgotten. */
  #forget(message: CarrierMessage): void {
    this.#messages.delete(message.sid);
    const handset = handsetOf(message);
    const sids = this.#byHandset.get(handset);
    sids?.delete(message.sid);
    if (sids?.size === 0) this.#byHandset.delete(handset);
  }
}
