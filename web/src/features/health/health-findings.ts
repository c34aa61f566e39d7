import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Finding } from '../../../../functions/src/contract/health.ts';
import { base } from '../../styles/shared.ts';
import { icon, type IconName } from '../../components/icon.ts';

type Level = Finding['level'];

const LEVELS: Readonly<Record<Level, { icon: IconName; one: string; heading: string }>> = {
  error: { icon: 'error', one: 'Problem', heading: 'Problems' },
  warning: { icon: 'alert', one: 'Warning', heading: 'Warnings' },
  ok: { icon: 'check', one: 'Passing', heading: 'Passing' },
};

const PAGE = /functions\/docs\/(?:runbooks\/)?([\w-]+)\.md/g;

/** Files of the repository as a reader of the console knows them: by the name of their page. */
function pageNames(text: string): string {
  return text.replace(PAGE, (_path, name: string) =>
    name === 'deploy' ? 'the deploy guide' : `the runbook “${name.replaceAll('-', ' ')}”`,
  );
}

/** A sentence with its `commands` set as code. */
function withCode(text: string): unknown[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : pageNames(part)));
}

/** How many of each, in a sentence: `2 problems, 1 warning`; null where all is well. */
export function troubleIn(findings: readonly Finding[]): string | null {
  const count = (level: Level, word: string) => {
    const number = findings.filter((each) => each.level === level).length;
    return number === 0 ? [] : [`${String(number)} ${word}${number === 1 ? '' : 's'}`];
  };
  const parts = [...count('error', 'problem'), ...count('warning', 'warning')];
  return parts.length === 0 ? null : parts.join(', ');
}

/** The doctor's findings: what is wrong first, with how to fix it; what passes is folded away below. */
@customElement('health-findings')
export class HealthFindings extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--space-6);
      }
      section {
        display: grid;
        gap: var(--space-2);
      }
      h2 {
        display: flex;
        gap: var(--space-2);
        align-items: baseline;
        font-size: var(--text-sm);
      }
      h2 .num {
        color: var(--ink-3);
        font-weight: 400;
      }
      ul {
        border: 1px solid var(--line);
        border-radius: var(--radius-lg);
        background: var(--raised);
      }
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-1) var(--space-3);
        padding: var(--space-3) var(--space-4);
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      summary {
        display: flex;
        gap: var(--space-2);
        align-items: center;
        width: fit-content;
        border-radius: var(--radius);
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary svg {
        color: var(--ink-3);
        transition: transform var(--quick) var(--ease);
      }
      details[open] summary svg {
        transform: rotate(90deg);
      }
      details ul {
        margin-top: var(--space-2);
      }
      .icon {
        padding-top: 0.1875rem;
      }
      .icon.error {
        color: var(--bad);
      }
      .icon.warning {
        color: var(--warn);
      }
      .icon.ok {
        color: var(--good);
      }
      h3 {
        font-size: var(--text-md);
        font-weight: var(--weight-medium);
        line-height: var(--leading);
      }
      .detail {
        color: var(--ink-2);
        font-size: var(--text-sm);
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }
      .mend {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-2);
        margin-top: var(--space-2);
        padding: var(--space-2) var(--space-3);
        border-radius: var(--radius);
        background: var(--sunken);
        font-size: var(--text-sm);
        overflow-wrap: anywhere;
      }
      .mend svg {
        margin-top: 0.1875rem;
        color: var(--ink-3);
      }
      .mend code {
        padding: 0 var(--space-1);
        border-radius: var(--radius-sm);
        background: var(--active);
      }
      .ok li {
        padding-block: var(--space-2);
      }
      .ok .words {
        display: grid;
        grid-template-columns: minmax(9rem, 1fr) minmax(0, 3fr);
        gap: 0 var(--space-4);
        align-items: baseline;
      }
      .ok h3 {
        font-size: var(--text-sm);
      }
      @media (max-width: 40rem) {
        .ok .words {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];

  @property({ attribute: false }) findings: readonly Finding[] = [];

  private one(finding: Finding): TemplateResult {
    const look = LEVELS[finding.level];
    return html`<li>
      <span class="icon ${finding.level}">${icon(look.icon)}</span>
      <div class="words">
        <h3><span class="hidden-text">${look.one}: </span>${finding.title}</h3>
        <p class="detail">${withCode(finding.detail)}</p>
        ${
          finding.mend
            ? html`<p class="mend">${icon('wrench', 14)}<span><span class="hidden-text">How to fix it: </span>${withCode(finding.mend)}</span></p>`
            : nothing
        }
      </div>
    </li>`;
  }

  private group(level: Level): TemplateResult | typeof nothing {
    const found = this.findings.filter((each) => each.level === level);
    if (found.length === 0) return nothing;
    const heading = html`<h2 id=${level}>${LEVELS[level].heading} <span class="num">${found.length}</span></h2>`;
    const items = html`<ul role="list">${found.map((each) => this.one(each))}</ul>`;
    return html`<section class=${level} aria-labelledby=${level}>
      ${level === 'ok' ? html`<details><summary>${icon('chevron', 14)}${heading}</summary>${items}</details>` : html`${heading}${items}`}
    </section>`;
  }

  override render() {
    return html`${this.group('error')} ${this.group('warning')} ${this.group('ok')}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'health-findings': HealthFindings;
  }
}
