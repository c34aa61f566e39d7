import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { PASSWORD_MIN_BYTES } from '../../../../functions/src/contract/limits.ts';
import { notify } from '../../announce.ts';
import { describedBy, field } from '../../components/field.ts';
import { clockSpan } from '../../components/format-time.ts';
import '../../components/inline-notice.ts';
import { passwordProblem } from '../../components/new-password.ts';
import { toProblem, type ApiProblem } from '../../data/api-problem.ts';
import { changePassword } from '../../data/session.ts';
import { currentOperator, sessionEnded } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons, fields } from '../../styles/shared.ts';

type Wrong = Partial<Record<'current' | 'next' | 'again', string>>;

/** One's own password (OP-1). Changing it ends every session, this one too. */
@customElement('own-password')
export class OwnPassword extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    page,
    css`
      form {
        display: grid;
        gap: var(--space-4);
        max-width: 26rem;
      }
      h2 {
        font-size: var(--text-lg);
      }
      p.about {
        color: var(--ink-2);
        text-wrap: pretty;
      }
      .show {
        display: flex;
        gap: var(--space-2);
        align-items: center;
        font-size: var(--text-sm);
      }
      .name {
        display: none;
      }
      .button {
        justify-self: start;
      }
    `,
  ];

  @state() private busy = false;
  @state() private problem: string | null = null;
  @state() private wrong: Wrong = {};
  @state() private shown = false;
  @query('#current') private readonly current!: HTMLInputElement;
  @query('#next') private readonly next!: HTMLInputElement;
  @query('#again') private readonly again!: HTMLInputElement;

  private check(): Wrong {
    const next = passwordProblem(this.next.value);
    return {
      ...(this.current.value === '' && { current: 'Enter your current password.' }),
      ...(next !== undefined && { next }),
      ...(next === undefined &&
        this.again.value !== this.next.value && { again: 'The passwords are not the same.' }),
    };
  }

  private refuse(wrong: Wrong): void {
    this.wrong = wrong;
    const first = (['current', 'next', 'again'] as const).find((name) => wrong[name] !== undefined);
    if (first) this[first].focus();
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.problem = null;
    this.refuse(this.check());
    if (Object.keys(this.wrong).length > 0) return;
    this.busy = true;
    try {
      await changePassword(this.current.value, this.next.value);
      notify('good', 'Password changed. Sign in with the new one.');
      sessionEnded('signed-out');
    } catch (thrown) {
      this.failed(toProblem(thrown));
    } finally {
      this.busy = false;
    }
  }

  private failed(problem: ApiProblem): void {
    if (problem.errorCode === 'CREDENTIALS_WRONG')
      this.refuse({ current: 'This is not your current password.' });
    else if (problem.errorCode === 'PASSWORD_UNACCEPTABLE') this.refuse({ next: problem.message });
    else if (problem.errorCode === 'SIGN_IN_LOCKED') {
      this.problem = `Too many wrong passwords. Try again in ${clockSpan(problem.retryAfterSeconds ?? 600)} minutes.`;
    } else this.problem = problem.message;
  }

  private input(id: 'current' | 'next' | 'again', label: string, hint?: string): TemplateResult {
    const problem = this.wrong[id];
    const about = { id, label, hint, problem };
    return field(
      about,
      html`<input
        id=${id}
        type=${this.shown ? 'text' : 'password'}
        autocomplete=${id === 'current' ? 'current-password' : 'new-password'}
        autocapitalize="none"
        spellcheck="false"
        aria-invalid=${problem ? 'true' : nothing}
        aria-describedby=${describedBy(about)}
      />`,
    );
  }

  override render() {
    return html`<div class="page-body">
      <form novalidate @submit=${this.submit}>
        <h2 id="heading">Change your password</h2>
        <p class="about">You'll be signed out on all devices, including this one.</p>
        ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem}</inline-notice>` : nothing}
        <input class="name" type="email" autocomplete="username" aria-label="E-mail" .value=${currentOperator()?.email ?? ''} readonly tabindex="-1" />
        ${this.input('current', 'Current password')} ${this.input('next', 'New password', `At least ${String(PASSWORD_MIN_BYTES)} characters.`)}
        ${this.input('again', 'Confirm new password')}
        <label class="show"><input type="checkbox" .checked=${this.shown} @change=${() => {
          this.shown = !this.shown;
        }} /> Show what I type</label>
        <button class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Changing…' : 'Change password'}</button>
      </form>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'own-password': OwnPassword;
  }
}
