import type { CallbackRecord, CarrierMessage, MessageStatus } from './message.ts';
import type { Dials } from './dials.ts';
import type { FormFields } from './signature.ts';
import type { WebhookAnswer } from './post-webhook.ts';
import type { Random } from './random.ts';
import { shuffled } from './random.ts';

export interface CallbackDeps {
  accountSid: string;
  now: () => Date;
  random: () => Random;
  wait: (milliseconds: number) => Promise<void>;
  post: (address: string, fields: FormFields) => Promise<WebhookAnswer>;
}

type CallbackDials = Pick<Dials, 'callbackOrder' | 'callbackLateMs' | 'callbackCopies' | 'callbackLost'>;

/** Reports one message's statuses to the customer, one request after the other, with the trouble that the dials ask for. */
export class StatusCallbacks {
  readonly #message: CarrierMessage;
  readonly #dials: CallbackDials;
  readonly #deps: CallbackDeps;
  readonly #held: FormFields[] = [];
  #line: Promise<void> = Promise.resolve();

  constructor(message: CarrierMessage, dials: CallbackDials, deps: CallbackDeps) {
    this.#message = message;
    this.#dials = dials;
    this.#deps = deps;
  }

  /** Records the message's present status, and reports it now or at the end. */
  announce(): void {
    if (this.#message.statusCallback === null || this.#dials.callbackLost) return;
    const fields = callbackFields(this.#deps.accountSid, this.#message, this.#deps.now());
    if (this.#dials.callbackOrder === 'natural') this.#enqueue(fields);
    else this.#held.push(fields);
  }

  /** Resolves when everything has been reported. */
  async finish(): Promise<void> {
    const held =
      this.#dials.callbackOrder === 'reversed'
        ? this.#held.toReversed()
        : shuffled(this.#held, this.#deps.random());
    for (const fields of held) this.#enqueue(fields);
    await this.#line;
  }

  #enqueue(fields: FormFields): void {
    this.#line = this.#line.then(async () => {
      await this.#deps.wait(this.#dials.callbackLateMs);
      for (let copy = 0; copy < this.#dials.callbackCopies; copy += 1) await this.#tell(fields);
    });
    // A stop rejects this; finish() handles it, and until then it must not count as unhandled.
    this.#line.catch(() => undefined);
  }

  async #tell(fields: FormFields): Promise<void> {
    const record: CallbackRecord = {
      status: fields['MessageStatus'] as MessageStatus,
      at: this.#deps.now().toISOString(),
      answered: null,
    };
    this.#message.callbacks.push(record);
    const answer = await this.#deps.post(this.#message.statusCallback ?? '', fields);
    record.answered = answer.status;
  }
}

/** The form of a status callback, by Twilio's names; `RawDlrDoneDate` is the carrier's receipt, `YYMMDDhhmm`. */
export function callbackFields(accountSid: string, message: CarrierMessage, now: Date): FormFields {
  const receipt = message.status === 'delivered' || message.status === 'undelivered';
  return {
    ...(receipt ? { RawDlrDoneDate: now.toISOString().replaceAll(/\D/g, '').slice(2, 12) } : {}),
    ...(message.errorCode === null ? {} : { ErrorCode: String(message.errorCode) }),
    SmsSid: message.sid,
    SmsStatus: message.status,
    MessageStatus: message.status,
    To: message.to,
    MessageSid: message.sid,
    AccountSid: accountSid,
    From: message.from,
    ApiVersion: '2010-04-01',
    ...(message.messagingServiceSid === null ? {} : { MessagingServiceSid: message.messagingServiceSid }),
  };
}
