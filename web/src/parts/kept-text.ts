import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { keepDraft, readDraft } from '../drafts.ts';
import { currentOperator } from '../session.ts';

/** The words in a composer; every change is kept in the browser as a draft until the message is sent. */
export class KeptText implements ReactiveController {
  body = '';
  /** It is what was written before a reload, or before the session ended. */
  restored = false;

  readonly #host: ReactiveControllerHost;
  #userId: string | null | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // Nothing is listened to; a controller must have one of these.
  }

  /** Sets the recipient. Words that are being written go along; otherwise the recipient's draft comes back. */
  to(userId: string | null): void {
    const before = this.#userId;
    this.#userId = userId;
    if (before === userId) return;
    if (this.body.trim() !== '') {
      this.#keep(before ?? null, '');
      this.#keep(userId, this.body);
      return;
    }
    const operatorId = currentOperator()?.id;
    if (operatorId === undefined) return;
    this.body = readDraft(localStorage, operatorId, userId, Date.now());
    this.restored = this.body !== '';
  }

  write(body: string): void {
    this.body = body;
    this.restored &&= body !== '';
    this.#keep(this.#userId ?? null, body);
    this.#host.requestUpdate();
  }

  #keep(userId: string | null, body: string): void {
    const operatorId = currentOperator()?.id;
    if (operatorId !== undefined) keepDraft(localStorage, operatorId, userId, body, Date.now());
  }
}
