import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { SendLimitsAnswer } from '../../../../functions/src/contract/send-limits.ts';
import { notify } from '../../announce.ts';
import '../../components/confirm-dialog.ts';
import { describedBy, field } from '../../components/field.ts';
import '../../components/inline-notice.ts';
import {
  changesOf,
  draftOf,
  LIMIT_NAMES,
  limitWords,
  readDraft,
  type LimitDraft,
  type LimitName,
  type LimitsDraft,
} from './limits-draft.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import './spend-meter.ts';
import { staleNotice } from './stale-notice.ts';
import '../../components/time-stamp.ts';
import { Attempt } from '../../data/attempt.ts';
import { FreshLoader } from '../../data/fresh-loader.ts';
import { changeLimits, getLimits } from './settings.ts';
import { allowed } from '../../session.ts';
import { formStyles } from '../../styles/form.ts';
import { page } from '../../styles/page.ts';
import { base, buttons, fields } from '../../styles/shared.ts';

const ABOUT = 'A message over a limit is refused. The sender sees why, and when to try again.';

const WORDS: Readonly<Record<LimitName, { label: string; unit: string; about: string }>> = {
  personPerHour: {
    label: 'Messages per person per hour',
    unit: 'messages',
    about: 'From all operators together. Automatic replies do not count.',
  },
  operatorPerMinute: {
    label: 'Messages per operator per minute',
    unit: 'messages',
    about: 'Prevents accidental or unauthorized bulk sending.',
  },
  dailySpend: {
    label: 'Daily spending limit',
    unit: 'US dollars',
    about: 'For the whole team, estimated at list price. A day ends at midnight UTC.',
  },
};

/** The sending limits (OUT-11): what is spent today, what the limits are, and for admins the form that changes them. */
@customElement('limits-form')
export class LimitsForm extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    formStyles,
    page,
    css`
      :host {
        min-height: 0;
      }
      .page-body {
        display: grid;
        align-content: start;
        gap: var(--space-6);
      }
      spend-meter {
        padding: var(--space-5);
      }
      h2 {
        font-size: var(--text-lg);
      }
      form,
      section {
        gap: var(--space-5);
      }
      .about {
        color: var(--ink-2);
        font-size: var(--text-sm);
        text-wrap: pretty;
      }
      .limit {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
      }
      .limit input:not([type='checkbox']) {
        width: 8rem;
      }
      .limit input:disabled {
        background: var(--sunken);
        color: var(--ink-3);
      }
      .unit {
        color: var(--ink-2);
        font-size: var(--text-sm);
      }
      .changes {
        display: grid;
        gap: var(--space-2);
      }
      .changes dt {
        color: var(--ink-2);
        font-size: var(--text-sm);
      }
      .changes dd {
        font-weight: var(--weight-medium);
      }
      .facts {
        grid-template-columns: minmax(6.5rem, max-content) minmax(0, 1fr);
      }
      form .button {
        justify-self: start;
      }
      @media (max-width: 40rem) {
        .facts {
          grid-template-columns: 1fr;
          gap: 0;
        }
        .facts dd {
          margin-bottom: var(--space-3);
        }
      }
    `,
  ];

  readonly #limits = new FreshLoader<SendLimitsAnswer>(this, getLimits);
  readonly #attempt = new Attempt(this);
  /** The fields that were changed here; the others show the current limits, even when somebody else changes them. */
  @state() private touched: Partial<LimitsDraft> = {};
  @state() private wrong: ReadonlyMap<string, string> = new Map();
  @state() private asking = false;
  /** Somebody else changed the limits while they were being edited here. */
  @state() private overtaken = false;

  private draft(standing: SendLimitsAnswer): LimitsDraft {
    return { ...draftOf(standing), ...this.touched };
  }

  private put(name: LimitName, change: Partial<LimitDraft>): void {
    const { value } = this.#limits;
    if (!value) return;
    this.touched = { ...this.touched, [name]: { ...this.draft(value)[name], ...change } };
    this.wrong = new Map([...this.wrong].filter(([each]) => each !== name));
  }

  private review(event: Event): void {
    event.preventDefault();
    const { value } = this.#limits;
    if (!value || this.#attempt.busy) return;
    const { limits, problems } = readDraft(this.draft(value));
    if (problems.size > 0) this.refuse(problems);
    else if (changesOf(value, limits).length === 0) {
      this.forget();
      notify('info', 'Nothing to save: these are the current limits.');
    } else {
      this.#attempt.clear();
      this.asking = true;
    }
  }

  private refuse(problems: ReadonlyMap<string, string>): void {
    this.wrong = problems;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    });
  }

  private forget(): void {
    this.touched = {};
    this.wrong = new Map();
    this.overtaken = false;
  }

  private readonly close = (): void => {
    this.asking = false;
  };

  private async save(standing: SendLimitsAnswer): Promise<void> {
    const { limits } = readDraft(this.draft(standing));
    const patch = Object.fromEntries(changesOf(standing, limits).map(({ name, to }) => [name, to]));
    const seen = standing.updatedAt;
    const answer = await this.#attempt.run(() => changeLimits({ ...patch, seen }), this.close);
    if (answer) {
      this.#limits.set(answer.value);
      this.forget();
      notify('good', 'Sending limits saved.');
      return;
    }
    const { problem } = this.#attempt;
    if (problem?.errorCode === 'SETTINGS_CHANGED') {
      this.close();
      await this.#limits.refresh();
      this.overtaken = true;
    } else if (problem && problem.fields.size > 0) {
      this.close();
      this.refuse(problem.fields);
    }
  }

  private input(name: LimitName, draft: LimitDraft, standing: SendLimitsAnswer): TemplateResult {
    const { label, unit, about } = WORDS[name];
    const problem = this.wrong.get(name);
    const [typed, now] = [readDraft(this.draft(standing)).limits[name], standing[name]];
    const hint = typed === now ? about : `${about} Current limit: ${limitWords(name, now)}.`;
    const options = { id: name, label, hint, problem };
    return field(
      options,
      html`<div class="limit">
        <input id=${name} inputmode=${name === 'dailySpend' ? 'decimal' : 'numeric'} autocomplete="off" maxlength="12"
          .value=${draft.typed} ?disabled=${draft.none} aria-invalid=${problem ? 'true' : nothing} aria-describedby=${describedBy(options)}
          @input=${(event: Event & { currentTarget: HTMLInputElement }) => {
            this.put(name, { typed: event.currentTarget.value });
          }} />
        <span class="unit">${unit}</span>
        <label class="check"><input type="checkbox" .checked=${draft.none} aria-label="No limit: ${label}" @change=${(
          event: Event & { currentTarget: HTMLInputElement },
        ) => {
          this.put(name, { none: event.currentTarget.checked });
        }} />No limit</label>
      </div>`,
    );
  }

  private form(standing: SendLimitsAnswer): TemplateResult {
    const draft = this.draft(standing);
    return html`<form novalidate @submit=${this.review}>
      <h2>Sending limits</h2>
      <p class="about">${ABOUT} A new limit applies from the moment it is saved. Messages accepted before that are still sent.</p>
      ${this.overtaken ? html`<inline-notice tone="warn" role="alert">${standing.updatedBy ?? 'Somebody'} changed the limits while you were editing. Your changes are not saved yet. Check the current limits, then save again.</inline-notice>` : nothing}
      ${LIMIT_NAMES.map((name) => this.input(name, draft[name], standing))}
      <div class="row">
        <button class="button primary" aria-disabled=${this.#attempt.busy}>Save limits</button>
        ${
          Object.keys(this.touched).length === 0
            ? nothing
            : html`<button type="button" class="button quiet" @click=${() => {
                this.forget();
              }}>Discard changes</button>`
        }
      </div>
    </form>`;
  }

  private facts(standing: SendLimitsAnswer): TemplateResult {
    return html`<section class="stack">
      <h2>Sending limits</h2>
      <p class="about">${ABOUT} An admin can change the limits.</p>
      <dl class="facts">${LIMIT_NAMES.map((name) => html`<dt>${WORDS[name].label}</dt><dd class="num">${limitWords(name, standing[name])}</dd>`)}</dl>
    </section>`;
  }

  private dialog(standing: SendLimitsAnswer): TemplateResult {
    const changes = changesOf(standing, readDraft(this.draft(standing)).limits);
    const freed = changes.some(({ to }) => to === null);
    const { busy, problem } = this.#attempt;
    return html`<confirm-dialog heading="Change the sending limits?" confirm="Change limits" ?open=${this.asking} ?busy=${busy} .problem=${problem?.message ?? null} @confirm=${() => void this.save(standing)} @dismiss=${this.close}>
      <dl class="changes">
        ${changes.map(({ name, from, to }) => html`<div><dt>${WORDS[name].label}</dt><dd class="num">${limitWords(name, from)} → ${limitWords(name, to)}</dd></div>`)}
      </dl>
      <p>From the moment you save, this applies to every message that is sent.${freed ? ' Without a limit, nothing stops a mistake from sending on and on.' : ''}</p>
    </confirm-dialog>`;
  }

  override render() {
    const { value, problem, staleSince } = this.#limits;
    if (!value) {
      return problem
        ? problemState(problem, () => void this.#limits.refresh())
        : html`<div class="page-body flush"><loading-rows count="4"></loading-rows></div>`;
    }
    return html`<div class="page-body narrow" aria-busy=${this.#limits.phase === 'loading' && this.#attempt.busy}>
        ${staleNotice(staleSince, problem, () => void this.#limits.refresh())}
        <spend-meter class="card" .spent=${value.spentToday} .limit=${value.dailySpend}></spend-meter>
        ${allowed('settings:write') ? this.form(value) : this.facts(value)}
        ${value.updatedAt ? html`<p class="about">Last changed <time-stamp at=${value.updatedAt} kind="both" focusable></time-stamp>${value.updatedBy ? html` by ${value.updatedBy}` : nothing}.</p>` : nothing}
      </div>
      ${this.dialog(value)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'limits-form': LimitsForm;
  }
}
