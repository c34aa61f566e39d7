import { offerScopes } from './dials-panel.js';
import { byId, make } from './dom.js';
import { parseNumber } from './format.js';
import { Phone } from './phone.js';
import { knownNumbers, ownerOf, phoneButton } from './phone-book.js';

/** Shown at first where the phone book is empty. */
const FIRST_PHONES = ['+12025550101', '+12025550102', '+12025550103'];
const MAX_PHONES = 12;
/** Stands in the address when every phone is hidden. */
const NONE = 'none';

/** The phones that are shown, by number, in their order. @type {Map<string, Phone>} */
const phones = new Map();
/** How many messages arrived at phones that are not shown. @type {Map<string, number>} */
const elsewhere = new Map();

export function shownPhones() {
  return [...phones.values()];
}

/** Shows the phones of the address's fragment, so that a reload or a link shows them again. */
export function arrangePhones() {
  const wanted = numbersInAddress();
  for (const number of phones.keys()) if (!wanted.includes(number)) phones.delete(number);
  for (const number of wanted) {
    if (phones.has(number)) continue;
    const phone = new Phone(number, ownerOf(number), remove);
    phones.set(number, phone);
    elsewhere.delete(number);
    void phone.load();
  }
  const elements = wanted.flatMap((number) => phones.get(number)?.element ?? []);
  const rack = byId('phones', HTMLElement);
  // Moving a phone would take the focus out of it.
  if (
    elements.length !== rack.children.length ||
    elements.some((element, index) => rack.children[index] !== element)
  ) {
    rack.replaceChildren(...elements);
  }
  byId('no-phones', HTMLElement).hidden = elements.length > 0;
  offerScopes(wanted);
  showElsewhere();
  offerNumbers();
}

/** @param {string} number */
export function addPhone(number) {
  if (!phones.has(number)) setNumbers([...phones.keys(), number].slice(-MAX_PHONES));
  const phone = phones.get(number);
  phone?.element.scrollIntoView({ block: 'nearest' });
  phone?.input.focus();
}

/**
 * Shows what the carrier reports about a message.
 * @param {{ handset: string, text: import('./api.js').Text }} news
 */
export function takeText({ handset, text }) {
  const phone = phones.get(handset);
  if (phone) {
    phone.update(text);
  } else if (text.direction === 'received' && text.status === 'delivered') {
    elsewhere.set(handset, (elsewhere.get(handset) ?? 0) + 1);
    showElsewhere();
  }
}

function numbersInAddress() {
  const fragment = location.hash.slice(1);
  if (fragment === NONE) return [];
  const numbers = fragment.split(/,|%2C/i).flatMap((part) => parseNumber(part.replace(/%2B/i, '+')) ?? []);
  if (numbers.length > 0) return [...new Set(numbers)].slice(0, MAX_PHONES);
  const known = knownNumbers();
  return known.length > 0 ? known.slice(0, FIRST_PHONES.length) : FIRST_PHONES;
}

/** @param {string[]} numbers */
function setNumbers(numbers) {
  history.replaceState(null, '', `#${numbers.join(',') || NONE}`);
  arrangePhones();
}

/** @param {Phone} phone */
function remove(phone) {
  const rest = [...phones.keys()].filter((number) => number !== phone.number);
  setNumbers(rest);
  (phones.get(rest[0] ?? '')?.input ?? byId('open-add', HTMLButtonElement)).focus();
}

function showElsewhere() {
  byId('elsewhere', HTMLElement).hidden = elsewhere.size === 0;
  byId('elsewhere-list', HTMLUListElement).replaceChildren(
    ...[...elsewhere].map(([number, count]) => phoneItem(number, `${count} new`, () => addPhone(number))),
  );
}

function offerNumbers() {
  const free = knownNumbers().filter((number) => !phones.has(number));
  byId('add-demo', HTMLElement).hidden = free.length === 0;
  byId('add-numbers', HTMLUListElement).replaceChildren(
    ...free.map((number) =>
      phoneItem(number, '', () => {
        byId('add', HTMLDialogElement).close();
        addPhone(number);
      }),
    ),
  );
}

/**
 * @param {string} number
 * @param {string} note
 * @param {() => void} onClick
 */
function phoneItem(number, note, onClick) {
  const item = make('li');
  const button = phoneButton(number, note);
  button.addEventListener('click', onClick);
  item.append(button);
  return item;
}
