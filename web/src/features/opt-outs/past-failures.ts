import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce, notify } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import { selectField } from '../../components/field.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import { actionWords, doneWords, skippedWords } from './review-words.ts';
import '../../components/view-state.ts';
import { toProblem, type ApiProblem } from '../../data/api-problem.ts';
import { reviewFailures } from './review-failures.ts';
import { NO_REVIEW, type Review } from './review.ts';
import { nextFrame } from '../../next-frame.ts';
import { navigate, withQuery } from '../../router.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons, fields } from '../../styles/shared.ts';

const SPANS = [
  ['7', 'Last 7 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
  ['365', 'Last 12 months'],
  ['all', 'All time'],
] as const;
const DAY = 86_400_000;

type Phase = 'idle' | 'looking' | 'found' | 'holding' | 'held';

/**
 * The check of past failures (SUPP-3): first without changing anything, with what would change and why nothing else would;
 * then, once confirmed, for good.
 */
@customElement('past-failures')
export class PastFailures extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    page,
    css`
      :host {
        min-height: 0;
      }
      .page-body {
        display: grid;
        align-content: start;
        gap: var(--space-5);
      }
      h2 {
        font-size: var(--text-lg);
      }
      .about {
        color: var(--ink-2);
        text-wrap: pretty;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: var(--space-3);
      }
      form .field {
        flex: 0 1 14rem;
      }
      .result {
        display: grid;
        gap: var(--space-4);
        padding: var(--space-5);
      }
      .counts {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: var(--space-2) var(--space-4);
        font-size: var(--text-sm);
      }
      .counts dt {
        font-weight: var(--weight-strong);
        text-align: right;
      }
      .counts .none {
        color: var(--ink-2);
        font-weight: 400;
      }
      .result .button {
        justify-self: start;
      }
    `,
  ];

  /** From the address: one of the spans; anything else means 90 days. */
  @property({ attribute: false }) span: string | null = null;
  @state() private phase: Phase = 'idle';
  @state() private review: Review = NO_REVIEW;
  @state() private problem: ApiProblem | null = null;
  @state() private asking = false;
  /** Where the check began, so that the change for good begins there too. */
  #since = '';
  #abort = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  private get chosen(): string {
    return SPANS.find(([each]) => each === this.span)?.[0] ?? '90';
  }

  private get running(): boolean {
    return this.phase === 'looking' || this.phase === 'holding';
  }

  private async look(event: Event): Promise<void> {
    event.preventDefault();
    if (this.running) return;
    const days = this.chosen;
    this.#since = new Date(days === 'all' ? 0 : Date.now() - Number(days) * DAY).toISOString();
    await this.go('looking');
    if (this.phase === 'found') announce(`${this.failures} checked. ${actionWords(this.review)}.`);
  }

  private async hold(): Promise<void> {
    this.asking = false;
    await nextFrame();
    await this.go('holding');
    if (this.phase !== 'held') return;
    notify('good', `${doneWords(this.review)}.`);
  }

  private async go(phase: 'looking' | 'holding'): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.phase = phase;
    this.problem = null;
    this.review = NO_REVIEW;
    const tell = (review: Review): void => {
      this.review = review;
    };
    try {
      await reviewFailures({ since: this.#since, dryRun: phase === 'looking' }, tell, signal);
      this.phase = phase === 'looking' ? 'found' : 'held';
    } catch (thrown) {
      if (signal.aborted && !this.isConnected) return;
      this.problem = signal.aborted ? null : toProblem(thrown);
      this.phase = phase === 'holding' ? 'held' : 'idle';
    }
  }

  private get failures(): string {
    const { examined } = this.review;
    return examined === 1 ? '1 failure' : `${examined.toLocaleString('en')} failures`;
  }

  private counts(): TemplateResult {
    const { suppressed, optedOut, skipped, steps } = this.review;
    const real = this.phase !== 'found';
    const line = (count: number, words: string) =>
      html`<dt class="num ${count === 0 ? 'none' : ''}">${!real && steps > 1 && count > 0 ? 'up to ' : ''}${count.toLocaleString('en')}</dt><dd>${words}</dd>`;
    return html`<dl class="counts">
      ${line(suppressed, real ? 'Suppressed' : 'Would be suppressed')}
      ${line(optedOut, real ? 'Opted out' : 'Would be opted out')}
      ${skippedWords(skipped).map(({ count, words }) => html`<dt class="num none">${count.toLocaleString('en')}</dt><dd class="muted">No action: ${words}</dd>`)}
    </dl>`;
  }

  private result(): TemplateResult | typeof nothing {
    const { phase, review } = this;
    const found = review.suppressed + review.optedOut;
    if (phase === 'looking' || phase === 'holding')
      return html`<div class="card result" aria-busy="true"><p>${this.failures} checked so far…</p>
        <button class="button" @click=${() => {
          this.#abort.abort();
        }}>Stop</button></div>`;
    if (phase === 'idle') return nothing;
    if (review.examined === 0 && phase === 'found')
      return html`<view-state kind="empty" icon="check" heading="No failures">No message failed in this period.</view-state>`;
    return html`<section class="card result" aria-labelledby="result">
      <h2 id="result" tabindex="-1">${this.failures} checked${review.done ? '' : ', not to the end'}</h2>
      ${this.counts()}
      ${phase === 'held' && !review.done ? html`<p class="about">These changes are kept. Check again to continue; nothing is done twice.</p>` : nothing}
      ${
        phase === 'found' && found > 0
          ? html`<button class="button primary" @click=${() => {
              this.asking = true;
            }}>${icon('hand-stop', 14)} ${actionWords(review)}</button>`
          : nothing
      }
      ${phase === 'found' && found === 0 ? html`<p class="about">Nothing would change.</p>` : nothing}
      ${phase === 'held' && found > 0 ? html`<p class="row"><a href="/opt-outs?kind=suppressed">View suppressed numbers</a></p>` : nothing}
    </section>`;
  }

  private dialog(): TemplateResult {
    const { suppressed, optedOut } = this.review;
    const words = actionWords(this.review);
    return html`<confirm-dialog heading="${words}?" confirm=${words} danger ?open=${this.asking} @confirm=${this.hold} @dismiss=${() => {
      this.asking = false;
    }}>
      ${suppressed > 0 ? html`<p>Suppressed numbers are not texted until an admin lifts the suppression.</p>` : nothing}
      ${optedOut > 0 ? html`<p>People who are opted out are not texted until they text START or an admin lifts the opt-out.</p>` : nothing}
      <p>Every change is recorded in the consent history and in the audit log, with the message that failed.</p>
    </confirm-dialog>`;
  }

  override render() {
    if (!allowed('suppressions:manage'))
      return html`<view-state kind="denied">Ask an admin to check past failures.</view-state>`;
    return html`<div class="page-body narrow">
        <p class="about">Check past failures against the current <a href="/settings/error-codes">error codes</a>. You'll see the result before anything changes.</p>
        <form @submit=${this.look}>
          ${selectField({
            id: 'span',
            label: 'Period',
            value: this.chosen,
            choices: SPANS,
            onChange: (span) => {
              this.#abort.abort();
              this.phase = 'idle';
              navigate(withQuery({ span }, '/opt-outs'));
            },
          })}
          <button class="button ${this.phase === 'found' ? '' : 'primary'}" aria-disabled=${this.running}>${icon('search', 14)} ${this.phase === 'idle' ? 'Check' : 'Check again'}</button>
        </form>
        ${this.problem ? html`<inline-notice tone="bad" role="alert">${this.problem.message}${this.problem.errorCode === 'OFFLINE' ? '' : ' Try again; nothing is done twice.'}</inline-notice>` : nothing}
        ${this.result()}
      </div>
      ${this.dialog()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'past-failures': PastFailures;
  }
}
