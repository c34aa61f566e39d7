import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AuditItem } from '../../../../functions/src/contract/audit.ts';
import { page } from '../../styles/page.ts';
import { base } from '../../styles/shared.ts';
import { ACTION_LOOKS, auditKey, auditSentence, auditValue } from './audit-words.ts';
import { icon } from '../../components/icon.ts';
import '../../components/time-stamp.ts';

const ACTORS = {
  operator: 'Operator',
  program: 'Program',
  person: 'Person',
  system: 'Parley itself',
} as const;

/** Why there is no address. */
const NO_ADDRESS = {
  operator: 'Not known',
  program: 'Not known',
  person: 'By text message',
  system: 'None: Parley did this itself',
} as const;

/** One entry of the audit log, in full. */
@customElement('audit-entry')
export class AuditEntry extends LitElement {
  static override styles = [
    base,
    page,
    css`
      :host {
        display: grid;
        gap: var(--space-5);
        min-height: 0;
      }
      .facts dd p {
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      h3 {
        margin-bottom: var(--space-2);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--text-sm);
      }
      th,
      td {
        padding: var(--space-2) var(--space-3) var(--space-2) 0;
        border-bottom: 1px solid var(--line);
        text-align: left;
        vertical-align: top;
        overflow-wrap: anywhere;
      }
      th {
        color: var(--ink-2);
        font-weight: var(--weight-medium);
      }
      tbody th {
        color: var(--ink-3);
        font-weight: 400;
      }
      .seal {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
      }
      .seal svg {
        color: var(--ink-3);
      }
      .seal.done svg {
        color: var(--good);
      }
    `,
  ];

  @property({ attribute: false }) item!: AuditItem;
  /** What was acted on, apart from the person concerned, who has a row of their own. */
  private target() {
    const { kind, id, label } = this.item.target;
    switch (kind) {
      case 'operator':
        return id === null
          ? 'An unknown operator'
          : html`<a href="/team/${id}">${label ?? 'An operator'}</a>`;
      case 'session':
        return label === null ? 'A session' : `A session of ${label}`;
      case 'message':
        return id === null ? 'A message' : html`<a href="/outgoing/${id}">A message</a>`;
      case 'person':
        return this.item.about === null ? 'Somebody who is not registered any more' : nothing;
      case 'system':
        return nothing;
    }
  }

  private seal() {
    const { seal } = this.item;
    return seal === null
      ? html`<span class="seal">${icon('clock', 14)} Not sealed yet</span><p>New entries are sealed within a few minutes.</p>`
      : html`<span class="seal done">${icon('shield', 14)} Seal ${seal}</span><p>Any later change to this entry would be detected.</p>`;
  }

  private changes() {
    const { before, action } = this.item;
    // Entries of earlier versions leave out what a cancellation leads to.
    const after = this.item.after ?? (action === 'message.canceled' ? { status: 'canceled' } : null);
    // The person has a row above.
    const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
      (key) => key !== 'userId' || this.item.about === null,
    );
    if (keys.length === 0) return nothing;
    const cell = (of: Record<string, unknown> | null, key: string) =>
      of && key in of ? auditValue(this.item, key, of[key]) : html`<span class="faint">–</span>`;
    return html`<section>
      <h3 id="changes">${before ? 'Before and after' : 'Details'}</h3>
      <table aria-labelledby="changes">
        ${
          before
            ? html`<thead>
              <tr><th scope="col"><span class="hidden-text">What</span></th><th scope="col">Before</th><th scope="col">After</th></tr>
            </thead>`
            : nothing
        }
        <tbody>
          ${keys.map(
            (key) => html`<tr>
            <th scope="row">${auditKey(key)}</th>
            ${before ? html`<td>${cell(before, key)}</td>` : nothing}
            <td dir="auto">${cell(after, key)}</td>
          </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  override render() {
    const { item } = this;
    const target = this.target();
    return html`<p dir="auto">${auditSentence(item)}.</p>
      <dl class="facts">
        <dt>When</dt>
        <dd><time-stamp at=${item.at} kind="both" focusable></time-stamp></dd>
        <dt>Who</dt>
        <dd>${item.actor.kind === 'operator' && item.actor.id ? html`<a href="/team/${item.actor.id}">${item.actor.label}</a>` : item.actor.label}<p>${ACTORS[item.actor.kind]}</p></dd>
        <dt>Action</dt>
        <dd>${ACTION_LOOKS[item.action].words}<p><code>${item.action}</code></p></dd>
        ${item.about ? html`<dt>Person</dt><dd><a href="/people/${item.about.userId}" dir="auto">${item.about.label}</a></dd>` : nothing}
        ${target === nothing ? nothing : html`<dt>Target</dt><dd>${target}</dd>`}
        <dt>From</dt>
        <dd class="num">${item.address ?? html`<span class="faint">${NO_ADDRESS[item.actor.kind]}</span>`}</dd>
        <dt>Request</dt>
        <dd><code>${item.requestId}</code></dd>
        <dt>Seal</dt>
        <dd>${this.seal()}</dd>
      </dl>
      ${this.changes()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'audit-entry': AuditEntry;
  }
}
