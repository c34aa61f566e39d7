import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { MAX_UNDO_SECONDS } from '../../../../functions/src/contract/limits.ts';
import { notify } from '../../announce.ts';
import { selectField } from '../../components/field.ts';
import '../../components/inline-notice.ts';
import { Attempt } from '../../data/attempt.ts';
import { chooseUndoSeconds, ownUndoSeconds, session } from '../../session.ts';
import { StoreController } from '../../store.ts';
import { page } from '../../styles/page.ts';
import { base, fields } from '../../styles/shared.ts';

const CHOICES = [0, 5, 10, 20, MAX_UNDO_SECONDS];
const words = (seconds: number): string => (seconds === 0 ? 'Don’t wait' : `${String(seconds)} seconds`);

/** How long one's own sends wait before they leave, so that they can be undone (OUT-9). */
@customElement('own-undo')
export class OwnUndo extends LitElement {
  static override styles = [
    base,
    fields,
    page,
    css`
      :host {
        display: block;
        flex: none;
        min-height: 0;
        border-bottom: 1px solid var(--line);
      }
      section {
        display: grid;
        gap: var(--space-4);
        max-width: 26rem;
      }
      h2 {
        font-size: var(--text-lg);
      }
      .about {
        color: var(--ink-2);
        text-wrap: pretty;
      }
    `,
  ];

  readonly #session = new StoreController(this, session);
  readonly #attempt = new Attempt(this);

  private async choose(text: string): Promise<void> {
    const seconds = Number(text);
    if (seconds === ownUndoSeconds()) return;
    if (!(await this.#attempt.run(() => chooseUndoSeconds(seconds)))) return;
    notify(
      'good',
      seconds === 0
        ? 'Your messages are now sent at once.'
        : `You can now undo a message for ${String(seconds)} seconds.`,
    );
  }

  override render() {
    const chosen = this.#session.value.phase === 'in' ? ownUndoSeconds() : 0;
    const { problem } = this.#attempt;
    const choices = [...new Set([...CHOICES, chosen])].sort((a, b) => a - b);
    return html`<div class="page-body">
      <section aria-labelledby="heading">
        <h2 id="heading">Undo after sending</h2>
        <p class="about">Your messages wait this long before they are sent. Until then you can undo them.</p>
        ${problem ? html`<inline-notice tone="bad" role="alert">${problem.message}</inline-notice>` : nothing}
        ${selectField({ id: 'undo', label: 'Wait before sending', value: String(chosen), choices: choices.map((each) => [String(each), words(each)] as const), onChange: (value) => void this.choose(value) })}
      </section>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'own-undo': OwnUndo;
  }
}
