import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { FindingsAnswer } from '../../../../functions/src/contract/health.ts';
import { announce } from '../../announce.ts';
import './health-findings.ts';
import { troubleIn } from './health-findings.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/time-stamp.ts';
import '../../components/view-state.ts';
import { checkHealth } from './health.ts';
import { Loader } from '../../data/loader.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';

/** The doctor's findings (OPS-2), checked when the page is opened and on request. */
@customElement('page-health')
export class PageHealth extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .page-body {
        display: grid;
        gap: var(--space-6);
        align-content: start;
        max-width: 52rem;
      }
      .sum {
        display: flex;
        gap: var(--space-3);
        align-items: center;
      }
      .sign {
        display: grid;
        flex: none;
        place-items: center;
        width: 2.5rem;
        height: 2.5rem;
        border-radius: var(--radius-full);
        background: var(--good-soft);
        color: var(--good);
      }
      .sign.warning {
        background: var(--warn-soft);
        color: var(--warn);
      }
      .sign.error {
        background: var(--bad-soft);
        color: var(--bad);
      }
      .sum h2 {
        font-size: var(--text-lg);
      }
      .sum p {
        color: var(--ink-2);
        font-size: var(--text-sm);
      }
      .stale {
        opacity: 0.6;
        transition: opacity var(--calm) var(--ease);
      }
    `,
  ];

  readonly #health = new Loader<FindingsAnswer>(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.run();
  }

  /** Checks; the earlier findings stay until the new ones arrive. */
  private async run(): Promise<void> {
    const again = this.#health.value !== null;
    if (again) announce('Checking…');
    await this.#health.load((signal) => checkHealth(signal), { keep: true });
    const { phase, value } = this.#health;
    if (again && phase === 'ready' && value)
      announce(`Checked. ${troubleIn(value.findings) ?? 'All checks pass'}.`);
  }

  private summary({ checkedAt, findings }: FindingsAnswer): TemplateResult {
    const trouble = troubleIn(findings);
    const level = findings.some((each) => each.level === 'error') ? 'error' : trouble ? 'warning' : 'ok';
    const sign = { error: 'error', warning: 'alert', ok: 'check' } as const;
    return html`<div class="sum">
      <span class="sign ${level}">${icon(sign[level], 20)}</span>
      <div>
        <h2>${trouble ?? 'All checks pass'}</h2>
        <p>Checked <time-stamp at=${checkedAt} kind="both" focusable></time-stamp></p>
      </div>
    </div>`;
  }

  private content(): TemplateResult {
    const { phase, value, problem } = this.#health;
    if (!value)
      return problem
        ? problemState(problem, () => void this.run())
        : html`<div class="page-body flush"><loading-rows count="6"></loading-rows></div>`;
    return html`<div class="page-body" aria-busy=${phase === 'loading'}>
      ${problem ? html`<inline-notice tone="bad" role="alert">The checks could not be run again. ${problem.message} These are the earlier findings.</inline-notice>` : nothing}
      ${
        value.findings.length === 0
          ? html`<view-state kind="empty" icon="health" heading="Nothing was checked">Run the checks again. If that doesn't help, run the doctor on the command line.</view-state>`
          : html`${this.summary(value)}
            <health-findings class=${phase === 'loading' ? 'stale' : ''} .findings=${value.findings}></health-findings>`
      }
    </div>`;
  }

  override render() {
    const loading = this.#health.phase === 'loading';
    return html`<header class="page-head">
        <h1 tabindex="-1">Health</h1>
        <div class="actions">
          <button class="button" aria-disabled=${loading} @click=${() => {
            if (!loading) void this.run();
          }}>${icon('refresh', 14)} ${loading ? 'Checking…' : 'Run again'}</button>
        </div>
      </header>
      ${this.content()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-health': PageHealth;
  }
}
