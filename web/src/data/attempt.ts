import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { nextFrame } from '../next-frame.ts';
import { toProblem, type ApiProblem } from './api-problem.ts';

/**
 * What a dialog or form asks of the server: `#attempt = new Attempt(this)`, then
 * `const answer = await this.#attempt.run(() => liftHold(lift), () => (this.asking = false))`; read `.busy` and `.problem`.
 */
export class Attempt implements ReactiveController {
  busy = false;
  /** Why the last one failed; null once it is tried again. */
  problem: ApiProblem | null = null;

  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Nothing is listened to; a controller must have one of these.
  }

  /** Forgets why the last one failed, when its dialog opens anew. */
  clear(): void {
    this.problem = null;
    this.#host.requestUpdate();
  }

  /**
   * Does it, unless another is under way; null when it was not done, and then `problem` says why. `close` is called when
   * it was, and what it closed is gone, with the focus back in its place, before the answer comes.
   */
  async run<T>(work: () => Promise<T>, close: () => void = () => undefined): Promise<{ value: T } | null> {
    if (this.busy) return null;
    this.busy = true;
    this.clear();
    try {
      const value = await work();
      close();
      await nextFrame();
      return { value };
    } catch (thrown) {
      this.problem = toProblem(thrown);
      return null;
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }
}
