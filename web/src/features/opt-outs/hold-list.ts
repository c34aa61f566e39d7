import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { HoldKind } from '../../../../functions/src/contract/consent.ts';
import { announce, notify } from '../../announce.ts';
import { HOLD_WORDS } from '../../components/consent-words.ts';
import '../../components/data-table.ts';
import type { DataTable } from '../../components/data-table.ts';
import './hold-form.ts';
import type { HoldSubmitEvent } from './hold-form.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import '../../components/loading-rows.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/view-state.ts';
import { waitWords, withWait } from '../../components/wait-words.ts';
import { toProblem, type ApiProblem } from '../../data/api-problem.ts';
import { PagedList } from '../../data/paged-list.ts';
import { isLookup, looksLikeNumber } from '../../data/people-search.ts';
import { addHold, listHolds, SEARCHED_PEOPLE, searchHolds } from '../../data/suppressions.ts';
import { nextFrame } from '../../next-frame.ts';
import { navigate, withQuery } from '../../router.ts';
import { allowed } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { searchBox } from '../../styles/search-box.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import { findPeople } from '../../parts/find-people.ts';
import { holdColumns, rowOf, type HoldRow } from './hold-columns.ts';
import './hold-panel.ts';
import type { LiftedEvent } from './hold-panel.ts';
import { lookupDenied, searchPlaceholder, searchWords } from '../../parts/people-lookup.ts';

/** The search starts when typing has paused this long. */
const PAUSE_MS = 300;

/** Why it could not be saved: at the fields of the form, or as a sentence. */
interface Refusal {
  fields: ReadonlyMap<string, string>;
  sentence: string | null;
}

const NO_REFUSAL: Refusal = { fields: new Map(), sentence: null };

function readRefusal(problem: ApiProblem): Refusal {
  const { errorCode, fields, message } = problem;
  if (errorCode === 'PERSON_NOT_FOUND') return { fields: new Map([['userId', message]]), sentence: null };
  if (errorCode === 'PHONE_NUMBER_INVALID')
    return { fields: new Map([['phoneNumber', fields.get('phoneNumber') ?? message]]), sentence: null };
  return { fields, sentence: fields.size > 0 ? null : waitWords(problem) };
}

/** Something else is searched for. */
export class HoldSearchEvent extends Event {
  readonly search: string;
  constructor(search: string) {
    super('hold-search');
    this.search = search;
  }
}

/** The opt-outs or the suppressed numbers, with a search through both, and the form that adds to them. */
@customElement('hold-list')
export class HoldList extends LitElement {
  static override styles = [base, buttons, fields, page, searchBox];

  @property() kind: HoldKind = 'opted_out';
  @property({ attribute: false }) opened: string | null = null;
  readonly #list = new PagedList<HoldRow>(this);
  /** What is searched for. The page holds it: neither names nor numbers become part of the address. */
  @property({ attribute: false }) search = '';
  @state() private adding: { phoneNumber: string } | null = null;
  @state() private busy = false;
  @state() private refusal = NO_REFUSAL;
  @query('data-table') private readonly table!: DataTable<HoldRow> | null;
  @query('#search') private readonly box!: HTMLInputElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('kind') || changed.has('search')) void this.load(!this.hasUpdated);
  }

  /** Opens the form that adds an opt-out or suppresses a number. */
  add(phoneNumber = ''): void {
    this.refusal = NO_REFUSAL;
    this.adding = { phoneNumber };
  }

  /** A number, or the end of one, that the reader may not search by (PRIV-3). */
  private get barred(): boolean {
    return isLookup(this.search) && !allowed('people:lookup');
  }

  private async load(first = false): Promise<void> {
    const { search, kind } = this;
    if (this.barred) return;
    await this.#list.load(async (cursor, signal) => {
      const found =
        search === '' ? await listHolds({ kind, cursor }, signal) : await searchHolds(search, cursor, signal);
      return { ...found, items: found.items.map(rowOf) };
    });
    const { phase, items, more } = this.#list;
    if (first || phase !== 'ready') return;
    announce(
      items.length === 0
        ? 'Nobody found.'
        : `${String(items.length)}${more ? ' or more' : ''} ${items.length === 1 ? 'result' : 'results'}.`,
    );
  }

  private onInput(event: Event): void {
    // What an input method composes is complete only at its end.
    if (!(event instanceof InputEvent && event.isComposing)) this.onSearch(PAUSE_MS);
  }

  private onSearch(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const search = this.box.value.trim();
      if (search !== this.search) this.dispatchEvent(new HoldSearchEvent(search));
    }, wait);
  }

  private clear(): void {
    this.box.value = '';
    this.onSearch(0);
    this.box.focus();
  }

  private async save({ hold }: HoldSubmitEvent): Promise<void> {
    this.busy = true;
    this.refusal = NO_REFUSAL;
    try {
      const item = await addHold(hold);
      this.adding = null;
      await nextFrame();
      notify('good', `${item.label} ${HOLD_WORDS[item.kind].added}`);
      if (this.search !== '') await this.load();
      else if (item.kind === this.kind) this.#list.merge([rowOf(item)], () => true);
      navigate(
        withQuery({ kind: item.kind === 'opted_out' ? null : item.kind }, `/opt-outs/${rowOf(item).id}`),
      );
    } catch (thrown) {
      this.refusal = readRefusal(toProblem(thrown));
    } finally {
      this.busy = false;
    }
  }

  private dismiss(): void {
    const { opened } = this;
    navigate(withQuery({}, '/opt-outs'));
    if (opened !== null) void this.updateComplete.then(() => this.table?.focusRow(opened));
  }

  private lifted({ item }: LiftedEvent): void {
    const { id } = rowOf(item);
    this.#list.items = this.#list.items.filter((row) => row.id !== id);
    navigate(withQuery({}, '/opt-outs'));
    this.dispatchEvent(new Event('lost-row'));
    this.requestUpdate();
  }

  private nobody(): TemplateResult {
    const { search, kind } = this;
    const number = looksLikeNumber(search);
    const last4 = isLookup(search);
    if (number) {
      return html`<view-state kind="no-match" heading="This number is not opted out or suppressed">
        ${
          allowed('suppressions:write')
            ? html`<button slot="actions" class="button" @click=${() => {
                this.add(search);
              }}>${icon('plus', 14)} ${HOLD_WORDS[kind].add}</button>`
            : nothing
        }
      </view-state>`;
    }
    if (this.#list.more)
      return html`<view-state kind="no-match" heading="Nobody found yet">None of the first ${SEARCHED_PEOPLE} people whose name starts like this is opted out or suppressed.
        <button slot="actions" class="button" aria-disabled=${this.#list.loadingMore} @click=${() => void this.#list.next()}>${this.#list.loadingMore ? 'Searching…' : 'Search further'}</button></view-state>`;
    if (search !== '')
      return html`<view-state kind="no-match" heading="Nobody found">${last4 ? 'Nobody whose number ends like this' : 'Nobody whose name starts like this'} is opted out or suppressed.${allowed('people:lookup') ? ' Search by a name, the last four digits or a whole number.' : nothing}</view-state>`;
    return kind === 'opted_out'
      ? html`<view-state kind="empty" icon="hand-stop" heading="Nobody has opted out">People who text STOP appear here and are no longer texted.${allowed('suppressions:write') ? ' You can also add somebody who asked in another way.' : nothing}</view-state>`
      : html`<view-state kind="empty" icon="hand-stop" heading="No suppressed numbers">Numbers appear here when messages to them fail for good, and are no longer texted.</view-state>`;
  }

  private content(): TemplateResult {
    const { phase, items, more, loadingMore, problem } = this.#list;
    if (this.barred) return lookupDenied();
    if (phase === 'failed' && problem?.errorCode === 'PHONE_NUMBER_INVALID') {
      return html`<view-state kind="no-match" heading="Not a whole number yet">Write the whole number with its country code, or search by a name or the last four digits.</view-state>`;
    }
    if (phase === 'failed' && problem) return problemState(withWait(problem), () => void this.#list.reload());
    if (items.length === 0) return phase === 'loading' ? html`<loading-rows></loading-rows>` : this.nobody();
    return html`<data-table
        label=${this.search === '' ? HOLD_WORDS[this.kind].list : 'Search results'}
        .columns=${this.search === '' ? holdColumns.filter(({ key }) => key !== 'list') : holdColumns}
        .rows=${items}
        .href=${(row: HoldRow) => withQuery({}, `/opt-outs/${row.id}`)}
        .selected=${this.opened}
        ?more=${more}
        ?loading-more=${loadingMore}
        ?dimmed=${phase === 'loading'}
        @load-more=${() => void this.#list.next()}
      ></data-table>
      ${problem ? html`<div class="page-body"><inline-notice tone="bad" role="alert">More could not be loaded. ${waitWords(problem)}</inline-notice></div>` : nothing}`;
  }

  override render() {
    const { opened, refusal } = this;
    const item = this.#list.items.find((row) => row.id === opened)?.item ?? null;
    return html`<form class="toolbar" role="search" @submit=${(event: Event) => {
      event.preventDefault();
      this.onSearch(0);
    }}>
        <div class="search">
          ${icon('search', 14)}
          <input id="search" type="search" aria-label="Search opt-outs and suppressed numbers by ${searchWords()}" placeholder=${searchPlaceholder()} maxlength="80" autocomplete="off" autocapitalize="none" spellcheck="false"
            .value=${this.search} @input=${this.onInput} @compositionend=${this.onInput} />
        </div>
        ${this.search === '' ? nothing : html`<button type="button" class="button quiet" @click=${this.clear}>Clear</button>`}
      </form>
      <div class="page-body flush">${this.content()}</div>
      <hold-panel ?open=${opened !== null && (item !== null || this.#list.phase === 'ready')} .item=${item} @dismiss=${this.dismiss} @lifted=${this.lifted}></hold-panel>
      <hold-form
        ?open=${this.adding !== null}
        ?busy=${this.busy}
        kind=${this.kind}
        .phoneNumber=${this.adding?.phoneNumber ?? ''}
        .search=${findPeople}
        .problems=${refusal.fields}
        .problem=${refusal.sentence}
        @hold-submit=${this.save}
        @dismiss=${() => {
          this.adding = null;
        }}
      ></hold-form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hold-list': HoldList;
  }
}
