import { api } from './api.js';
import { announce, byId, keyOf, show, within } from './dom.js';
import { formatNumber } from './format.js';
import { textElement } from './text.js';

const MAX_BODY = 1600;
/** From here on the composer counts. */
const COUNT_FROM = 140;

/** One phone on the page: what it sent and received, and where its person writes. */
export class Phone {
  /** @type {Map<string, { text: import('./api.js').Text, element: HTMLLIElement }>} */
  #texts = new Map();
  #loaded = false;

  /**
   * @param {string} number E.164
   * @param {string} owner whose it is; empty where that is not known
   * @param {(phone: Phone) => void} onRemove
   */
  constructor(number, owner, onRemove) {
    this.number = number;
    this.name = owner || formatNumber(number);
    const copy = /** @type {DocumentFragment} */ (
      byId('phone-template', HTMLTemplateElement).content.cloneNode(true)
    );
    this.element = within(copy, '.phone', HTMLElement);
    this.list = within(copy, 'ol', HTMLOListElement);
    this.scroller = within(copy, '.texts', HTMLElement);
    this.empty = within(copy, '.empty', HTMLElement);
    this.badge = within(copy, '.badge', HTMLElement);
    this.input = within(copy, 'textarea', HTMLTextAreaElement);
    this.counter = within(copy, '.counter', HTMLElement);
    this.error = within(copy, '.form-error', HTMLElement);
    this.#label(copy, owner);
    within(copy, '.remove', HTMLButtonElement).addEventListener('click', () => onRemove(this));
    this.#listen(within(copy, 'form', HTMLFormElement));
  }

  /** Reads everything: at first, and again after the connection was lost. */
  async load() {
    try {
      const { texts, optedOut } = await api.texts(this.number);
      const known = new Set(texts.map((text) => text.sid));
      for (const sid of this.#texts.keys()) if (!known.has(sid)) this.#texts.delete(sid);
      for (const text of texts) this.#put(text);
      this.badge.hidden = !optedOut;
      this.#loaded = true;
      this.#arrange(true);
    } catch (error) {
      show(this.error, messageOf(error));
    }
  }

  /**
   * Takes in what is new or has changed.
   * @param {import('./api.js').Text} text
   */
  update(text) {
    const before = this.#texts.get(text.sid)?.text;
    const atEnd = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 48;
    this.#put(text);
    this.#arrange(atEnd);
    if (text.direction === 'received' && text.status === 'delivered' && before?.status !== 'delivered') {
      announce(`${this.name} got: ${text.body}`);
    }
  }

  clear() {
    this.#texts.clear();
    this.#arrange(true);
  }

  /** @param {import('./api.js').Text} text */
  #put(text) {
    const known = this.#texts.get(text.sid);
    const element = textElement(text, known?.element);
    if (!known && this.#loaded) element.classList.add('new');
    this.#texts.set(text.sid, { text, element });
  }

  /** @param {boolean} toEnd */
  #arrange(toEnd) {
    const inOrder = [...this.#texts.values()].sort(
      (one, other) => Date.parse(one.text.at) - Date.parse(other.text.at),
    );
    const wanted = inOrder.map((item) => item.element);
    const changed =
      wanted.length !== this.list.children.length ||
      wanted.some((element, index) => this.list.children[index] !== element);
    if (changed) this.list.replaceChildren(...wanted);
    this.empty.hidden = wanted.length > 0;
    if (toEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /**
   * @param {ParentNode} copy
   * @param {string} owner
   */
  #label(copy, owner) {
    const id = `phone-${this.number.slice(1)}`;
    const heading = within(copy, 'h2', HTMLHeadingElement);
    heading.id = id;
    within(heading, '.who', HTMLElement).textContent = owner;
    within(heading, '.number', HTMLElement).textContent = formatNumber(this.number);
    this.element.setAttribute('aria-labelledby', id);
    this.scroller.setAttribute('aria-label', `Messages of ${this.name}`);
    this.input.setAttribute('aria-label', `Text from ${this.name}`);
    within(copy, '.quick', HTMLElement).setAttribute('aria-label', `Keywords from ${this.name}`);
    within(copy, '.remove', HTMLButtonElement).setAttribute('aria-label', `Hide ${this.name}`);
  }

  /** @param {HTMLFormElement} form */
  #listen(form) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send(this.input.value);
    });
    this.input.addEventListener('input', () => this.#count());
    this.input.addEventListener('keydown', (event) => {
      if (keyOf(event) !== 'Enter' || event.shiftKey) return;
      event.preventDefault();
      form.requestSubmit();
    });
    for (const chip of form.querySelectorAll('.chip')) {
      chip.addEventListener('click', () => void this.#send(chip.textContent ?? '', false));
    }
  }

  #count() {
    const length = this.input.value.length;
    show(this.counter, length < COUNT_FROM ? '' : `${length} of ${MAX_BODY}`);
    this.counter.dataset['over'] = String(length > MAX_BODY);
  }

  /**
   * @param {string} body may be empty: phones can send that
   * @param {boolean} [typed] whether it stood in the composer
   */
  async #send(body, typed = true) {
    show(this.error, '');
    if (typed) {
      this.input.value = '';
      this.#count();
    }
    try {
      const { webhook } = await api.text(this.number, body);
      if (webhook.status !== 200) announce(`Parley did not receive the message from ${this.name}`);
      const { optedOut } = await api.texts(this.number);
      this.badge.hidden = !optedOut;
    } catch (error) {
      show(this.error, messageOf(error));
      if (typed && this.input.value === '') this.input.value = body;
      this.#count();
    }
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
