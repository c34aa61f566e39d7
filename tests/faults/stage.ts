import { AsyncLocalStorage } from 'node:async_hooks';
import type { SeededRandom } from '../../functions/cli/seed/random.ts';
import { ProcessDied } from '../support/mortal-process.ts';
import type { Actor, IoRequest, Outcome, Path } from './actor.ts';
import { StoreFault, type Fault } from './fault.ts';

interface Gate {
  actor: Actor;
  request: IoRequest;
  resume: (fault: Fault | null) => void;
}

interface Happening {
  at: number;
  order: number;
  run: () => void;
}

export interface StageOptions {
  random: SeededRandom;
  start: number;
  /** How likely something else begins while processes are in the middle of their work, 0 to 1. */
  crowding: number;
  /** What goes wrong at this I/O of this process; asked once for each, in order. */
  faultAt: (actor: Actor, request: IoRequest) => Fault | null;
  skewOf: () => number;
  /** From when on nothing may go wrong. */
  isCalm: () => boolean;
  /** Real milliseconds instead of STALL, where the machine may be slow and the order must not depend on it. */
  patience?: number | undefined;
}

/** While processes stand in the middle of their work, time may go on by this much at once. */
const LONGEST_LEAP = 10 * 60_000;
/** A process that is older than this is ended by the platform: more than any function's timeout. */
const OLDEST = 180_000;
/** Real milliseconds after which an I/O counts as held up by another one's lock in the emulator. */
const STALL = 1_000;

/**
 * Runs many processes in one thread and one seeded order. Each stops at its next I/O; when all of them stand, one is let
 * go, or the next happening begins, as the seed says. So one I/O is under way at a time, and the same seed gives the same
 * run. Time is virtual and goes on when nobody has anything to do.
 */
export class Stage {
  readonly #options: StageOptions;
  readonly #current = new AsyncLocalStorage<Actor>();
  readonly #gates: Gate[] = [];
  readonly #happenings: Happening[] = [];
  readonly #actors = new Set<Actor>();
  readonly #walked = new Map<Path, number>();
  readonly #work = new Set<Promise<unknown>>();
  #wake: () => void = () => undefined;
  #order = 0;
  now: number;
  /** How often an I/O was held up in the emulator for longer than expected. */
  stalls = 0;
  /** Every process that has ended or died, in order. */
  readonly past: Actor[] = [];
  /** What went wrong on purpose, and how often. */
  readonly struck = new Map<string, number>();

  constructor(options: StageOptions) {
    this.#options = options;
    this.now = options.start;
  }

  get actor(): Actor | undefined {
    return this.#current.getStore();
  }

  /** The clock as the process that asks sees it. */
  readonly clock = { now: (): Date => new Date(this.now + (this.actor?.skew ?? 0)) };

  /** How many processes have walked this path so far. */
  walked(path: Path): number {
    return this.#walked.get(path) ?? 0;
  }

  /** Something that happens after `delay` milliseconds. */
  after(delay: number, run: () => void): void {
    this.#happenings.push({ at: this.now + delay, order: (this.#order += 1), run });
    this.#happenings.sort((one, other) => one.at - other.at || one.order - other.order);
  }

  /** Counts one thing that goes wrong. */
  strike(what: string): void {
    this.struck.set(what, (this.struck.get(what) ?? 0) + 1);
  }

  /** The process that calls does nothing for so long, by its own clock; it can be ended meanwhile. */
  async sleep(milliseconds: number): Promise<void> {
    const { actor } = this;
    if (actor === undefined) return;
    actor.asleep = true;
    await new Promise<void>((resolve) => {
      this.after(Math.max(0, milliseconds), () => {
        actor.asleep = false;
        resolve();
      });
      this.#wake();
    });
    if (actor.dead) throw new ProcessDied();
  }

  /** Starts a process; `ended` hears how it went. */
  begin<T>(path: Path, work: () => Promise<T>, ended: (outcome: Outcome<T>) => void): void {
    const nth = (this.#walked.get(path) ?? 0) + 1;
    const skew = this.#options.skewOf();
    if (skew !== 0) this.strike('clock off by five minutes');
    this.#walked.set(path, nth);
    const actor: Actor = {
      path,
      nth,
      startedAt: this.now,
      skew,
      ios: [],
      dead: false,
      ended: false,
      inFlight: 0,
      asleep: false,
      locks: new Set(),
    };
    this.#actors.add(actor);
    const end = (outcome: Outcome<T>) => {
      if (actor.ended) return;
      actor.ended = true;
      this.#actors.delete(actor);
      this.past.push(actor);
      ended(actor.dead ? { kind: 'died' } : outcome);
      this.#wake();
    };
    const running = this.#current.run(actor, work).then(
      (value) => end({ kind: 'answered', value }),
      (error: unknown) => end({ kind: 'failed', error }),
    );
    this.#work.add(running);
    void running.finally(() => this.#work.delete(running));
    onDeath.set(actor, () => end({ kind: 'died' }));
  }

  /** One I/O of the process that calls. Outside of any process it is done at once. */
  async io<T>(request: IoRequest, go: () => Promise<T>): Promise<T> {
    const { actor } = this;
    if (actor === undefined) return go();
    if (request.name === 'rollback') {
      // The server drops the locks of a client that is gone; so this one goes through even for the dead.
      actor.locks.clear();
      return go();
    }
    if (actor.dead) throw new ProcessDied();
    const fault = await new Promise<Fault | null>((resume) => {
      this.#gates.push({ actor, request, resume });
      this.#wake();
    });
    if (actor.dead) throw new ProcessDied();
    try {
      return await this.#perform(actor, request, fault, go);
    } finally {
      actor.inFlight -= 1;
      if (request.name === 'commit') actor.locks.clear();
      // Where it does several at once, the others stand already; what follows from this one gets time to come up.
      setImmediate(() => setImmediate(() => this.#wake()));
    }
  }

  async #perform<T>(actor: Actor, request: IoRequest, fault: Fault | null, go: () => Promise<T>): Promise<T> {
    if (fault === 'die-before') this.#kill(actor);
    else if (fault === 'aborted' || fault === 'deadline') {
      // Else it would hold its documents, while its client has begun another one, until the server's patience ends.
      await request.rollback?.();
      actor.locks.clear();
      throw new StoreFault(fault === 'aborted' ? 'ABORTED' : 'DEADLINE_EXCEEDED');
    }
    if (actor.dead) throw new ProcessDied();
    for (const name of request.locks) actor.locks.add(name);
    const result = await go();
    if (fault === 'die-after') this.#kill(actor);
    if (actor.dead) throw new ProcessDied();
    if (fault === 'answer-lost') throw new StoreFault('DEADLINE_EXCEEDED');
    return result;
  }

  #kill(actor: Actor): void {
    actor.dead = true;
    for (const gate of this.#gates.filter((each) => each.actor === actor)) this.#take(gate).resume(null);
    onDeath.get(actor)?.();
  }

  /** Goes on until no process runs and nothing is to happen. */
  async run(): Promise<void> {
    for (;;) {
      await this.#untilAllStand();
      const [next] = this.#happenings;
      const free = this.#firsts().filter((gate) => !this.#isHeldUp(gate));
      if (this.#gates.length === 0) {
        if (next !== undefined) this.#happen(next);
        else if (this.#actors.size === 0) break;
        continue;
      }
      if (
        next !== undefined &&
        next.at - this.now <= LONGEST_LEAP &&
        this.#random.next() < this.#options.crowding &&
        this.#maySleepUntil(next.at)
      ) {
        this.#happen(next);
        continue;
      }
      if (free.length > 0) this.#release(this.#random.pick(free));
      else this.#breakCircle();
    }
    await Promise.all(this.#work);
  }

  /** One I/O for each process that stands, the first that it asked for: what it asks for besides may come late. */
  #firsts(): Gate[] {
    const firsts = new Map<Actor, Gate>();
    for (const gate of this.#gates) if (!firsts.has(gate.actor)) firsts.set(gate.actor, gate);
    return [...firsts.values()];
  }

  /** Some processes stand still for so long that the platform ends them; most do not, or little would be left to see. */
  #maySleepUntil(time: number): boolean {
    const isEnded = [...this.#actors].some((actor) => time - actor.startedAt > OLDEST);
    return !isEnded || (!this.#options.isCalm() && this.#random.next() < 0.03);
  }

  /** Transactions that wait for each other's documents: the server lets one of them through and ends the others. */
  #breakCircle(): void {
    const gates = this.#firsts();
    const winner = this.#random.pick(gates);
    for (const gate of gates) {
      const holds = winner.request.writes.some((name) => gate.actor.locks.has(name));
      if (gate !== winner && holds) this.#let(gate, 'aborted');
    }
  }

  get #random(): SeededRandom {
    return this.#options.random;
  }

  #isHeldUp({ actor, request }: Gate): boolean {
    if (request.writes.length === 0) return false;
    return [...this.#actors].some(
      (other) => other !== actor && !other.dead && request.writes.some((name) => other.locks.has(name)),
    );
  }

  #happen(next: Happening): void {
    this.#happenings.shift();
    this.now = Math.max(this.now, next.at);
    for (const actor of [...this.#actors]) if (this.now - actor.startedAt > OLDEST) this.#kill(actor);
    next.run();
  }

  #release(gate: Gate): void {
    gate.actor.ios.push(gate.request.name);
    const fault = this.#options.faultAt(gate.actor, gate.request);
    if (fault !== null) this.strike(fault);
    this.#let(gate, fault);
  }

  #let(gate: Gate, fault: Fault | null): void {
    gate.actor.inFlight += 1;
    this.#take(gate).resume(fault);
  }

  #take(gate: Gate): Gate {
    this.#gates.splice(this.#gates.indexOf(gate), 1);
    return gate;
  }

  get #isBusy(): boolean {
    const waiting = new Set(this.#gates.map(({ actor }) => actor));
    return [...this.#actors].some((actor) => actor.inFlight > 0 || !(waiting.has(actor) || actor.asleep));
  }

  async #untilAllStand(): Promise<void> {
    while (this.#isBusy) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      this.#wake = () => resolve(true);
      const timer = setTimeout(() => resolve(false), this.#options.patience ?? STALL);
      const woken = await promise;
      clearTimeout(timer);
      if (woken) continue;
      this.stalls += 1;
      if (this.#gates.length > 0) return;
    }
  }
}

const onDeath = new WeakMap<Actor, () => void>();
