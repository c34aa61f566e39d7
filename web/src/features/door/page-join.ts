import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { PASSWORD_MIN_BYTES } from '../../../../functions/src/contract/limits.ts';
import { notify } from '../../announce.ts';
import { brandMark } from '../../components/brand-mark.ts';
import { describedBy, field } from '../../components/field.ts';
import '../../components/inline-notice.ts';
import { passwordProblem } from '../../components/new-password.ts';
import { toProblem } from '../../data/api-problem.ts';
import { acceptInvitation } from '../../data/session.ts';
import { navigate, place } from '../../router.ts';
import { confirmEnd } from '../../session.ts';
import { door } from '../../styles/door.ts';
import { base, buttons, fields } from '../../styles/shared.ts';

/** Where an invitation leads (`/join#token`): sets the first password. */
@customElement('page-join')
export class PageJoin extends LitElement {
  static override styles = [base, buttons, fields, door];

  /** Taken once, and out of the address at once, so that it stays in no history. */
  readonly #token = place.value.hash.slice(1);
  @state() private busy = false;
  @state() private shown = false;
  @state() private problem: string | null = null;
  @state() private wrong: { password?: string; again?: string } = {};
  @query('#password') private readonly password!: HTMLInputElement;
  @query('#again') private readonly again!: HTMLInputElement;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#token !== '') navigate('/join', { replace: true });
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const password = passwordProblem(this.password.value);
    const again = this.password.value === this.again.value ? undefined : 'The passwords are not the same.';
    this.wrong = { ...(password && { password }), ...(again && { again }) };
    if (password ?? again) {
      (password ? this.password : this.again).focus();
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      await acceptInvitation(this.#token, this.password.value);
      // This browser may have had a session of the same operator, which ended with the old password.
      await confirmEnd();
      notify('good', 'Your password is set. Sign in with it.');
      navigate('/sign-in', { replace: true });
    } catch (thrown) {
      this.problem = toProblem(thrown).message;
    } finally {
      this.busy = false;
    }
  }

  private form() {
    const { password, again } = this.wrong;
    const hint = `At least ${String(PASSWORD_MIN_BYTES)} characters. Four random words are better than one odd one.`;
    return html`<form novalidate @submit=${this.submit}>
      ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem}</inline-notice>` : nothing}
      ${field(
        { id: 'password', label: 'Password', hint, problem: password },
        html`<input id="password" type=${this.shown ? 'text' : 'password'} autocapitalize="none" spellcheck="false" autocomplete="new-password" aria-invalid=${password ? 'true' : nothing} aria-describedby=${describedBy({ id: 'password', hint, problem: password })} />`,
      )}
      ${field(
        { id: 'again', label: 'Confirm password', problem: again },
        html`<input id="again" type=${this.shown ? 'text' : 'password'} autocapitalize="none" spellcheck="false" autocomplete="new-password" aria-invalid=${again ? 'true' : nothing} aria-describedby=${describedBy({ id: 'again', problem: again })} />`,
      )}
      <label class="show"><input type="checkbox" .checked=${this.shown} @change=${() => {
        this.shown = !this.shown;
      }} /> Show what I type</label>
      <button class="button primary" aria-disabled=${this.busy}>${this.busy ? 'Setting…' : 'Set password'}</button>
    </form>`;
  }

  override render() {
    return html`<div class="door">
      <div class="sign">
        ${brandMark(40)}
        <h1 tabindex="-1">Set your password</h1>
        <p>Choose a password. You sign in with it and your e-mail address.</p>
      </div>
      ${
        this.#token === ''
          ? html`<inline-notice tone="warn">Part of the link is missing. Open the whole link that you were given, or ask an admin for a new one.</inline-notice>`
          : this.form()
      }
      <div class="foot"><a href="/sign-in">Go to sign-in</a></div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-join': PageJoin;
  }
}
