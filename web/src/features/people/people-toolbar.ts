import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { MOST } from '../../../../functions/src/contract/person-rules.ts';
import { describedBy, selectField } from '../../components/field.ts';
import { icon } from '../../components/icon.ts';
import { searchBox } from '../../styles/search-box.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import { searchPlaceholder, searchWords } from '../../parts/people-lookup.ts';

/** What the list shows. A search goes through everybody, so either it or the filters apply. */
export interface PeopleFilters {
  search: string;
  status: 'active' | 'inactive' | null;
  tag: string | null;
}

/** What the address asks for; `secret` is a search that does not stand in it. */
export function readPeopleFilters(query: URLSearchParams, secret: string): PeopleFilters {
  const status = (['active', 'inactive'] as const).find((each) => each === query.get('status')) ?? null;
  const tag = query.get('tag')?.trim().slice(0, 40) ?? '';
  return {
    search: secret || (query.get('q')?.trim().slice(0, 80) ?? ''),
    status,
    tag: tag === '' ? null : tag,
  };
}

export class PeopleFilterEvent extends Event {
  readonly changes: Partial<PeopleFilters>;
  constructor(changes: Partial<PeopleFilters>) {
    super('people-filter');
    this.changes = changes;
  }
}

/** The search starts when typing has paused this long, in milliseconds. */
const PAUSE = 250;

/** Search and filters of the list of people. It keeps no state of its own: `.filters` in, `people-filter` out. */
@customElement('people-toolbar')
export class PeopleToolbar extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    searchBox,
    css`
      :host {
        display: block;
        border-bottom: 1px solid var(--line);
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: flex-start;
        gap: var(--space-2);
        padding: var(--space-3) var(--space-6);
      }
      .search {
        max-width: none;
      }
      .search p {
        padding-top: var(--space-1);
      }
      .filter {
        flex: 0 1 10rem;
        min-width: 8rem;
      }
      select,
      .filter input {
        font-size: var(--text-sm);
      }
      @media (max-width: 51.25rem) {
        form {
          padding: var(--space-3) var(--space-4);
        }
        .search {
          flex-basis: 100%;
        }
        .filter {
          flex: 1 1 8rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) filters!: PeopleFilters;
  /** Tags to choose from; others can be typed. */
  @property({ attribute: false }) knownTags: readonly string[] = [];
  /** Why the search cannot find anything, e.g. because it is not a phone number. */
  @property() problem: string | null = null;
  @state() private typed: string | null = null;
  @query('#search') private readonly search!: HTMLInputElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  private ask(changes: Partial<PeopleFilters>): void {
    this.dispatchEvent(new PeopleFilterEvent(changes));
  }

  private onInput(event: Event): void {
    // What an input method composes is complete only at its end.
    if (!(event instanceof InputEvent && event.isComposing)) this.onSearch(PAUSE);
  }

  private onSearch(wait: number): void {
    this.typed = this.search.value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const search = this.typed?.trim() ?? '';
      this.typed = null;
      if (search !== this.filters.search) this.ask({ search });
    }, wait);
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.onSearch(0);
  }

  private clear(): void {
    clearTimeout(this.#timer);
    this.typed = null;
    this.search.value = '';
    this.ask({ search: '', status: null, tag: null });
    this.search.focus();
  }

  override render() {
    const { search, status, tag } = this.filters;
    const about = { id: 'search', problem: this.problem };
    const searching = search !== '';
    return html`<form role="search" @submit=${this.submit}>
      <div class="search field">
        ${icon('search', 14)}
        <input
          id="search"
          type="search"
          aria-label="Search everybody by ${searchWords()}"
          placeholder=${searchPlaceholder()}
          maxlength=${MOST.name}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          .value=${this.typed ?? search}
          aria-invalid=${this.problem ? 'true' : nothing}
          aria-describedby=${describedBy(about)}
          @input=${this.onInput}
          @compositionend=${this.onInput}
        />
        ${this.problem ? html`<p class="problem" id="search-problem">${icon('error', 12)}<span>${this.problem}</span></p>` : nothing}
      </div>
      <div class="filter">
        ${selectField({
          id: 'status',
          label: 'Status',
          hideLabel: true,
          value: searching ? '' : (status ?? ''),
          choices: [
            ['', 'Any status'],
            ['active', 'Active'],
            ['inactive', 'Inactive'],
          ],
          onChange: (value) => {
            this.ask({ search: '', status: value === 'active' || value === 'inactive' ? value : null });
          },
        })}
      </div>
      <div class="filter field">
        <input
          aria-label="Tag"
          placeholder="Any tag"
          list="tags"
          maxlength=${MOST.tag}
          autocomplete="off"
          autocapitalize="none"
          .value=${searching ? '' : (tag ?? '')}
          @change=${(event: Event & { currentTarget: HTMLInputElement }) => {
            this.ask({ search: '', tag: event.currentTarget.value.trim() || null });
          }}
        />
        <datalist id="tags">${this.knownTags.map((each) => html`<option value=${each}></option>`)}</datalist>
      </div>
      ${searching || status || tag ? html`<button type="button" class="button quiet" @click=${this.clear}>Clear</button>` : nothing}
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'people-toolbar': PeopleToolbar;
  }
}
