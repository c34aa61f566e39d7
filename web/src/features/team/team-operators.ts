import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { InvitedOperator, Operator } from '../../../../functions/src/contract/team.ts';
import '../../components/data-table.ts';
import type { Column, DataTable } from '../../components/data-table.ts';
import '../../components/inline-notice.ts';
import './invitation-link.ts';
import '../../components/loading-rows.ts';
import './operator-form.ts';
import type { OperatorSubmitEvent } from './operator-form.ts';
import { problemState } from '../../components/problem-state.ts';
import { ROLE_WORDS } from '../../components/role-words.ts';
import '../../components/status-mark.ts';
import '../../components/time-stamp.ts';
import '../../components/view-state.ts';
import { sentenceOf, toProblem, type ApiProblem } from '../../data/api-problem.ts';
import { PagedList } from '../../data/paged-list.ts';
import { inviteOperator, listOperators } from '../../data/team.ts';
import { nextFrame } from '../../next-frame.ts';
import { navigate } from '../../router.ts';
import { allowed, currentOperator } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import './operator-panel.ts';
import { invitationAddress, type OperatorChangeEvent } from './operator-panel.ts';

const email: Column<Operator> = {
  key: 'email',
  label: 'E-mail',
  grow: true,
  card: 'body',
  cell: (row) => html`<span class="clamp muted">${row.email ?? ''}</span>`,
};

const [name, ...others]: [Column<Operator>, ...Column<Operator>[]] = [
  {
    key: 'name',
    label: 'Name',
    card: 'title',
    cell: (row) =>
      html`<span class="strong wrap" dir="auto">${row.name}</span>${row.id === currentOperator()?.id ? html` <span class="chip">You</span>` : nothing}`,
  },
  { key: 'role', label: 'Role', card: 'meta', cell: (row) => ROLE_WORDS[row.role].name },
  {
    key: 'status',
    label: 'Status',
    card: 'aside',
    cell: (row) => html`<status-mark status=${row.status}></status-mark>`,
  },
  {
    key: 'seen',
    label: 'Last sign-in',
    card: 'meta',
    cell: (row) =>
      row.lastSignInAt
        ? html`<span class="muted"><span class="card-only">signed in</span> <time-stamp at=${row.lastSignInAt} kind="short" tip="end"></time-stamp></span>`
        : html`<span class="faint">Never signed in</span>`,
  },
];

const NONE: ReadonlyMap<string, string> = new Map();

/** Who works here (OP-6, OP-7): `operatorId` is the opened one. */
@customElement('team-operators')
export class TeamOperators extends LitElement {
  static override styles = [base, buttons, page];

  @property({ attribute: false }) operatorId: string | null = null;
  readonly #list = new PagedList<Operator>(this);
  @state() private inviting = false;
  @state() private busy = false;
  @state() private problem: ApiProblem | null = null;
  /** The problem by field, where it is about one. */
  @state() private wrong: ReadonlyMap<string, string> = NONE;
  @state() private invited: InvitedOperator | null = null;
  @query('data-table') private readonly table!: DataTable<Operator> | null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#list.load((cursor, signal) =>
      listOperators({ limit: 100, ...(cursor !== undefined && { cursor }) }, signal),
    );
  }

  /** Opens the invitation. */
  invite(): void {
    this.refused(null);
    this.inviting = true;
  }

  private async send({ invitation }: OperatorSubmitEvent): Promise<void> {
    if (!invitation) return;
    this.busy = true;
    this.refused(null);
    try {
      const invited = await inviteOperator(invitation);
      this.#list.merge([invited.operator], () => true);
      this.inviting = false;
      // The second dialog gives the focus back to where the first one got it.
      await nextFrame();
      this.invited = invited;
    } catch (thrown) {
      this.refused(toProblem(thrown));
    } finally {
      this.busy = false;
    }
  }

  private refused(problem: ApiProblem | null): void {
    this.problem = problem;
    this.wrong =
      problem?.errorCode === 'EMAIL_TAKEN'
        ? new Map([['email', problem.message]])
        : (problem?.fields ?? NONE);
  }

  private dismiss(): void {
    const id = this.operatorId;
    navigate('/team');
    if (id !== null) this.table?.focusRow(id);
  }

  private content(): TemplateResult {
    const { phase, items, more, loadingMore, problem } = this.#list;
    if (phase === 'failed' && problem) return problemState(problem, () => void this.#list.reload());
    if (phase === 'loading' && items.length === 0) return html`<loading-rows count="4"></loading-rows>`;
    if (items.length === 0)
      return html`<view-state kind="empty" icon="team" heading="Nobody is here yet">Invite the people who should read and answer messages.</view-state>`;
    return html`<data-table
        label="Operators"
        .columns=${allowed('team:emails') ? [name, email, ...others] : [{ ...name, grow: true }, ...others]}
        .rows=${items}
        .href=${(row: Operator) => `/team/${row.id}`}
        .selected=${this.operatorId}
        ?more=${more}
        ?loading-more=${loadingMore}
        @load-more=${() => void this.#list.next()}
      ></data-table>
      ${problem ? html`<div class="page-body"><inline-notice tone="bad" role="alert">The next operators could not be loaded. ${problem.message}</inline-notice></div>` : nothing}`;
  }

  override render() {
    const { operatorId, problem } = this;
    const opened = this.#list.items.find((row) => row.id === operatorId) ?? null;
    const { wrong } = this;
    return html`<div class="page-body flush">${this.content()}</div>
      <operator-panel
        ?open=${operatorId !== null && (opened !== null || this.#list.phase === 'ready')}
        .operator=${opened}
        @dismiss=${this.dismiss}
        @operator-change=${(event: OperatorChangeEvent) => {
          this.#list.merge([event.operator], () => false);
        }}
      ></operator-panel>
      <operator-form
        ?open=${this.inviting}
        .giver=${currentOperator()?.role ?? 'viewer'}
        ?busy=${this.busy}
        .problems=${wrong}
        .problem=${problem && wrong.size === 0 ? sentenceOf(problem) : null}
        @operator-submit=${this.send}
        @dismiss=${() => {
          this.inviting = false;
        }}
      ></operator-form>
      <invitation-link
        name=${this.invited?.operator.name ?? ''}
        .link=${this.invited ? invitationAddress(this.invited) : null}
        .expiresAt=${this.invited?.expiresAt ?? ''}
        @dismiss=${() => {
          this.invited = null;
        }}
      ></invitation-link>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'team-operators': TeamOperators;
  }
}
