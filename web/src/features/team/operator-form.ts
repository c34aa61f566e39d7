import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Role } from '../../../../functions/src/contract/permissions.ts';
import type { InviteOperator, Operator, OperatorPatch } from '../../../../functions/src/contract/team.ts';
import { formStyles } from '../../styles/form.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import { describedBy, field } from '../../components/field.ts';
import '../../components/inline-notice.ts';
import '../../components/modal-dialog.ts';
import { ROLE_WORDS, rolesToGive } from '../../components/role-words.ts';

/** An invitation, or the changes to a known operator, as they should be sent. */
export class OperatorSubmitEvent extends Event {
  readonly invitation: InviteOperator | null;
  readonly patch: OperatorPatch | null;
  constructor(wanted: { invitation?: InviteOperator; patch?: OperatorPatch }) {
    super('operator-submit');
    this.invitation = wanted.invitation ?? null;
    this.patch = wanted.patch ?? null;
  }
}

const NONE: ReadonlyMap<string, string> = new Map();

/** The dialog in which an operator is invited (`operator` null), or their name and role are changed. */
@customElement('operator-form')
export class OperatorForm extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    formStyles,
    css`
      .choices {
        grid-template-columns: 1fr;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) operator: Operator | null = null;
  /** The role of whoever fills this in: it says which roles they may give. */
  @property({ attribute: false }) giver: Role = 'viewer';
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) problems: ReadonlyMap<string, string> = NONE;
  @property({ attribute: false }) problem: string | null = null;
  @state() private chosen: Role = 'operator';
  @state() private own: ReadonlyMap<string, string> = NONE;
  @query('#email') private readonly email!: HTMLInputElement | null;
  @query('#name') private readonly name!: HTMLInputElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) {
      this.chosen = this.operator?.role ?? 'operator';
      this.own = NONE;
    }
    if (changed.has('problems')) this.own = this.problems;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('problems') && this.problems.size > 0) this.toProblem();
  }

  private toProblem(): void {
    void this.updateComplete.then(() => {
      const wrong = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]');
      // A field that has the focus already would not be read again, with what is wrong now.
      wrong?.blur();
      wrong?.focus();
    });
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.busy) return;
    const email = this.email?.value.trim() ?? '';
    const name = this.name?.value.trim() ?? '';
    this.own = new Map([
      ...(this.operator === null && !/^\S+@\S+\.\S+$/.test(email)
        ? [['email', 'Enter an e-mail address.'] as const]
        : []),
      ...(name === '' ? [['name', 'Enter a name.'] as const] : []),
    ]);
    if (this.own.size > 0) this.toProblem();
    else this.send(email, name);
  }

  private send(email: string, name: string): void {
    const { operator, chosen: role } = this;
    if (operator === null) {
      this.dispatchEvent(new OperatorSubmitEvent({ invitation: { email, name, role } }));
      return;
    }
    const patch = { ...(name !== operator.name && { name }), ...(role !== operator.role && { role }) };
    this.dispatchEvent(
      Object.keys(patch).length > 0 ? new OperatorSubmitEvent({ patch }) : new Event('dismiss'),
    );
  }

  private dismiss(): void {
    if (!this.busy) this.dispatchEvent(new Event('dismiss'));
  }

  private input(id: 'email' | 'name', label: string, hint?: string): TemplateResult {
    const problem = this.own.get(id);
    const about = { id, label, hint, problem };
    return field(
      about,
      html`<input
        id=${id}
        type=${id === 'email' ? 'email' : 'text'}
        maxlength=${id === 'email' ? 254 : 80}
        autocomplete="off"
        autocapitalize=${id === 'email' ? 'none' : 'words'}
        spellcheck="false"
        ?autofocus=${id === (this.operator ? 'name' : 'email')}
        .value=${id === 'name' ? (this.operator?.name ?? '') : ''}
        aria-invalid=${problem ? 'true' : nothing}
        aria-describedby=${describedBy(about)}
      />`,
    );
  }

  private roles(): TemplateResult {
    const mayGive = rolesToGive(this.giver);
    const fixed = this.operator !== null && this.giver !== 'owner';
    const shown = fixed ? [this.chosen] : mayGive;
    return html`<fieldset class="field">
      <legend class="label">Role</legend>
      <div class="choices">
        ${shown.map(
          (role) => html`<label class="choice">
            <input type="radio" name="role" ?disabled=${fixed} .checked=${role === this.chosen} @change=${() => {
              this.chosen = role;
            }} />
            <span><strong>${ROLE_WORDS[role].name}</strong><br /><span class="hint">${ROLE_WORDS[role].meaning}</span></span>
          </label>`,
        )}
      </div>
      ${fixed ? html`<p class="hint">Only an owner changes roles.</p>` : this.giver === 'owner' ? nothing : html`<p class="hint">Only an owner invites admins and owners.</p>`}
    </fieldset>`;
  }

  private form(): TemplateResult {
    return html`<form id="form" novalidate @submit=${this.submit}>
      ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem}</inline-notice>` : nothing}
      ${this.operator === null ? this.input('email', 'E-mail', 'They sign in with it. Parley sends no e-mail; you get a link to pass on.') : nothing}
      ${this.input('name', 'Name')} ${this.roles()}
    </form>`;
  }

  override render() {
    const words = this.operator ? 'Save changes' : 'Invite';
    return html`<modal-dialog heading=${this.operator ? `Edit ${this.operator.name}` : 'Invite an operator'} ?open=${this.open} @dismiss=${this.dismiss}>
      ${this.open ? this.form() : nothing}
      <div slot="footer">
        <button type="button" class="button" aria-disabled=${this.busy} @click=${this.dismiss}>Cancel</button>
        <button form="form" class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Working…' : words}</button>
      </div>
    </modal-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'operator-form': OperatorForm;
  }
}
