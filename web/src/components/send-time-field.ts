import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { SendAt } from '../../../functions/src/contract/messages.ts';
import { base, fields } from '../styles/shared.ts';
import { icon } from './icon.ts';
import { changeWords, momentOf, ownZone, tomorrowMorning, wordsIn } from './zone-time.ts';

/** Another time was chosen, or (null) none: as soon as possible. */
export class SendTimeEvent extends Event {
  readonly sendAt: SendAt | null;
  constructor(sendAt: SendAt | null) {
    super('send-time');
    this.sendAt = sendAt;
  }
}

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/**
 * When a message is sent: day, time and a named zone, with the reader's own zone beside it (OUT-8).
 * `<send-time-field .value=${sendAt} .zone=${person.timeZone} whose="Ada" .problem=… @send-time=…>`; without `required`
 * it begins with a choice between now and later.
 */
@customElement('send-time-field')
export class SendTimeField extends LitElement {
  static override styles = [
    base,
    fields,
    css`
      :host {
        display: grid;
        gap: var(--space-3);
        container-type: inline-size;
      }
      .check {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-height: 1.5rem;
        font-size: var(--text-sm);
      }
      .parts {
        display: grid;
        grid-template-columns: minmax(9.25rem, 1fr) minmax(7.75rem, 0.8fr) minmax(0, 1.5fr);
        gap: var(--space-3);
      }
      .field {
        align-content: start;
      }
      .meant {
        display: grid;
        gap: var(--space-1);
        color: var(--ink-2);
        font-size: var(--text-xs);
      }
      .change {
        display: flex;
        gap: var(--space-1);
        color: var(--warn);
      }
      .change svg,
      .problem svg {
        margin-top: 0.15em;
      }
      .problem {
        display: flex;
        gap: var(--space-1);
        font-size: var(--text-xs);
        color: var(--bad);
      }
      .parts input {
        min-width: 0;
      }
      @container (max-width: 30rem) {
        .parts {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }
        .zone {
          grid-column: 1 / -1;
        }
      }
      @container (max-width: 17rem) {
        .parts {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) value: SendAt | null = null;
  /** The recipient's zone, which stands first. */
  @property({ attribute: false }) zone: string | null = null;
  @property() whose = '';
  @property({ type: Boolean }) required = false;
  @property() problem: string | null = null;
  @query('#day') private readonly day!: HTMLInputElement | null;

  override focus(): void {
    void this.updateComplete.then(() => {
      this.day?.focus();
    });
  }

  private set(sendAt: SendAt | null): void {
    this.value = sendAt;
    this.dispatchEvent(new SendTimeEvent(sendAt));
  }

  private toggle(event: Event & { currentTarget: HTMLInputElement }): void {
    const timeZone = this.zone ?? ownZone();
    this.set(event.currentTarget.checked ? { local: tomorrowMorning(timeZone, new Date()), timeZone } : null);
  }

  private change(value: SendAt, part: 'day' | 'time', text: string): void {
    const [day = '', time = ''] = value.local.split('T');
    this.set({ ...value, local: part === 'day' ? `${text}T${time}` : `${day}T${text}` });
  }

  private zones(chosen: string) {
    const own = ownZone();
    const near = [
      ...(this.zone === null
        ? []
        : [[this.zone, this.whose === '' ? this.zone : `${this.zone} (${this.whose})`] as const]),
      ...(own === this.zone ? [] : [[own, `${own} (you)`] as const]),
    ];
    const known = new Set([...near.map(([name]) => name)]);
    const others = (ZONES.includes(chosen) || known.has(chosen) ? ZONES : [chosen, ...ZONES]).filter(
      (each) => !known.has(each),
    );
    const option = (name: string, words: string) =>
      html`<option value=${name} ?selected=${name === chosen}>${words}</option>`;
    return html`<optgroup label="Near">${near.map(([name, words]) => option(name, words))}</optgroup>
      <optgroup label="All">${others.map((name) => option(name, name))}</optgroup>`;
  }

  /** The instant where it goes to and where the reader is. */
  private meant({ local, timeZone }: SendAt) {
    const moment = momentOf(local, timeZone);
    if (!moment) return nothing;
    const places = [...new Set([timeZone, ...(this.zone === null ? [] : [this.zone]), ownZone()])];
    const change = changeWords(local, timeZone);
    return html`<div class="meant" id="meant">
      <p class="num">${places.map((each) => wordsIn(moment.at, each)).join(' · ')}</p>
      ${change ? html`<p class="change">${icon('alert', 12)}<span>${change}</span></p>` : nothing}
    </div>`;
  }

  private parts(value: SendAt) {
    const [day = '', time = ''] = value.local.split('T');
    const invalid = this.problem ? 'true' : nothing;
    const about = this.problem ? 'problem' : 'meant';
    return html`<div class="parts">
        <div class="field">
          <label for="day">Day</label>
          <input id="day" type="date" .value=${day} max="9999-12-31" aria-invalid=${invalid} aria-describedby=${about} @input=${(
            event: Event & { currentTarget: HTMLInputElement },
          ) => {
            this.change(value, 'day', event.currentTarget.value);
          }} />
        </div>
        <div class="field">
          <label for="time">Time</label>
          <input id="time" type="time" step="60" .value=${time} aria-invalid=${invalid} aria-describedby=${about} @input=${(
            event: Event & { currentTarget: HTMLInputElement },
          ) => {
            this.change(value, 'time', event.currentTarget.value.slice(0, 5));
          }} />
        </div>
        <div class="field zone">
          <label for="zone">Time zone</label>
          <select id="zone" .value=${value.timeZone} @change=${(
            event: Event & { currentTarget: HTMLSelectElement },
          ) => {
            this.set({ ...value, timeZone: event.currentTarget.value });
          }}>${this.zones(value.timeZone)}</select>
        </div>
      </div>
      ${this.problem ? html`<p class="problem" id="problem">${icon('error', 12)}<span>${this.problem}</span></p>` : nothing} ${this.meant(value)}`;
  }

  override render() {
    const { value } = this;
    return html`${this.required ? nothing : html`<label class="check"><input type="checkbox" .checked=${value !== null} @change=${this.toggle} /> Send later</label>`}
      ${value ? this.parts(value) : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'send-time-field': SendTimeField;
  }
}
