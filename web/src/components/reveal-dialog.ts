import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base, buttons, fields } from '../styles/shared.ts';
import { describedBy, field } from './field.ts';
import './inline-notice.ts';
import './modal-dialog.ts';

/** The number is wanted, for this reason. */
export class RevealEvent extends Event {
  readonly reason: string;
  constructor(reason: string) {
    super('reveal');
    this.reason = reason;
  }
}

const HINT = 'Recorded with your name and the time.';

/** Asks why a number is needed before it is shown (PRIV-3). `wrong` is what the server says of the reason. */
@customElement('reveal-dialog')
export class RevealDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: var(--space-4);
        font-size: var(--text-md);
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property() label = '';
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) wrong: string | null = null;
  @property({ attribute: false }) problem: string | null = null;
  @state() private own: string | null = null;
  @query('#reason') private readonly reason!: HTMLInputElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') || changed.has('wrong')) this.own = this.wrong;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('wrong') && this.wrong) this.reason?.focus();
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.busy) return;
    const reason = this.reason?.value.trim() ?? '';
    this.own = reason.length < 3 ? 'Say why the number is needed.' : null;
    if (this.own) this.reason?.focus();
    else this.dispatchEvent(new RevealEvent(reason));
  }

  private dismiss(): void {
    if (!this.busy) this.dispatchEvent(new Event('dismiss'));
  }

  private form() {
    const about = { id: 'reason', hint: HINT, problem: this.own };
    return html`<form id="form" novalidate @submit=${this.submit}>
      ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem}</inline-notice>` : nothing}
      <p>The number is shown to you for a minute. That you saw it, and why, stays in the audit log for good.</p>
      ${field(
        { ...about, label: 'Reason' },
        html`<input id="reason" maxlength="200" autocomplete="off" autofocus aria-invalid=${this.own ? 'true' : nothing} aria-describedby=${describedBy(about)} />`,
      )}
    </form>`;
  }

  override render() {
    return html`<modal-dialog heading="Reveal the number of ${this.label}" ?open=${this.open} @dismiss=${this.dismiss}>
      ${this.open ? this.form() : nothing}
      <div slot="footer">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${this.dismiss}>Cancel</button>
        <button form="form" class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Asking…' : 'Reveal'}</button>
      </div>
    </modal-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reveal-dialog': RevealDialog;
  }
}
