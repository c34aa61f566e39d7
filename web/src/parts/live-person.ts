import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Person } from '../../../functions/src/contract/people.ts';
import type { ApiProblem } from '../data/api-problem.ts';
import { watchIncoming } from '../data/live-entries.ts';
import { LiveController } from '../data/live-controller.ts';
import { Loader } from '../data/loader.ts';
import { getPerson } from '../data/people.ts';

/** People are not listened to, so what other operators change is asked for. */
const EVERY_MS = 30_000;

/**
 * The person whom one is writing to, kept up to date: asked for again when a message of theirs arrives (it may be STOP or
 * START), when the reader comes back to the window, and every half minute.
 */
export class LivePerson implements ReactiveController {
  readonly #loader: Loader<Person>;
  readonly #live: LiveController;
  #userId: string | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#loader = new Loader<Person>(host);
    this.#live = new LiveController(host);
    host.addController(this);
  }

  /** As last known; null while they are not, or when they are gone. */
  get value(): Person | null {
    return this.problem ? null : this.#loader.value;
  }

  /** Why there is nobody to write to. What could not be asked for again stays as it was. */
  get problem(): ApiProblem | null {
    const { problem, value } = this.#loader;
    return value === null || problem?.errorCode === 'PERSON_NOT_FOUND' ? problem : null;
  }

  /** Whom it is about; `known` where they have been read already. */
  show(userId: string | null, known?: Person): void {
    if (known) this.#loader.set(known);
    if (userId === this.#userId) return;
    this.#userId = userId;
    this.#live.stop();
    if (userId === null) {
      this.#loader.clear();
      return;
    }
    if (!known) void this.#loader.load((signal) => getPerson(userId, signal));
    this.#live.watch(() =>
      watchIncoming(new Date().toISOString(), (rows) => {
        if (rows.some((row) => row.userId === userId)) this.refresh();
      }),
    );
  }

  /** Asks for them again; what is known is shown meanwhile. */
  readonly refresh = (): void => {
    const userId = this.#userId;
    if (userId !== null) void this.#loader.load((signal) => getPerson(userId, signal), { keep: true });
  };

  readonly #onReturn = (): void => {
    if (document.visibilityState === 'visible') this.refresh();
  };

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onReturn);
    this.#timer = setInterval(this.#onReturn, EVERY_MS);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onReturn);
    clearInterval(this.#timer);
  }
}
