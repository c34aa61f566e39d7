import type { Log } from './log.ts';

/**
 * What goes wrong with single entries while many are worked on: one of them must not hold up the others, and none must go
 * unsaid. Only the first is logged, with its entry: where the store or the queue is down, the rest is the same line again.
 */
export class Troubles {
  readonly #log: Log;
  #first: { error: unknown } | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Null when `work` failed. */
  async caught<T>(messageId: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      this.#note(messageId, error);
      return null;
    }
  }

  unreadable(messageIds: readonly string[]): void {
    for (const messageId of messageIds) this.#note(messageId, new Error('The entry cannot be read.'));
  }

  /** Throws the first of them, so that the run counts as failed. */
  throwFirst(): void {
    if (this.#first !== null) throw this.#first.error;
  }

  #note(messageId: string, error: unknown): void {
    if (this.#first !== null) return;
    this.#first = { error };
    this.#log.error('due-work.entry_failed', error, { messageId });
  }
}
