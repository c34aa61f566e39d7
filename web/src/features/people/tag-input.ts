import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { MOST } from '../../../../functions/src/contract/person-rules.ts';
import { announce } from '../../announce.ts';
import { keyOf } from '../../keys.ts';
import { base, buttons, fields } from '../../styles/shared.ts';
import { describedBy, field } from '../../components/field.ts';
import { icon } from '../../components/icon.ts';

/** Another set of tags is wanted. */
export class TagsChangeEvent extends Event {
  readonly tags: readonly string[];
  constructor(tags: readonly string[]) {
    super('tags-change');
    this.tags = tags;
  }
}

/**
 * Tags as chips in a field: Enter or a comma adds what is typed, Backspace in the empty field takes the last away.
 * `<tag-input .tags=${tags} .known=${suggestions} .problem=${…} @tags-change=${(event) => event.tags}>`. The owner keeps the tags.
 */
@customElement('tag-input')
export class TagInput extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: block;
      }
      .box {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1);
        min-height: var(--control);
        padding: 0.1875rem;
        border: 1px solid var(--line-control);
        border-radius: var(--radius);
        background: var(--raised);
      }
      .box:hover {
        border-color: var(--ink-3);
      }
      .box:focus-within:has(input:focus-visible) {
        border-color: var(--focus);
        outline: 2px solid var(--focus);
        outline-offset: -1px;
      }
      .box.wrong:not(:focus-within) {
        border-color: var(--bad);
      }
      ul {
        display: contents;
      }
      li {
        display: inline-flex;
        align-items: center;
        max-width: 100%;
        padding-left: var(--space-2);
        border-radius: var(--radius-full);
        background: var(--muted-soft);
        color: var(--ink);
        font-size: var(--text-sm);
        line-height: 1.5rem;
      }
      li span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li button {
        display: grid;
        flex: none;
        place-items: center;
        width: 1.5rem;
        height: 1.5rem;
        padding: 0;
        border: 0;
        border-radius: var(--radius-full);
        background: none;
        color: var(--ink-2);
        cursor: pointer;
      }
      li button:hover {
        background: var(--active);
        color: var(--ink);
      }
      li button:focus-visible {
        outline-offset: -2px;
        border-radius: var(--radius-full);
      }
      .box input:not([type='checkbox']) {
        flex: 1 1 6rem;
        width: auto;
        min-width: 4rem;
        min-height: 1.5rem;
        padding: 0 var(--space-1);
        border: 0;
        outline: none;
        background: none;
      }
      @media (pointer: coarse) {
        li,
        li button {
          line-height: 2rem;
          min-width: 2rem;
          min-height: 2rem;
        }
      }
    `,
  ];

  @property() label = 'Tags';
  @property() hint = 'Enter or a comma adds a tag.';
  @property() problem: string | null = null;
  @property({ attribute: false }) tags: readonly string[] = [];
  /** Tags that are in use already, to choose from. */
  @property({ attribute: false }) known: readonly string[] = [];

  @query('input') private readonly input!: HTMLInputElement;

  override focus(): void {
    this.input.focus();
  }

  /** Takes over what is typed but not yet a tag; call before the form is read. */
  commit(): void {
    this.add(this.input.value);
  }

  private add(text: string): void {
    const wanted = text
      .split(',')
      .map((part) => part.trim().replace(/\s+/g, ' ').slice(0, MOST.tag))
      .filter((part) => part !== '');
    this.input.value = '';
    const added = [...new Set(wanted)]
      .filter((tag) => !this.tags.includes(tag))
      .slice(0, MOST.tags - this.tags.length);
    if (added.length === 0) return;
    this.change([...this.tags, ...added]);
    announce(`${added.join(', ')} added.`);
  }

  private takeAway(tag: string): void {
    this.change(this.tags.filter((each) => each !== tag));
    announce(`${tag} removed.`);
    this.input.focus();
  }

  private change(tags: readonly string[]): void {
    this.tags = tags;
    this.dispatchEvent(new TagsChangeEvent(tags));
  }

  private onKey(event: KeyboardEvent): void {
    const key = keyOf(event);
    const { value } = this.input;
    if (key === 'Enter' && value.trim() !== '') {
      event.preventDefault();
      this.add(value);
    } else if (key === 'Backspace' && value === '') {
      const last = this.tags.at(-1);
      if (last !== undefined) this.takeAway(last);
    }
  }

  private onInput(event: Event): void {
    // An input method's text is whole only at the end of the composition.
    if (event instanceof InputEvent && event.isComposing) return;
    const { value } = this.input;
    // A suggestion that was picked comes whole; what is typed may go on.
    const picked =
      event.type === 'input' &&
      (!(event instanceof InputEvent) || event.inputType === 'insertReplacementText');
    if (value.includes(',') || (picked && this.known.includes(value))) this.add(value);
  }

  override render() {
    const full = this.tags.length >= MOST.tags;
    const about = {
      id: 'input',
      hint: full ? `A person has at most ${String(MOST.tags)} tags.` : this.hint,
      problem: this.problem,
    };
    const chips = this.tags.map(
      (tag) => html`<li>
        <span title=${tag}>${tag}</span>
        <button type="button" aria-label="Remove ${tag}" @click=${() => {
          this.takeAway(tag);
        }}>${icon('close', 12)}</button>
      </li>`,
    );
    return field(
      { ...about, label: this.label, optional: true },
      html`<div class="box ${this.problem ? 'wrong' : ''}">
        <ul role="list" aria-label="Chosen tags">${chips}</ul>
        <input
          id="input"
          autocomplete="off"
          autocapitalize="none"
          list="known"
          maxlength="400"
          ?readonly=${full}
          aria-invalid=${this.problem ? 'true' : nothing}
          aria-describedby=${describedBy(about)}
          @keydown=${this.onKey}
          @input=${this.onInput}
          @compositionend=${this.onInput}
          @blur=${this.commit}
        />
        <datalist id="known">${this.known.filter((tag) => !this.tags.includes(tag)).map((tag) => html`<option value=${tag}></option>`)}</datalist>
      </div>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tag-input': TagInput;
  }
}
