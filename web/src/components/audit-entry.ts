import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AuditItem } from '../../../functions/src/contract/audit.ts';
import type { Person } from '../../../functions/src/contract/people.ts';
import { page } from '../styles/page.ts';
import { base } from '../styles/shared.ts';
import { ACTION_LOOKS, auditKey, auditSentence, auditValue, type AuditNames } from './audit-words.ts';
import { icon } from './icon.ts';
import './time-stamp.ts';

const ACTORS = { operator: 'Operator', person: 'Person', system: 'Parley itself' } as const;

/** Why there is no address. */
const NO_ADDRESS = {
  operator: 'Not known',
  person: 'Came as a text',
  system: 'None: Parley did it by itself',
} as const;

/** The person that an entry is about, or null: to ask for their name. */
export function personOf(item: AuditItem): string | null {
  if (item.target.kind === 'person') return item.target.id;
  const userId = item.after?.['userId'];
  return typeof userId === 'string' ? userId : null;
}

/** One entry of the audit log, whole. `person` is whom it is about, once known. */
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
  @property({ attribute: false }) person: Person | null = null;
  @property({ attribute: false }) operator: AuditNames['operator'] = () => null;

  private get names(): AuditNames {
    const { person } = this;
    return {
      operator: this.operator,
      person: (id) => (person !== null && person.id === id ? person.label : null),
    };
  }

  private target() {
    const { kind, id } = this.item.target;
    if (kind === 'operator')
      return id && this.operator(id) !== null
        ? html`<a href="/team/${id}">${this.operator(id)}</a>`
        : 'An operator';
    if (kind === 'person')
      return id ? html`<a href="/people/${id}">${this.person?.label ?? 'A person'}</a>` : 'A person';
    if (kind === 'message')
      return id
        ? html`<a href="/outgoing/${id}">A text${this.person ? ` to ${this.person.label}` : ''}</a>`
        : 'A text';
    return kind === 'session' ? 'A session' : 'Parley';
  }

  private seal() {
    const { seal } = this.item;
    return seal === null
      ? html`<span class="seal">${icon('clock', 14)} Not sealed yet</span><p>New entries are sealed every minute.</p>`
      : html`<span class="seal done">${icon('shield', 14)} Sealed, number ${seal}</span><p>A later change of this entry would be found.</p>`;
  }

  private changes() {
    const { before, after } = this.item;
    const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
    if (keys.length === 0) return nothing;
    const cell = (of: Record<string, unknown> | null, key: string) =>
      of && key in of ? auditValue(key, of[key], this.names) : html`<span class="faint">–</span>`;
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
    return html`<p>${auditSentence(item, this.names)}.</p>
      <dl class="facts">
        <dt>When</dt>
        <dd><time-stamp at=${item.at} kind="both" focusable></time-stamp></dd>
        <dt>Who</dt>
        <dd>${item.actor.kind === 'operator' && item.actor.id ? html`<a href="/team/${item.actor.id}">${item.actor.label}</a>` : item.actor.label}<p>${ACTORS[item.actor.kind]}</p></dd>
        <dt>What</dt>
        <dd>${ACTION_LOOKS[item.action].words}<p><code>${item.action}</code></p></dd>
        <dt>To what</dt>
        <dd>${this.target()}</dd>
        <dt>From where</dt>
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
