import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FailureCategory } from '../../../../functions/src/contract/consent.ts';
import type { ErrorCodesAnswer } from '../../../../functions/src/contract/suppressions.ts';
import { notify } from '../../announce.ts';
import { CATEGORIES, CATEGORY_LOOKS, stopsTexting, type CodeEntry } from './category-words.ts';
import '../../components/confirm-dialog.ts';
import '../../components/inline-notice.ts';
import '../../components/side-panel.ts';
import '../../components/status-mark.ts';
import '../../components/view-state.ts';
import { sentenceOf } from '../../data/api-problem.ts';
import { Attempt } from '../../data/attempt.ts';
import { changeErrorCodes } from './settings.ts';
import { allowed } from '../../session.ts';
import { formStyles } from '../../styles/form.ts';
import { page } from '../../styles/page.ts';
import { panelStyles } from '../../styles/panel.ts';
import { base, buttons, fields } from '../../styles/shared.ts';

/** The table of error codes was changed. */
export class CodesChangeEvent extends Event {
  readonly table: ErrorCodesAnswer;
  constructor(table: ErrorCodesAnswer) {
    super('codes-change');
    this.table = table;
  }
}

/**
 * The opened error code, beside the table; admins change its action here. Fires `codes-change`, and `overtaken` when
 * somebody else has changed the table in the meantime, so that it is loaded again.
 */
@customElement('code-panel')
export class CodePanel extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    formStyles,
    page,
    panelStyles,
    css`
      form {
        margin-top: var(--space-6);
      }
      .choices {
        grid-template-columns: 1fr;
      }
      .choice:has(:disabled) {
        border-color: var(--line);
        color: var(--ink-3);
        cursor: default;
      }
      inline-notice {
        margin-bottom: var(--space-4);
      }
      .start {
        margin-right: auto;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  /** Null while `open` when the address names no code. */
  @property({ attribute: false }) entry: CodeEntry | null = null;
  @property({ attribute: false }) table: ErrorCodesAnswer | null = null;
  readonly #attempt = new Attempt(this);
  /** What was chosen but not saved; null while it shows the current action. */
  @state() private chosen: FailureCategory | null = null;
  /** What is to be confirmed: the choice, or null for the default. */
  @state() private asking: { to: FailureCategory | null } | null = null;
  @state() private overtaken = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('entry');
    if (changed.has('open') || (changed.has('entry') && before?.code !== this.entry?.code)) {
      this.chosen = null;
      this.asking = null;
      this.overtaken = false;
      this.#attempt.problem = null;
    }
  }

  private ask(to: FailureCategory | null): void {
    this.#attempt.clear();
    this.asking = { to };
  }

  private readonly close = (): void => {
    this.asking = null;
  };

  private async save({ code }: CodeEntry): Promise<void> {
    const { asking, table } = this;
    if (!asking || !table) return;
    const change = { codes: { [code]: asking.to }, seen: table.updatedAt };
    const answer = await this.#attempt.run(() => changeErrorCodes(change), this.close);
    if (answer) {
      this.chosen = null;
      this.overtaken = false;
      this.dispatchEvent(new CodesChangeEvent(answer.value));
      notify('good', `The action for code ${String(code)} is saved.`);
    } else if (this.#attempt.problem?.errorCode === 'SETTINGS_CHANGED') {
      this.close();
      this.overtaken = true;
      this.dispatchEvent(new Event('overtaken'));
    }
  }

  private facts({ reason, category, ...entry }: CodeEntry): TemplateResult {
    const look = CATEGORY_LOOKS[category];
    const changed = category !== entry.default;
    return html`<dl class="facts">
      <dt>Meaning</dt>
      <dd>${reason}</dd>
      <dt>Action</dt>
      <dd><status-mark .look=${look}></status-mark><p>${look.meaning}</p></dd>
      <dt>Default</dt>
      <dd>${changed ? html`<status-mark .look=${CATEGORY_LOOKS[entry.default]}></status-mark>` : 'The same action'}</dd>
    </dl>`;
  }

  private form(entry: CodeEntry): TemplateResult {
    const { category, maySuppress } = entry;
    const chosen = this.chosen ?? category;
    return html`<form id="form" novalidate @submit=${(event: Event) => {
      event.preventDefault();
      if (chosen !== category) this.ask(chosen);
      else notify('info', 'Nothing to save: this is the current action.');
    }}>
      <fieldset class="field">
        <legend class="label">When a message fails with ${entry.code}</legend>
        <div class="choices">
          ${CATEGORIES.map((each) => {
            const barred = stopsTexting(each) && !maySuppress;
            const { label, meaning } = CATEGORY_LOOKS[each];
            return html`<label class="choice">
              <input type="radio" name="category" ?disabled=${barred} .checked=${each === chosen} @change=${() => {
                this.chosen = each;
              }} />
              <span><strong>${label}</strong><br /><span class="hint">${barred ? 'Not available for this code: phones that are off and filtered messages say nothing lasting about a number.' : meaning}</span></span>
            </label>`;
          })}
        </div>
      </fieldset>
    </form>`;
  }

  private details(entry: CodeEntry): TemplateResult {
    const mayWrite = allowed('settings:write');
    return html`${this.overtaken ? html`<inline-notice tone="warn" role="alert">${this.table?.updatedBy ?? 'Somebody'} changed the error codes while you were editing. Your choice is not saved yet. Check the current action, then save again.</inline-notice>` : nothing}
      ${this.facts(entry)}
      ${mayWrite ? this.form(entry) : html`<p class="why">An admin can change the action.</p>`}
      ${
        stopsTexting(entry.category) && allowed('suppressions:manage')
          ? html`<p class="why">Messages that failed with this code before are not checked again by themselves. Check them under <a href="/opt-outs?kind=past">Past failures</a>.</p>`
          : nothing
      }`;
  }

  private dialog(entry: CodeEntry): TemplateResult {
    const to = this.asking?.to ?? entry.default;
    const { label, meaning } = CATEGORY_LOOKS[to];
    const { busy, problem } = this.#attempt;
    const eased = stopsTexting(entry.category) && !stopsTexting(to);
    return html`<confirm-dialog
      heading="Set code ${entry.code} to “${label}”?"
      confirm=${this.asking?.to === null ? 'Reset to default' : 'Change action'}
      ?danger=${stopsTexting(to) && !stopsTexting(entry.category)}
      ?open=${this.asking !== null}
      ?busy=${busy}
      .problem=${problem ? sentenceOf(problem) : null}
      @confirm=${() => void this.save(entry)}
      @dismiss=${this.close}
    >
      <p>From the next failure on: ${meaning}</p>
      ${eased ? html`<p>Numbers that are already suppressed or opted out stay so until an admin lifts it.</p>` : nothing}
    </confirm-dialog>`;
  }

  override render() {
    const { entry } = this;
    const changed = entry !== null && entry.category !== entry.default;
    return html`<side-panel heading=${entry ? `Code ${String(entry.code)}` : 'Not found'} ?open=${this.open} @dismiss=${() => this.dispatchEvent(new Event('dismiss'))}>
        ${entry ? this.details(entry) : html`<view-state kind="not-found" heading="This is not an error code">Error codes have five digits, such as 30005.</view-state>`}
        ${
          entry && allowed('settings:write')
            ? html`<div slot="footer">
              ${
                changed
                  ? html`<button type="button" class="button quiet start" @click=${() => {
                      this.ask(null);
                    }}>Reset to default</button>`
                  : nothing
              }
              <button form="form" class="button primary">Save</button>
            </div>`
            : nothing
        }
      </side-panel>
      ${entry ? this.dialog(entry) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'code-panel': CodePanel;
  }
}
