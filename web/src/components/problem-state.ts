import { html, nothing, type TemplateResult } from 'lit';
import type { ViewKind } from './view-state.ts';
import './view-state.ts';

/** What is known of a failed request; an ApiProblem is one. */
export interface Problem {
  errorCode: string;
  message: string;
  requestId: string | null;
}

function kindOf(errorCode: string): ViewKind {
  if (errorCode === 'OFFLINE') return 'offline';
  if (errorCode === 'PERMISSION_DENIED') return 'denied';
  if (errorCode.endsWith('NOT_FOUND')) return 'not-found';
  return 'error';
}

/** A failed request in place of the content it should have brought, with a way on (the host needs `buttons`). */
export function problemState(problem: Problem, retry: () => void): TemplateResult {
  const kind = kindOf(problem.errorCode);
  return html`<view-state kind=${kind}>
    ${problem.message}${problem.requestId && kind === 'error' ? html` <span class="faint nowrap">Request ${problem.requestId}</span>` : nothing}
    ${kind === 'denied' || kind === 'not-found' ? nothing : html`<button slot="actions" class="button" @click=${retry}>Try again</button>`}
  </view-state>`;
}
