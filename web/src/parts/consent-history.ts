import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ConsentEventItem } from '../../../functions/src/contract/suppressions.ts';
import { consentEventLook, sourceWords } from '../components/consent-words.ts';
import '../components/inline-notice.ts';
import '../components/status-mark.ts';
import '../components/time-stamp.ts';
import { PagedList } from '../data/paged-list.ts';
import { getConsent } from '../data/suppressions.ts';
import { base, buttons } from '../styles/shared.ts';

/** Every change of a person's consent, newest first (SUPP-3). A change of `stamp` loads it again. */
@customElement('consent-history')
export class ConsentHistoryList extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
      }
      h3 {
        margin-bottom: var(--space-3);
      }
      ol {
        display: grid;
        gap: var(--space-3);
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--space-3);
        font-size: var(--text-sm);
      }
      time-stamp,
      li p {
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      li p {
        grid-column: 1 / -1;
        padding-left: 1.25rem;
        overflow-wrap: anywhere;
      }
      .none {
        color: var(--ink-2);
        font-size: var(--text-sm);
      }
      .button {
        margin-top: var(--space-3);
      }
    `,
  ];

  @property() userId = '';
  @property() stamp = '';
  readonly #events = new PagedList<ConsentEventItem>(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { userId } = this;
    if (userId !== '' && (changed.has('userId') || changed.has('stamp')))
      void this.#events.load((cursor, signal) => getConsent(userId, cursor, signal));
  }

  private about(event: ConsentEventItem) {
    const { messageId, source, errorCode, reason, currentNumber } = event;
    const log = source === 'keyword' || source === 'operator' ? 'incoming' : 'outgoing';
    return html`${sourceWords(event)}${errorCode === null ? nothing : html` · Code ${errorCode}`}${messageId === null ? nothing : html` · <a href="/${log}/${messageId}">Message</a>`}
      ${currentNumber ? nothing : html` · an earlier number`} ${reason === null ? nothing : html`<br /><span dir="auto">${reason}</span>`}`;
  }

  private list() {
    const { items, phase, problem, more, loadingMore } = this.#events;
    if (problem && items.length === 0) {
      return html`<inline-notice tone="bad">${problem.message} <button class="button" @click=${() => void this.#events.retry()}>Try again</button></inline-notice>`;
    }
    if (items.length === 0)
      return html`<p class="none">${phase === 'loading' ? 'Loading…' : 'No changes yet. Consent, opt-outs and suppressions are recorded here.'}</p>`;
    return html`<ol>
        ${items.map(
          (each) => html`<li>
            <status-mark .look=${consentEventLook(each)}></status-mark>
            <time-stamp at=${each.at} tip="end"></time-stamp>
            <p>${this.about(each)}</p>
          </li>`,
        )}
      </ol>
      ${problem ? html`<inline-notice tone="bad" role="alert">Earlier changes could not be loaded. ${problem.message}</inline-notice>` : nothing}
      ${more ? html`<button class="button quiet" aria-disabled=${loadingMore} @click=${() => void this.#events.next()}>${loadingMore ? 'Loading…' : 'Show earlier changes'}</button>` : nothing}`;
  }

  override render() {
    return html`<section aria-labelledby="consent-heading"><h3 id="consent-heading">Consent history</h3>${this.list()}</section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'consent-history': ConsentHistoryList;
  }
}
