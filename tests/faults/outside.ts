import type { DueDeps } from '../../functions/src/entry/schedule/run-due-work.ts';
import type { SendTaskDeps } from '../../functions/src/entry/tasks/send-deps.ts';
import { FaultyCarrier, type CarrierDials, type CarrierMessage } from './carrier.ts';
import { Operators, OLIVE } from './operators.ts';
import type { Outcome, Path } from './actor.ts';
import type { TestPerson, FaultWorld } from './world.ts';

type Everything = SendTaskDeps & DueDeps;

/** When a message is to be sent: at once, after the time to undo it, or at a time in a time zone. */
export interface When {
  undoSeconds?: number;
  sendAt?: { local: string; timeZone: string };
}

/** What Cloud Tasks does with a task: when each delivery of it comes, in milliseconds; none when it is lost. */
export type TaskDial = () => readonly number[];

export interface Dials extends CarrierDials {
  tasks: TaskDial;
}

/** One request of an operator, sent again with its key until it is answered. */
export interface Sent {
  by: typeof OLIVE;
  person: TestPerson;
  body: string;
  key: string;
  when: When;
  /** The answer that the operator saw; null when there never was one. */
  accepted: string | null;
  refused: string | null;
  /** It was refused although it had been answered as accepted. */
  takenBack: boolean;
}

/** One message that a person sent to Parley. */
export interface Texted {
  sid: string;
  from: string;
  body: string;
  optOutType: string | null;
  at: number;
  /** The carrier gave up delivering it, as it does after a few seconds, and logs it. */
  givenUp: boolean;
  /** The TwiML of every answer that came back well. */
  answers: string[];
}

/** Cloud Tasks: 1 s, doubling up to 120 s, 20 attempts (functions/src/index.ts). */
const TASK_ATTEMPTS = 20;
const CLIENT_TRIES = 4;
const WEBHOOK_TRIES = 2;

/** Everything around Parley that calls it: operators, persons, the carrier, the queue, the schedule. */
export class Outside {
  readonly world: FaultWorld;
  readonly carrier: FaultyCarrier;
  readonly sent: Sent[] = [];
  readonly texted: Texted[] = [];
  readonly operators: Operators;
  readonly #deps: Everything;
  dials: Dials;
  /** From now on nothing goes wrong, and so nothing may fail. */
  calm = false;

  constructor(world: FaultWorld, dials: Dials) {
    this.world = world;
    this.dials = dials;
    this.carrier = new FaultyCarrier(world.stage, world.random, dials, (message, status) =>
      this.report(message, status),
    );
    this.operators = new Operators(this);
    // A process has the settings of the moment in which it starts, hence the getters behind `#now`.
    this.#deps = {
      ...world.deps,
      gateway: { send: (text) => this.carrier.send(text) },
      lookup: {
        find: (about) => this.carrier.find(about),
        fetch: (providerId) => this.carrier.fetch(providerId),
      },
      wait: (milliseconds) => world.stage.sleep(milliseconds),
      tasks: {
        enqueue: ({ payload }, at) =>
          world.stage.io({ name: 'queue', writes: [], locks: [], transactional: false }, async () =>
            this.#enqueued(payload.messageId, at),
          ),
      },
    };
  }

  /** What a process is given that begins now. */
  get now(): Everything {
    const { config, vault } = this.world.deps;
    return { ...this.#deps, config, vault };
  }

  failed(path: Path, outcome: Outcome<unknown>): void {
    if (!this.calm || outcome.kind === 'answered') return;
    const reason = outcome.kind === 'failed' ? String(outcome.error) : 'died';
    this.world.witness.say(`broken: ${path} failed though nothing went wrong: ${reason}`);
  }

  turn(dials: Dials): void {
    this.dials = dials;
    this.carrier.dials = dials;
  }

  /** An operator sends; `copies` > 1 is a double click. */
  send(person: TestPerson, body: string, copies = 1, when: When = {}, by = OLIVE): Sent {
    const key = `faults-${String(this.sent.length + 1)}`;
    const sent: Sent = { by, person, body, key, when, accepted: null, refused: null, takenBack: false };
    this.sent.push(sent);
    for (let copy = 0; copy < copies; copy += 1) this.#request(sent, 1);
    return sent;
  }

  /** The same request again, as a client does that saw no answer. */
  again(sent: Sent): void {
    this.#request(sent, CLIENT_TRIES);
  }

  #request(sent: Sent, attempt: number): void {
    const { stage, system } = this.world;
    const request = {
      userId: sent.person.userId,
      body: sent.body,
      idempotencyKey: sent.key,
      operatorId: sent.by.id,
      operator: sent.by.label,
      ...sent.when,
    };
    const context = {
      actor: sent.by,
      address: '192.0.2.1',
      requestId: `request-${sent.key}`,
    };
    stage.begin(
      'accept',
      () => system.acceptOutgoing(this.now, request, context),
      (outcome) => {
        if (outcome.kind === 'answered') {
          const { value } = outcome;
          if (value.kind === 'accepted') sent.accepted = value.answer.messageId;
          else {
            sent.takenBack ||= sent.accepted !== null;
            sent.refused = 'code' in value ? value.code : value.kind;
          }
          return;
        }
        this.failed('accept', outcome);
        if (attempt < CLIENT_TRIES) stage.after(2_000, () => this.#request(sent, attempt + 1));
      },
    );
  }

  /** A person texts Parley; the carrier delivers the message `copies` times, all with one SID. */
  text(from: string, body: string, copies: readonly number[] = [0]): Texted {
    const sid = `SM${this.world.random.id()}`;
    const word = body.toUpperCase();
    const optOutType = ['STOP', 'START', 'HELP'].includes(word) ? word : null;
    if (word === 'STOP') this.carrier.optedOut.add(from);
    if (word === 'START') this.carrier.optedOut.delete(from);
    const { now: at } = this.world.stage;
    const texted: Texted = { sid, from, body, optOutType, at, givenUp: false, answers: [] };
    this.texted.push(texted);
    for (const late of copies) this.world.stage.after(late, () => this.#deliver(texted, 1));
    return texted;
  }

  /** The carrier delivers a message that it delivered before. */
  deliverAgain(texted: Texted): void {
    this.#deliver(texted, 1);
  }

  #deliver(texted: Texted, attempt: number): void {
    const { stage, system, signed } = this.world;
    const { sid, from, body, optOutType } = texted;
    const fields = {
      MessageSid: sid,
      From: from,
      To: '+15005550006',
      Body: body,
      NumMedia: '0',
      NumSegments: '1',
      ...(optOutType === null ? {} : { OptOutType: optOutType }),
    };
    stage.begin(
      'inbound',
      () => system.answerWebhook(this.now, signed('/inbound', '', fields)),
      (outcome) => {
        if (outcome.kind === 'answered' && outcome.value.status === 200) {
          texted.answers.push(outcome.value.body);
          if (texted.answers.length === 1) this.#obey(texted, outcome.value.body);
          return;
        }
        this.failed('inbound', unless200(outcome));
        if (attempt < WEBHOOK_TRIES) stage.after(1_000, () => this.#deliver(texted, attempt + 1));
      },
    );
  }

  /** Follows the first answer; the answer to a doubled delivery goes nowhere. */
  #obey({ from }: Texted, twiml: string): void {
    const reply = /<Message[^>]* statusCallback="([^"]*)"[^>]*>([^<]*)<\/Message>/.exec(twiml);
    if (reply === null || this.carrier.optedOut.has(from)) return;
    const address = new URL((reply[1] ?? '').replaceAll('&amp;', '&'));
    this.carrier.take(from, reply[2] ?? '', address.searchParams.get('m') ?? '', true);
  }

  /** The carrier calls back with one status. */
  report(message: CarrierMessage, status: string, attempt = 1): void {
    const { stage, system, signed } = this.world;
    const fields = {
      MessageSid: message.sid,
      MessageStatus: status,
      ...(status === 'undelivered' ? { ErrorCode: String(message.errorCode) } : {}),
    };
    const search = `?m=${encodeURIComponent(message.messageId)}`;
    stage.begin(
      'status',
      () => system.answerWebhook(this.now, signed('/status', search, fields)),
      (outcome) => {
        if (outcome.kind === 'answered' && outcome.value.status === 200) {
          message.told.push(status);
          return;
        }
        this.failed('status', unless200(outcome));
        if (attempt < WEBHOOK_TRIES) stage.after(1_000, () => this.report(message, status, attempt + 1));
      },
    );
  }

  #enqueued(messageId: string, at?: Date): void {
    const { stage } = this.world;
    const wait = at === undefined ? 0 : Math.max(0, at.getTime() - stage.now);
    for (const late of this.dials.tasks()) stage.after(wait + late, () => this.task(messageId));
  }

  /** Cloud Tasks hands a task over, and again until a run of it ends well. */
  task(messageId: string, attempt = 1): void {
    const { stage, system } = this.world;
    const payload = { kind: 'send', version: 1, messageId };
    const again = (outcome: Outcome<void>) => {
      if (outcome.kind === 'answered' || attempt >= TASK_ATTEMPTS) return;
      stage.after(1_000 * Math.min(120, 2 ** (attempt - 1)), () => this.task(messageId, attempt + 1));
    };
    stage.begin('send', () => system.handleTask(this.now, payload), again);
  }

  /** Cloud Scheduler's minute. A run that failed is not run again; the next minute comes. */
  minute(): void {
    const { stage, system } = this.world;
    stage.begin(
      'due-work',
      () => system.runDueWork(this.now, stage.clock.now()),
      (outcome) => this.failed('due-work', outcome),
    );
  }
}

/** A webhook that answers with an error has failed, as far as its caller is concerned. */
function unless200(outcome: Outcome<{ status: number; body: string }>): Outcome<unknown> {
  if (outcome.kind !== 'answered' || outcome.value.status === 200) return outcome;
  return { kind: 'failed', error: `${String(outcome.value.status)} ${outcome.value.body}` };
}
