import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { announce } from '../../announce.ts';
import { brandMark } from '../../components/brand-mark.ts';
import { describedBy, field } from '../../components/field.ts';
import { clockSpan } from '../../components/format-time.ts';
import '../../components/inline-notice.ts';
import '../../components/theme-switch.ts';
import { toProblem, type ApiProblem } from '../../data/api-problem.ts';
import { openSession, session, signIn, type EndReason } from '../../session.ts';
import { StoreController } from '../../store.ts';
import { door } from '../../styles/door.ts';
import { base, buttons, fields } from '../../styles/shared.ts';

const REASONS: Readonly<Record<EndReason, { tone: 'info' | 'warn'; text: string }>> = {
  expired: {
    tone: 'info',
    text: 'Your session ended after 4 hours. Sign in again to continue where you were.',
  },
  ended: {
    tone: 'warn',
    text: 'Your session was ended: you signed out elsewhere, your password changed, or an admin ended it. Sign in again.',
  },
  'signed-out': { tone: 'info', text: 'You are signed out.' },
  unreachable: { tone: 'warn', text: 'Parley cannot be reached right now.' },
};

/** Sign-in, with the reason why one is here again. */
@customElement('page-sign-in')
export class PageSignIn extends LitElement {
  static override styles = [base, buttons, fields, door];

  readonly #session = new StoreController(this, session);
  @state() private busy = false;
  @state() private shown = false;
  @state() private problem: ApiProblem | null = null;
  @state() private blank: { email?: string; password?: string } = {};
  /** While locked: when it ends, in milliseconds of the clock, and for which e-mail. */
  @state() private lockedUntil = 0;
  #lockedEmail = '';
  @query('#email') private readonly email!: HTMLInputElement;
  @query('#password') private readonly password!: HTMLInputElement;
  #tick: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy || this.locked > 0) return;
    this.problem = null;
    this.blank = {
      ...(this.email.value.trim() === '' && { email: 'Enter your e-mail address.' }),
      ...(this.password.value === '' && { password: 'Enter your password.' }),
    };
    const first = this.blank.email ? this.email : this.blank.password ? this.password : null;
    if (first) {
      first.focus();
      return;
    }
    this.busy = true;
    try {
      await signIn(this.email.value.trim(), this.password.value);
    } catch (thrown) {
      this.refused(toProblem(thrown));
    } finally {
      this.busy = false;
    }
  }

  private refused(problem: ApiProblem): void {
    this.problem = problem;
    if (problem.errorCode === 'SIGN_IN_LOCKED') this.lock(problem.retryAfterSeconds ?? 600);
    if (problem.errorCode === 'CREDENTIALS_WRONG') this.password.select();
  }

  private lock(seconds: number): void {
    this.lockedUntil = Date.now() + seconds * 1000;
    this.#lockedEmail = this.email.value;
    clearInterval(this.#tick);
    this.#tick = setInterval(() => {
      this.requestUpdate();
      if (this.locked > 0) return;
      clearInterval(this.#tick);
      this.problem = null;
      announce('You can try to sign in again.');
    }, 1000);
  }

  /** Another account may not be locked; whether the address is, the server says. */
  private onEmail(): void {
    if (this.locked > 0 && this.email.value !== this.#lockedEmail) this.lockedUntil = 0;
    this.problem = null;
  }

  private get locked(): number {
    return Math.max(0, Math.ceil((this.lockedUntil - Date.now()) / 1000));
  }

  /** What stands above the form: why it was refused, or why one is here. */
  private notice() {
    const { locked, problem } = this;
    if (locked > 0) {
      // The time is spoken once; the countdown beside it is for the eye.
      return html`<inline-notice tone="bad" role="alert">Too many failed sign-ins. Sign-in is locked for a while.
        Try again in <strong class="num" aria-live="off">${clockSpan(locked)}</strong>.</inline-notice>`;
    }
    if (problem) return html`<inline-notice tone="bad" role="alert">${this.words(problem)}</inline-notice>`;
    const { value } = this.#session;
    const reason = value.phase === 'out' && value.reason ? REASONS[value.reason] : null;
    if (!reason) return nothing;
    const retry = value.phase === 'out' && value.reason === 'unreachable';
    return html`<inline-notice tone=${reason.tone} role="status">${reason.text}
      ${retry ? html`<button type="button" class="button" @click=${() => void openSession('')}>Try again</button>` : nothing}</inline-notice>`;
  }

  private words(problem: ApiProblem): string {
    if (problem.errorCode === 'CREDENTIALS_WRONG')
      return 'E-mail or password is wrong. Check both and try again.';
    if (problem.errorCode === 'VALIDATION_FAILED')
      return problem.fields.get('email') ?? 'Check the e-mail address and the password.';
    return problem.message;
  }

  override render() {
    const { email, password } = this.blank;
    return html`<div class="door">
      <div class="sign">
        ${brandMark(40)}
        <h1 tabindex="-1">Sign in to Parley</h1>
      </div>
      <form novalidate @submit=${this.submit}>
        ${this.notice()}
        ${field(
          { id: 'email', label: 'E-mail', problem: email },
          html`<input id="email" name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck="false" aria-invalid=${email ? 'true' : nothing} aria-describedby=${describedBy({ id: 'email', problem: email })} @input=${this.onEmail} />`,
        )}
        ${field(
          { id: 'password', label: 'Password', problem: password },
          html`<input id="password" name="password" type=${this.shown ? 'text' : 'password'} autocapitalize="none" spellcheck="false" autocomplete="current-password" aria-invalid=${password ? 'true' : nothing} aria-describedby=${describedBy({ id: 'password', problem: password })} />`,
        )}
        <label class="show"><input type="checkbox" .checked=${this.shown} @change=${() => {
          this.shown = !this.shown;
        }} /> Show what I type</label>
        <button class="button primary" aria-disabled=${this.busy || this.locked > 0}>${this.busy ? 'Signing in…' : 'Sign in'}</button>
        <p class="hint">Forgot your password? Ask an admin for a link to set a new one.</p>
      </form>
      <div class="foot"><theme-switch></theme-switch></div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-sign-in': PageSignIn;
  }
}
