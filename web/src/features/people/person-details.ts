import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Person } from '../../../../functions/src/contract/people.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import { groupedNumber } from './grouped-number.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import { clockIn, languageWords } from './person-form-sections.ts';
import '../../components/status-mark.ts';
import { textableLook } from './textable-look.ts';
import '../../components/time-stamp.ts';

/**
 * Everything about a person. The number stays masked unless `revealed` holds it; where `canReveal`, the element asks with
 * `reveal` and `hide`. Its content goes below the consent.
 */
@customElement('person-details')
export class PersonDetails extends LitElement {
  static override styles = [
    base,
    buttons,
    page,
    css`
      :host {
        display: grid;
        gap: var(--space-5);
        min-height: 0;
      }
      .number {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2);
        padding: var(--space-3) var(--space-3) var(--space-3) var(--space-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-lg);
        background: var(--sunken);
      }
      .digits {
        font-size: var(--text-lg);
        font-weight: var(--weight-medium);
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }
      .number p {
        flex: 0 0 100%;
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      .facts dd p {
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      h3 {
        margin-bottom: var(--space-2);
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
      }
      .chip {
        padding: 0 var(--space-2);
        border-radius: var(--radius-full);
        background: var(--muted-soft);
        color: var(--ink);
        font-size: var(--text-xs);
        line-height: 1.5rem;
        text-decoration: none;
        overflow-wrap: anywhere;
      }
      a.chip:hover {
        background: var(--active);
      }
      .notes,
      blockquote {
        margin: 0;
        font-size: var(--text-sm);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
      blockquote {
        padding-left: var(--space-3);
        border-left: 2px solid var(--line-strong);
        color: var(--ink-2);
      }
      .links {
        display: grid;
        gap: var(--space-half);
      }
      .links a {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        min-height: var(--control);
        font-size: var(--text-sm);
      }
    `,
  ];

  @property({ attribute: false }) person!: Person;
  @property({ type: Boolean, attribute: 'can-reveal' }) canReveal = false;
  /** The whole number, while it is shown. */
  @property({ attribute: false }) revealed: string | null = null;

  private ask(): void {
    this.dispatchEvent(new Event(this.revealed === null ? 'reveal' : 'hide'));
  }

  private number() {
    const shown = this.revealed !== null;
    return html`<section class="number" aria-label="Phone number">
      <span class="digits" dir="ltr">${this.revealed === null ? this.person.maskedPhone : groupedNumber(this.revealed, this.person.maskedPhone)}</span>
      ${
        this.canReveal
          ? html`<button class="button" @click=${this.ask}>${icon(shown ? 'eye-off' : 'eye', 14)} ${shown ? 'Hide number' : 'Reveal number'}</button>`
          : nothing
      }
      ${shown ? html`<p>Hidden again after a minute. The audit log records that you saw it.</p>` : nothing}
    </section>`;
  }

  private zone(timeZone: string) {
    const clock = clockIn(timeZone, new Date());
    return html`${timeZone}${clock ? html`<p class="num">It is ${clock} there</p>` : nothing}`;
  }

  private consent() {
    const { consent } = this.person;
    if (!consent) return html`<p class="muted notes">No consent recorded.</p>`;
    return html`<dl class="facts">
        <dt>When</dt>
        <dd><time-stamp at=${consent.at} focusable></time-stamp></dd>
        <dt>Where</dt>
        <dd dir="auto">${consent.source}</dd>
        ${consent.wording ? html`<dt>Wording</dt><dd><blockquote dir="auto">${consent.wording}</blockquote></dd>` : nothing}
      </dl>`;
  }

  override render() {
    const { person } = this;
    const look = textableLook(person.untextable);
    const custom = Object.entries(person.customFields);
    const words = person.language ? languageWords(person.language) : null;
    return html`${this.number()}
      <dl class="facts">
        <dt>Texting</dt>
        <dd><status-mark .look=${look}></status-mark>${person.untextable ? html`<p>${look.meaning}</p>` : nothing}</dd>
        <dt>Status</dt>
        <dd><status-mark status=${person.status}></status-mark></dd>
        <dt>Tags</dt>
        <dd>${
          person.tags.length > 0
            ? html`<span class="chips">${person.tags.map((tag) => html`<a class="chip" href="/people?tag=${encodeURIComponent(tag)}" title="Show everybody tagged ${tag}">${tag}</a>`)}</span>`
            : html`<span class="faint">None</span>`
        }</dd>
        ${person.timeZone ? html`<dt>Time zone</dt><dd>${this.zone(person.timeZone)}</dd>` : nothing}
        ${person.language ? html`<dt>Language</dt><dd>${words ? html`${words} <span class="faint">${person.language}</span>` : person.language}</dd>` : nothing}
        ${custom.map(([name, value]) => html`<dt dir="auto">${name}</dt><dd dir="auto">${value || html`<span class="faint">Empty</span>`}</dd>`)}
      </dl>
      ${person.notes ? html`<section><h3>Notes</h3><p class="notes" dir="auto">${person.notes}</p></section>` : nothing}
      <section><h3>Consent</h3>${this.consent()}</section>
      <slot></slot>
      <section>
        <h3>Messages</h3>
        <p class="links">
          <a href="/incoming?userId=${person.id}">${icon('incoming', 14)} Messages received</a>
          <a href="/outgoing?userId=${person.id}">${icon('outgoing', 14)} Messages sent</a>
        </p>
      </section>
      <dl class="facts">
        <dt>Added</dt>
        <dd><time-stamp at=${person.createdAt} focusable></time-stamp></dd>
        <dt>Changed</dt>
        <dd><time-stamp at=${person.updatedAt} focusable></time-stamp></dd>
      </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'person-details': PersonDetails;
  }
}
