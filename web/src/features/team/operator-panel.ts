import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { InvitedOperator, Operator, OperatorPatch } from '../../../../functions/src/contract/team.ts';
import { notify } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import './invitation-link.ts';
import './operator-form.ts';
import type { OperatorSubmitEvent } from './operator-form.ts';
import { ROLE_WORDS, rolesToGive } from '../../components/role-words.ts';
import '../../components/side-panel.ts';
import '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import '../../components/view-state.ts';
import { sentenceOf } from '../../data/api-problem.ts';
import { Attempt } from '../../data/attempt.ts';
import { changeOperator, reinviteOperator } from '../../data/team.ts';
import { allowed, currentOperator } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { panelStyles } from '../../styles/panel.ts';
import { base, buttons } from '../../styles/shared.ts';

/** An operator changed. */
export class OperatorChangeEvent extends Event {
  readonly operator: Operator;
  constructor(operator: Operator) {
    super('operator-change');
    this.operator = operator;
  }
}

type Dialog = 'edit' | 'status' | 'reinvite';

/** The opened operator, beside the list, with what may be changed of them. */
@customElement('operator-panel')
export class OperatorPanel extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    panelStyles,
    css`
      .start {
        margin-right: auto;
      }
      @media (max-width: 24rem) {
        [slot='footer'] .button {
          padding-inline: var(--space-2);
        }
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  /** Null while `open` when there is no such operator. */
  @property({ attribute: false }) operator: Operator | null = null;
  @state() private asking: Dialog | null = null;
  readonly #attempt = new Attempt(this);
  @state() private invited: InvitedOperator | null = null;
  #purpose: 'join' | 'reset' = 'join';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open')) this.asking = null;
  }

  private ask(dialog: Dialog): void {
    this.#attempt.clear();
    this.asking = dialog;
  }

  private readonly close = (): void => {
    this.asking = null;
  };

  private changed(operator: Operator): void {
    this.dispatchEvent(new OperatorChangeEvent(operator));
  }

  private async change(
    operator: Operator,
    patch: Omit<OperatorPatch, 'reinvite'>,
    words: (operator: Operator) => string,
  ): Promise<void> {
    const changed = await this.#attempt.run(() => changeOperator(operator.id, patch), this.close);
    if (!changed) return;
    this.changed(changed.value);
    notify('good', words(changed.value));
  }

  private async reinvite(operator: Operator): Promise<void> {
    const invited = await this.#attempt.run(() => reinviteOperator(operator.id), this.close);
    if (!invited) return;
    this.#purpose = operator.status === 'active' ? 'reset' : 'join';
    this.invited = invited.value;
    this.changed(invited.value.operator);
  }

  /** Why the reader may not change this operator; null where they may. The server decides the same. */
  private why(operator: Operator): string | null {
    if (!allowed('team:write')) return null;
    if (operator.role === 'owner' && !allowed('team:roles')) return 'Only an owner changes an owner.';
    return null;
  }

  private footer(operator: Operator) {
    const me = currentOperator();
    if (!me || !allowed('team:write') || this.why(operator) !== null) return nothing;
    const self = me.id === operator.id;
    const gone = operator.status === 'deactivated';
    return html`<div slot="footer">
      ${
        self || (gone && !rolesToGive(me.role).includes(operator.role))
          ? nothing
          : html`<button class="button quiet start" @click=${() => {
              this.ask('status');
            }}>${gone ? 'Activate' : 'Deactivate'}</button>`
      }
      ${
        self || gone || !rolesToGive(me.role).includes(operator.role)
          ? nothing
          : html`<button class="button" @click=${() => {
              this.ask('reinvite');
            }}>${operator.status === 'invited' ? 'New link' : 'Reset password'}</button>`
      }
      ${
        allowed('team:roles')
          ? html`<button class="button" @click=${() => {
              this.ask('edit');
            }}>Edit</button>`
          : nothing
      }
    </div>`;
  }

  private details(operator: Operator) {
    const self = currentOperator()?.id === operator.id;
    const why = this.why(operator);
    return html`<dl class="facts">
        ${
          operator.email === null
            ? nothing
            : html`<dt>E-mail</dt>
              <dd>${operator.email}</dd>`
        }
        <dt>Role</dt>
        <dd>${ROLE_WORDS[operator.role].name}<p>${ROLE_WORDS[operator.role].meaning}</p></dd>
        <dt>Status</dt>
        <dd><status-mark status=${operator.status}></status-mark>${operator.status === 'invited' ? html`<p>Has not joined yet.</p>` : nothing}</dd>
        <dt>Added</dt>
        <dd><time-stamp at=${operator.createdAt} focusable></time-stamp></dd>
        <dt>Last sign-in</dt>
        <dd>${operator.lastSignInAt ? html`<time-stamp at=${operator.lastSignInAt} kind="both" focusable></time-stamp>` : 'Never'}</dd>
      </dl>
      ${self ? html`<p class="why">This is you. <a href="/team/password">Change your password</a>.</p>` : nothing}
      ${why ? html`<p class="why">${why}</p>` : nothing}`;
  }

  private dialogs(operator: Operator) {
    const gone = operator.status === 'deactivated';
    const joins = operator.status === 'invited';
    const { busy, problem } = this.#attempt;
    const sentence = problem ? sentenceOf(problem) : null;
    return html`<operator-form
        ?open=${this.asking === 'edit'}
        .operator=${operator}
        .giver=${currentOperator()?.role ?? 'viewer'}
        ?busy=${busy}
        .problem=${sentence}
        @operator-submit=${({ patch }: OperatorSubmitEvent) => {
          if (patch) void this.change(operator, patch, (changed) => `Saved changes to ${changed.name}.`);
        }}
        @dismiss=${this.close}
      ></operator-form>
      <confirm-dialog
        heading="${gone ? 'Activate' : 'Deactivate'} ${operator.name}?"
        confirm=${gone ? 'Activate' : 'Deactivate'}
        ?danger=${!gone}
        ?open=${this.asking === 'status'}
        ?busy=${busy}
        .problem=${sentence}
        @confirm=${() => void this.change(operator, { status: gone ? 'active' : 'deactivated' }, (changed) => (changed.status === 'deactivated' ? `${changed.name} is deactivated and signed out.` : `${changed.name} is active again.`))}
        @dismiss=${this.close}
      >
        ${
          gone
            ? 'They can sign in again with the password they had, or need a new invitation if they never joined.'
            : 'They are signed out everywhere at once and cannot sign in. What they did stays in the logs, and you can activate them again.'
        }
      </confirm-dialog>
      <confirm-dialog
        heading=${joins ? `New invitation for ${operator.name}?` : `Reset the password of ${operator.name}?`}
        confirm="Make a link"
        ?open=${this.asking === 'reinvite'}
        ?busy=${busy}
        .problem=${sentence}
        @confirm=${() => void this.reinvite(operator)}
        @dismiss=${this.close}
      >
        ${joins ? 'You get a new one-time link to pass on. The earlier one stops working.' : 'You get a one-time link to pass on. Their password stays as it is until they use it. Parley tells them at their next sign-ins that you made the link, and it is in the audit log.'}
      </confirm-dialog>`;
  }

  override render() {
    const { operator } = this;
    return html`<side-panel heading=${operator?.name ?? 'Operator'} ?open=${this.open} @dismiss=${() => this.dispatchEvent(new Event('dismiss'))}>
        ${operator ? this.details(operator) : html`<view-state kind="not-found">There is no such operator.</view-state>`}
        ${operator ? this.footer(operator) : nothing}
      </side-panel>
      ${operator ? this.dialogs(operator) : nothing}
      <invitation-link
        name=${this.invited?.operator.name ?? ''}
        purpose=${this.#purpose}
        .link=${this.invited ? invitationAddress(this.invited) : null}
        .expiresAt=${this.invited?.expiresAt ?? ''}
        @dismiss=${() => {
          this.invited = null;
        }}
      ></invitation-link>`;
  }
}

/** Where an invitation leads; the token stands in the fragment, which no server sees. */
export function invitationAddress({ invitation }: InvitedOperator): string {
  return `${window.location.origin}/join#${invitation}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'operator-panel': OperatorPanel;
  }
}
