import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LEAST_REASON, MOST, PROBLEMS } from '../../../functions/src/contract/person-rules.ts';
import { base, buttons, fields } from '../styles/shared.ts';
import { describedBy, field } from './field.ts';
import './inline-notice.ts';
import './modal-dialog.ts';
import { waitWords } from './wait-words.ts';

/** The action is confirmed, for this reason. */
export class ReasonEvent extends Event {
  readonly reason: string;
  constructor(reason: string) {
    super('reason');
    this.reason = reason;
  }
}

interface Refused {
  status: number;
  message: string;
  retryAfterSeconds: number | null;
  fields: ReadonlyMap<string, string>;
}

const HINT = 'Saved with your name and the time. Leave out phone numbers.';

/**
 * Asks for a reason before something is done: `<reason-dialog heading="Lift the opt-out?" confirm="Lift opt-out" ?open=…
 * ?busy=… .problem=${why it was refused} @reason=… @dismiss=…>What will happen.</reason-dialog>`.
 */
@customElement('reason-dialog')
export class ReasonDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: var(--space-4);
        font-size: var(--text-md);
        text-wrap: pretty;
      }
    `,
  ];

  @property() heading = '';
  @property() confirm = 'Confirm';
  @property({ type: Boolean }) open = false;
  @property({ type: Boolean }) busy = false;
  /** Shown where the reason is missing. */
  @property() need: string = PROBLEMS.reason;
  /** Why it was refused the last time; an ApiProblem is one. */
  @property({ attribute: false }) problem: Refused | null = null;
  @state() private own: string | null = null;
  @query('#reason') private readonly reason!: HTMLInputElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') || changed.has('problem')) this.own = this.problem?.fields.get('reason') ?? null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('problem') && this.own) this.reason?.focus();
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.busy) return;
    const reason = this.reason?.value.trim() ?? '';
    this.own = reason.length < LEAST_REASON ? this.need : null;
    if (this.own) this.reason?.focus();
    else this.dispatchEvent(new ReasonEvent(reason));
  }

  private dismiss(): void {
    if (!this.busy) this.dispatchEvent(new Event('dismiss'));
  }

  override render() {
    const about = { id: 'reason', hint: HINT, problem: this.own };
    const refused = this.problem?.fields.has('reason') ? null : this.problem;
    return html`<modal-dialog heading=${this.heading} ?open=${this.open} @dismiss=${this.dismiss}>
      <form id="form" novalidate @submit=${this.submit}>
        ${refused ? html`<inline-notice tone="bad" role="alert">${waitWords(refused)}</inline-notice>` : nothing}
        <slot></slot>
        ${
          this.open
            ? field(
                { ...about, label: 'Reason' },
                html`<input id="reason" maxlength=${MOST.reason} autocomplete="off" autofocus aria-invalid=${this.own ? 'true' : nothing} aria-describedby=${describedBy(about)} />`,
              )
            : nothing
        }
      </form>
      <div slot="footer">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${this.dismiss}>Cancel</button>
        <button form="form" class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Working…' : this.confirm}</button>
      </div>
    </modal-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'reason-dialog': ReasonDialog;
  }
}
