import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Person } from '../../../../functions/src/contract/people.ts';
import { announce, notify } from '../../announce.ts';
import '../../components/data-table.ts';
import type { DataTable } from '../../components/data-table.ts';
import { icon } from '../../components/icon.ts';
import '../../components/inline-notice.ts';
import '../../components/loading-rows.ts';
import './person-form.ts';
import type { PersonSubmitEvent } from './person-form.ts';
import { problemState } from '../../components/problem-state.ts';
import '../../components/view-state.ts';
import { waitWords, withWait } from '../../components/wait-words.ts';
import { toProblem } from '../../data/api-problem.ts';
import { ListMemory, PagedList } from '../../data/paged-list.ts';
import { isLookup, looksLikeNumber, mayStandInAddress, readPeopleSearch } from '../../data/people-search.ts';
import { addPerson, changePerson, getPerson, listPeople, searchPeople } from '../../data/people.ts';
import { nextFrame } from '../../next-frame.ts';
import { navigate, PlaceController, withQuery } from '../../router.ts';
import { allowed, session } from '../../session.ts';
import { page } from '../../styles/page.ts';
import { base, buttons } from '../../styles/shared.ts';
import { cameBack, keepSecret, secretOf } from '../../visits.ts';
import { NO_REFUSAL, readRefusal, type FormRefusal } from './form-refusal.ts';
import { peopleColumns } from './people-columns.ts';
import { lookupDenied } from '../../parts/people-lookup.ts';
import { readPeopleFilters, type PeopleFilters, type PeopleFilterEvent } from './people-toolbar.ts';
import './person-panel.ts';
import type { PersonChangeEvent, PersonEditEvent, PersonPanel } from './person-panel.ts';

/** Under which a step of the browser's history keeps a search that must not become part of the address. */
const SEARCH = 'people-search';
const memory = new ListMemory<Person>();

/** The registered people (PPL-1, PPL-2): list, search, and the opened person beside it. */
@customElement('page-people')
export class PagePeople extends LitElement {
  static override styles = [base, buttons, page];

  readonly #place = new PlaceController<'page-people'>(this, () => {
    this.follow();
  });
  readonly #list = new PagedList<Person>(this, memory);
  /** A search that must not become part of the address. */
  @state() private secret = '';
  @state() private form: { person: Person | null; phoneNumber: string } | null = null;
  @state() private busy = false;
  @state() private refusal: FormRefusal = NO_REFUSAL;
  @query('data-table') private readonly table!: DataTable<Person> | null;
  @query('person-panel') private readonly panel!: PersonPanel;
  #asked: string | null = null;
  #address = '';
  #added = new Set<string>();

  private get filters(): PeopleFilters {
    return readPeopleFilters(this.#place.value.query, this.secret);
  }

  /** A number, or the end of one, that the reader may not search by (PRIV-3). */
  private get barred(): boolean {
    return isLookup(this.filters.search) && !allowed('people:lookup');
  }

  /** Loads the list again when the address asks for something else. */
  private follow(): void {
    // A step back brings back the search that it had; after a link to other people that search is over.
    const kept = cameBack() ? secretOf(SEARCH) : undefined;
    const address = this.#place.value.query.toString();
    if (cameBack()) this.secret = typeof kept === 'string' ? kept : '';
    else if (address !== this.#address) this.secret = '';
    keepSecret(SEARCH, this.secret);
    this.#address = address;
    const { filters } = this;
    const asked = JSON.stringify(filters);
    if (asked === this.#asked) return;
    const first = this.#asked === null;
    this.#asked = asked;
    void this.load(filters, first);
  }

  private async load({ search, status, tag }: PeopleFilters, first: boolean): Promise<void> {
    const meant = readPeopleSearch(search);
    if (this.barred) return;
    await this.#list.load(
      (cursor, signal) =>
        meant
          ? searchPeople({ ...meant, cursor, limit: 50 }, signal)
          : listPeople({ cursor, ...(status && { status }), ...(tag !== null && { tag }) }, signal),
      JSON.stringify({ search, status, tag }),
    );
    const { phase, items, more } = this.#list;
    if (first || phase !== 'ready') return;
    announce(
      items.length === 0
        ? 'Nobody found.'
        : `${String(items.length)}${more ? ' or more' : ''} ${items.length === 1 ? 'person' : 'people'}.`,
    );
  }

  private onFilter({ changes }: PeopleFilterEvent): void {
    const before = this.filters.search;
    const search = changes.search ?? before;
    const open = mayStandInAddress(search);
    const { status, tag } = changes;
    const to = withQuery({
      q: open ? search : null,
      ...(status !== undefined && { status }),
      ...(tag !== undefined && { tag }),
    });
    this.secret = open ? '' : search;
    this.#address = new URL(to, window.location.origin).searchParams.toString();
    // The first letter of a search is a step to go back to, the next ones are not; nor does each of them change the address.
    navigate(to, { replace: search !== '' && before !== '', always: search !== before });
    this.follow();
  }

  private dismiss(): void {
    const id = this.#place.param('userId');
    navigate(withQuery({}, '/people'));
    if (id !== null) this.table?.focusRow(id);
  }

  private openForm(person: Person | null, phoneNumber = ''): void {
    this.refusal = NO_REFUSAL;
    this.form = { person, phoneNumber };
  }

  private async save({ create, patch }: PersonSubmitEvent): Promise<void> {
    const { form } = this;
    if (!form) return;
    this.busy = true;
    this.refusal = NO_REFUSAL;
    try {
      const person = create
        ? await addPerson(create)
        : patch && form.person
          ? await changePerson(form.person.id, patch)
          : null;
      this.form = null;
      await nextFrame();
      if (person && create) this.added(person);
      else if (person) this.changed(person, true);
    } catch (thrown) {
      this.refusal = readRefusal(toProblem(thrown));
      void this.nameTaker();
    } finally {
      this.busy = false;
    }
  }

  /** Says who has the number, beside the link to them. */
  private async nameTaker(): Promise<void> {
    const { takenBy } = this.refusal;
    if (!takenBy) return;
    const person = await getPerson(takenBy.id).catch(() => null);
    if (person && this.refusal.takenBy === takenBy)
      this.refusal = { ...this.refusal, takenBy: { id: person.id, label: person.label } };
  }

  private added(person: Person): void {
    this.#added = new Set([...this.#added, person.id]);
    this.#list.merge([person], () => true);
    notify('good', `${person.label} added.`);
    navigate(withQuery({}, `/people/${person.id}`));
  }

  private changed(person: Person, saved: boolean): void {
    this.#list.merge([person], () => false);
    this.panel.take(person);
    if (saved) notify('good', `Changes to ${person.label} saved.`);
  }

  private get knownTags(): readonly string[] {
    return [...new Set(this.#list.items.flatMap((row) => row.tags))].sort((a, b) => a.localeCompare(b));
  }

  /** What the search box says when this is not a phone number. */
  private get searchProblem(): string | null {
    const { problem, phase } = this.#list;
    if (phase !== 'failed' || !problem) return null;
    const about = problem.errorCode === 'PHONE_NUMBER_INVALID' || problem.fields.has('phoneNumber');
    return about ? (problem.fields.get('phoneNumber') ?? problem.message) : null;
  }

  /** Whether the reader is still typing a number, which is nothing to mark red. */
  private get unfinished(): boolean {
    const { details } = this.#list.problem ?? { details: null };
    return (
      Array.isArray(details) &&
      details.some(
        (each: unknown) =>
          typeof each === 'object' && each !== null && 'problem' in each && each.problem === 'too_short',
      )
    );
  }

  private nobody(): TemplateResult {
    const { search, status, tag } = this.filters;
    const mayAdd = allowed('people:write');
    const add = (words: string, phoneNumber = '') =>
      mayAdd
        ? html`<button slot="actions" class="button" @click=${() => {
            this.openForm(null, phoneNumber);
          }}>${icon('plus', 14)} ${words}</button>`
        : nothing;
    if (looksLikeNumber(search)) {
      return html`<view-state kind="no-match" heading="Nobody has this number">${mayAdd ? 'You can add the person it belongs to.' : nothing}${add('Add person with this number', search)}</view-state>`;
    }
    if (search !== '') {
      return html`<view-state kind="no-match" heading="Nobody found">Search by the beginning of ${allowed('people:lookup') ? 'a name, the last four digits of a number, or a whole number' : 'a first or last name'}.</view-state>`;
    }
    if (status !== null || tag !== null)
      return html`<view-state kind="no-match">Nobody matches these filters. Clear them to see everybody.</view-state>`;
    return html`<view-state kind="empty" icon="people" heading="No people yet">People whom your team can text appear here. Messages from numbers that are not registered are logged but get no reply.${add('Add the first person')}</view-state>`;
  }

  private content(): TemplateResult {
    const { phase, items, more, loadingMore, problem } = this.#list;
    if (this.barred) return lookupDenied();
    if (phase === 'failed' && problem)
      return this.searchProblem
        ? this.nobodyReadable()
        : problemState(withWait(problem), () => void this.#list.reload());
    if (items.length === 0) return phase === 'loading' ? html`<loading-rows></loading-rows>` : this.nobody();
    return html`<data-table
        label="People"
        .columns=${peopleColumns}
        .rows=${items}
        .href=${(row: Person) => withQuery({}, `/people/${row.id}`)}
        .selected=${this.#place.param('userId')}
        .fresh=${this.#added}
        ?more=${more}
        ?loading-more=${loadingMore}
        ?dimmed=${phase === 'loading'}
        @load-more=${() => void this.#list.next()}
      ></data-table>
      ${problem ? html`<div class="page-body"><inline-notice tone="bad" role="alert">More people could not be loaded. ${waitWords(problem)}</inline-notice></div>` : nothing}`;
  }

  private nobodyReadable(): TemplateResult {
    return html`<view-state kind="no-match" heading=${this.unfinished ? 'Not a whole number yet' : 'This is not a phone number'}>Write the whole number with its country code, or search by a name or the last four digits.</view-state>`;
  }

  override render() {
    const id = this.#place.param('userId');
    const { settings } = session.value.phase === 'in' ? session.value.answer : { settings: null };
    return html`<header class="page-head">
        <h1 tabindex="-1">People</h1>
        <div class="actions">
          ${
            allowed('people:write')
              ? html`<button class="button primary" @click=${() => {
                  this.openForm(null);
                }}>${icon('plus', 14)} Add person</button>`
              : nothing
          }
        </div>
      </header>
      <people-toolbar .filters=${this.filters} .knownTags=${this.knownTags} .problem=${this.unfinished ? null : this.searchProblem} @people-filter=${this.onFilter}></people-toolbar>
      <div class="page-body flush">${this.content()}</div>
      <person-panel
        .personId=${id}
        .known=${this.#list.items.find((row) => row.id === id) ?? null}
        @dismiss=${this.dismiss}
        @person-edit=${(event: PersonEditEvent) => {
          this.openForm(event.person);
        }}
        @person-change=${(event: PersonChangeEvent) => {
          this.changed(event.person, false);
        }}
      ></person-panel>
      <person-form
        ?open=${this.form !== null}
        .person=${this.form?.person ?? null}
        .phoneNumber=${this.form?.phoneNumber ?? ''}
        .knownTags=${this.knownTags}
        country=${settings?.defaultCountry ?? 'US'}
        ?busy=${this.busy}
        .problems=${this.refusal.fields}
        .problem=${this.refusal.sentence}
        .takenBy=${this.refusal.takenBy}
        @person-submit=${this.save}
        @dismiss=${() => {
          this.form = null;
        }}
      ></person-form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-people': PagePeople;
  }
}
