import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { costRuns } from '../../../functions/src/contract/segments.ts';
import { base, fields } from '../styles/shared.ts';
import { describedBy, field } from './field.ts';

/**
 * A text area that grows with its text and marks the characters that cost more, where they stand:
 * `<marked-textarea label="Message" .value=${text} @input=${…}>`; read `.value` in the handler.
 */
@customElement('marked-textarea')
export class MarkedTextarea extends LitElement {
  static override styles = [
    base,
    fields,
    css`
      :host {
        display: block;
      }
      .pair {
        display: grid;
        min-height: 7.5rem;
        max-height: 24rem;
        overflow: auto;
        border: 1px solid var(--line-control);
        border-radius: var(--radius);
        background: var(--raised);
      }
      .pair:focus-within {
        border-color: var(--focus);
        outline: 2px solid var(--focus);
        outline-offset: -1px;
      }
      .pair.wrong:not(:focus-within) {
        border-color: var(--bad);
      }
      /* Both in one cell, with the same measures, so that every mark lies under its character. */
      .marks,
      textarea,
      textarea:focus-visible {
        grid-area: 1 / 1;
        width: 100%;
        min-height: 100%;
        margin: 0;
        padding: var(--space-3);
        border: 0;
        outline: 0;
        background: none;
        font: inherit;
        font-size: var(--text-md);
        line-height: 1.55;
        letter-spacing: normal;
        overflow-wrap: break-word;
        white-space: pre-wrap;
      }
      .marks {
        color: transparent;
        pointer-events: none;
        user-select: none;
      }
      .marks mark {
        border-radius: 3px;
        background: var(--mark);
        color: transparent;
      }
      textarea {
        overflow: hidden;
        resize: none;
      }
      @media (pointer: coarse) {
        .marks,
        textarea,
        textarea:focus-visible {
          font-size: 1rem;
        }
      }
    `,
  ];

  @property() label = 'Message';
  @property() hint: string | null = null;
  @property() problem: string | null = null;
  @property({ type: Boolean }) disabled = false;
  @property() value = '';

  @query('textarea') private readonly area!: HTMLTextAreaElement;

  override focus(): void {
    void this.updateComplete.then(() => {
      this.area.focus();
    });
  }

  private onInput(): void {
    this.value = this.area.value;
  }

  override render() {
    const options = { id: 'text', label: this.label, hint: this.hint ?? undefined, problem: this.problem };
    return field(
      options,
      html`<div class="pair ${this.problem ? 'wrong' : ''}">
        <div class="marks" aria-hidden="true" dir="auto">${costRuns(this.value).map((run) => (run.costly ? html`<mark>${run.text}</mark>` : run.text))}${'\u200b'}</div>
        <textarea id="text" dir="auto" rows="1" ?disabled=${this.disabled} .value=${this.value} aria-invalid=${this.problem ? 'true' : nothing} aria-describedby=${describedBy(options)} @input=${this.onInput}></textarea>
      </div>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'marked-textarea': MarkedTextarea;
  }
}
