import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { HistoryItem, IncomingItem, OutgoingItem } from '../../../../functions/src/contract/messages.ts';
import { spanWords } from './span-words.ts';
import '../../components/status-mark.ts';
import type { Look } from '../../components/look.ts';
import '../../components/time-stamp.ts';
import { watchOutgoingEntry } from '../../data/live-entries.ts';
import { LiveController } from '../../data/live-controller.ts';
import { Loader } from '../../data/loader.ts';
import { getIncoming, getOutgoing } from '../../data/messages.ts';
import { base } from '../../styles/shared.ts';
import { RESPONSE_WORDS } from '../../parts/response-words.ts';

interface Step {
  at: string;
  mark: TemplateResult;
  words: TemplateResult | string;
}

const SOURCES: Readonly<Record<HistoryItem['source'], string>> = {
  operator: 'By an operator',
  auto_reply: 'Automatic reply',
  worker: 'By Parley',
  reconciler: 'Checked with carrier',
  carrier: 'Reported by carrier',
};

const RECEIVED: Look = {
  icon: 'incoming',
  label: 'Received',
  tone: 'info',
  meaning: 'The carrier passed it to Parley.',
};
const REPLY_ID = /^r_(.+)$/;

/** Parley decides on a message, and keeps the decision, at the moment that it arrives. */
function receivedStep({ receivedAt, id, sender, responseReason }: IncomingItem, linked: boolean): Step {
  return {
    at: receivedAt,
    mark: html`<status-mark .look=${RECEIVED}></status-mark>`,
    words: html`From ${sender}${linked ? html` · <a href="/incoming/${id}">View message</a>` : nothing} · ${RESPONSE_WORDS[responseReason]}`,
  };
}

function historyStep({ at, status, source, note, errorCode }: HistoryItem): Step {
  const more = [note, errorCode === null ? null : `Code ${String(errorCode)}`]
    .filter((part) => part !== null)
    .join(' · ');
  return {
    at,
    mark: html`<status-mark status=${status}></status-mark>`,
    words: `${SOURCES[source]}${more === '' ? '' : ` · ${more}`}`,
  };
}

/**
 * The way of a message, from its arrival to the carrier's last report, with how long each step took (CONV-5): of an incoming
 * message with its automatic reply, or of an outgoing one with the message it answers. The other of the two is asked for.
 */
@customElement('message-trace')
export class MessageTrace extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 var(--space-3);
        margin-bottom: var(--space-3);
      }
      .total,
      .took,
      li p,
      time-stamp {
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      .took {
        color: var(--ink-3);
        font-variant-numeric: tabular-nums;
      }
      li {
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--space-3);
        padding-bottom: var(--space-3);
        font-size: var(--text-sm);
      }
      li:not(:last-child)::before {
        position: absolute;
        top: 1.375rem;
        bottom: 0;
        left: calc(0.4375rem - 0.5px);
        width: 1px;
        background: var(--line-strong);
        content: '';
      }
      li p,
      .took {
        grid-column: 1 / -1;
        padding-left: 1.25rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) incoming: IncomingItem | null = null;
  @property({ attribute: false }) outgoing: OutgoingItem | null = null;
  readonly #question = new Loader<IncomingItem>(this);
  readonly #answer = new Loader<OutgoingItem>(this);
  readonly #live = new LiveController(this);
  @state() private asked: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('incoming') && !changed.has('outgoing')) return;
    const other = this.incoming
      ? this.incoming.responseId
      : (REPLY_ID.exec(this.outgoing?.id ?? '')?.[1] ?? null);
    if (other === this.asked) return;
    this.asked = other;
    this.#live.stop();
    if (other === null) return;
    if (!this.incoming) {
      void this.#question.load((signal) => getIncoming(other, signal));
      return;
    }
    void this.#answer.load((signal) => getOutgoing(other, signal));
    this.#live.watch(() =>
      watchOutgoingEntry(other, (entry) => {
        this.#answer.set(entry);
      }),
    );
  }

  private steps(): Step[] {
    const { asked } = this;
    const question = this.incoming ?? (this.#question.value?.id === asked ? this.#question.value : null);
    const answer = this.outgoing ?? (this.#answer.value?.id === asked ? this.#answer.value : null);
    return [
      ...(question ? [receivedStep(question, this.incoming === null)] : []),
      ...(answer ? answer.history.map(historyStep) : []),
    ];
  }

  override render() {
    const steps = this.steps();
    const time = (step: Step | undefined): number => Date.parse(step?.at ?? '');
    const total = time(steps.at(-1)) - time(steps[0]);
    const failed = this.#question.phase === 'failed' || this.#answer.phase === 'failed';
    return html`<section aria-labelledby="history">
      <div class="head"><h3 id="history">History</h3>${steps.length > 1 ? html`<span class="total num">${spanWords(total)} in all</span>` : nothing}</div>
      <ol>
        ${steps.map((step, index) => {
          const next = steps[index + 1];
          return html`<li>
            ${step.mark}<time-stamp at=${step.at} kind="exact" tip="end"></time-stamp>
            <p>${step.words}</p>
            ${next ? html`<span class="took"><span aria-hidden="true">↓ </span><span class="hidden-text">Next after </span>${spanWords(time(next) - time(step))}</span>` : nothing}
          </li>`;
        })}
      </ol>
      ${failed ? html`<p class="total">The rest of this exchange could not be loaded.</p>` : nothing}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'message-trace': MessageTrace;
  }
}
