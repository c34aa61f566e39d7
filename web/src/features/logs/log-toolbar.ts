import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { INCOMING_STATUSES, OUTGOING_STATUSES } from '../../../../functions/src/contract/delivery.ts';
import type { Person } from '../../../../functions/src/contract/people.ts';
import type { Operator } from '../../../../functions/src/contract/team.ts';
import { selectField } from '../../components/field.ts';
import { icon } from '../../components/icon.ts';
import '../../components/person-picker.ts';
import type { PersonPickEvent } from '../../components/person-picker.ts';
import { STATUS_LOOKS } from '../../components/status-mark.ts';
import { Loader } from '../../data/loader.ts';
import { getPerson } from '../../data/people.ts';
import { listOperators } from '../../data/team.ts';
import { allowed } from '../../session.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import { findPeople } from '../../parts/find-people.ts';
import {
  isFiltered,
  rangeProblem,
  readSearch,
  searchText,
  usualSort,
  type HiddenSearch,
  type LogFilters,
} from '../../parts/log-filters.ts';
import { toolbarStyles } from './log-toolbar-styles.ts';

/** Query parameters to change (null takes one away), and a search that must not stand in the address. */
export class FilterEvent extends Event {
  readonly changes: Readonly<Record<string, string | null>>;
  /** Undefined leaves the search as it is. */
  readonly hidden: HiddenSearch | null | undefined;
  constructor(changes: Readonly<Record<string, string | null>>, hidden?: HiddenSearch | null) {
    super('filter');
    this.changes = changes;
    this.hidden = hidden;
  }
}

/** Nobody looks for messages from before. */
const FIRST_DAY = '1900-01-01';

/** Search and filters of a log. It holds nothing itself: `.filters` in, `filter` out. */
@customElement('log-toolbar')
export class LogToolbar extends LitElement {
  static override styles = [base, buttons, fields, toolbarStyles];

  @property() log: 'incoming' | 'outgoing' = 'incoming';
  @property({ attribute: false }) filters!: LogFilters;
  @state() private open = false;
  readonly #person = new Loader<Person>(this);
  readonly #operators = new Loader<readonly Operator[]>(this);

  protected override willUpdate(): void {
    const { userId } = this.filters;
    if (
      userId !== null &&
      this.#person.value?.id !== userId &&
      this.#person.phase !== 'loading' &&
      this.#person.phase !== 'failed'
    ) {
      void this.#person.load((signal) => getPerson(userId, signal));
    }
    if (this.log === 'outgoing' && this.#operators.phase === 'idle') {
      void this.#operators.load(async (signal) => (await listOperators({ limit: 100 }, signal)).items);
    }
  }

  private change(changes: Record<string, string | null>): void {
    this.dispatchEvent(new FilterEvent(changes));
  }

  private search(event: Event & { currentTarget: HTMLFormElement }): void {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('search');
    const { q, hidden } = readSearch(typeof text === 'string' ? text : '', allowed('people:lookup'));
    this.dispatchEvent(new FilterEvent({ q }, hidden));
  }

  private onSearchInput(event: Event & { currentTarget: HTMLInputElement }): void {
    if (event.currentTarget.value === '' && (this.filters.words ?? this.filters.phoneNumber) !== null) {
      this.dispatchEvent(new FilterEvent({ q: null }, null));
    }
  }

  private clear(): void {
    this.#person.value = null;
    this.dispatchEvent(
      new FilterEvent({ status: null, userId: null, operatorId: null, from: null, to: null, q: null }, null),
    );
  }

  private status() {
    const statuses = this.log === 'incoming' ? INCOMING_STATUSES : OUTGOING_STATUSES;
    return selectField({
      id: 'status',
      label: 'Status',
      hideLabel: true,
      value: this.filters.status ?? '',
      choices: [['', 'Any status'], ...statuses.map((each) => [each, STATUS_LOOKS[each].label] as const)],
      onChange: (status) => {
        this.change({ status });
      },
    });
  }

  private operator() {
    const known = this.#operators.value ?? [];
    return selectField({
      id: 'operator',
      label: 'Operator',
      hideLabel: true,
      value: this.filters.operatorId ?? '',
      choices: [['', 'Any operator'], ...known.map((each) => [each.id, each.name] as const)],
      onChange: (operatorId) => {
        this.change({ operatorId });
      },
    });
  }

  private sort() {
    const byOperator = [
      ['operator', 'Operator, A to Z'],
      ['-operator', 'Operator, Z to A'],
    ] as const;
    const byDue = [
      ['due', 'Sent first'],
      ['-due', 'Sent last'],
    ] as const;
    return html`<div class="narrow ${this.log === 'outgoing' ? 'wide' : ''}">${selectField({
      id: 'sort',
      label: 'Order',
      hideLabel: true,
      value: this.filters.sort,
      choices: [
        ...(this.filters.status === 'scheduled' ? byDue : []),
        ['time', 'Newest first'],
        ['-time', 'Oldest first'],
        ['person', 'Person, A to Z'],
        ['-person', 'Person, Z to A'],
        ...(this.log === 'outgoing' ? byOperator : []),
      ],
      onChange: (sort) => {
        this.change({ sort: sort === usualSort(this.filters.status) ? null : sort });
      },
    })}</div>`;
  }

  private date(name: 'from' | 'to', words: string) {
    return html`<label class="date">${words}
      <input type="date" .value=${this.filters[name] ?? ''} max="9999-12-31" aria-invalid=${rangeProblem(this.filters) ? 'true' : nothing} aria-describedby=${rangeProblem(this.filters) ? 'range-problem' : nothing} @change=${(
        event: Event & { currentTarget: HTMLInputElement },
      ) => {
        const { value } = event.currentTarget;
        // A year comes digit by digit, and each of them is a day of its own: 0002, 0020, 0202.
        if (value === '' || value >= FIRST_DAY) this.change({ [name]: value });
      }} />
    </label>`;
  }

  override render() {
    const { filters } = this;
    const mayLookUp = allowed('people:lookup');
    const range = rangeProblem(filters);
    return html`<div class="bar">
      <form role="search" @submit=${this.search}>
        ${icon('search', 14)}
        <input class="search" name="search" type="search" aria-label=${mayLookUp ? (this.log === 'incoming' ? 'Search by words, a whole phone number, or from: and a short code or sender name' : 'Search by words or a whole phone number') : 'Search by words'} placeholder=${mayLookUp ? (this.log === 'incoming' ? 'Words, phone number or from:sender' : 'Words or phone number') : 'Words'} aria-keyshortcuts="/" maxlength="200" autocomplete="off" .value=${searchText(filters)} @input=${this.onSearchInput} />
      </form>
      <button class="button narrow" aria-expanded=${this.open} aria-controls="more" @click=${() => {
        this.open = !this.open;
      }}>${icon('filter', 14)} Filters</button>
      <div id="more" class="more ${this.open ? 'open' : ''}">
        ${this.status()}
        ${this.log === 'outgoing' ? this.operator() : this.sort()}
        <person-picker hide-label label="Person" placeholder="Any person" .search=${findPeople} .person=${filters.userId === null ? null : this.#person.value}
          @person-pick=${(event: PersonPickEvent) => {
            if (event.person) this.#person.set(event.person);
            this.change({ userId: event.person?.id ?? null });
          }}></person-picker>
        <div class="dates">${this.date('from', 'From')} ${this.date('to', 'To')}</div>
        ${this.log === 'outgoing' ? this.sort() : nothing}
        ${isFiltered(filters) ? html`<button class="button quiet" @click=${this.clear}>Clear filters</button>` : nothing}
      </div>
    </div>
    ${range ? html`<p class="problem" id="range-problem" role="alert">${icon('error', 12)}<span>${range}</span></p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'log-toolbar': LogToolbar;
  }
}
