import { api } from './api.js';
import { setUpClock, showRuns } from './clock-panel.js';
import { offerScopes, setUpDials, showDials } from './dials-panel.js';
import { byId, make, show } from './dom.js';
import { formatNumber, parseNumber } from './format.js';
import { setUpPanel } from './panels.js';
import { Phone, phoneButton } from './phone.js';

/** The demo people's numbers: +1 202 555 0101 to 0114. */
const DEMO_NUMBERS = Array.from(
  { length: 14 },
  (_, index) => `+120255501${String(index + 1).padStart(2, '0')}`,
);
const FIRST_PHONES = DEMO_NUMBERS.slice(0, 3);

/** @type {Map<string, Phone>} */
const phones = new Map();
/** Texts that arrived at phones that are not shown. @type {Map<string, number>} */
const elsewhere = new Map();

/** The phones that are shown stand in the fragment of the address, so that a reload or a link shows them again. */
function numbersInAddress() {
  const numbers = location.hash
    .slice(1)
    .split(',')
    .map((part) => parseNumber(decodeURIComponent(part)))
    .filter((number) => number !== null);
  return [...new Set(numbers)].slice(0, 12);
}

function arrange() {
  const numbers = numbersInAddress();
  const wanted = numbers.length > 0 ? numbers : FIRST_PHONES;
  for (const number of phones.keys()) if (!wanted.includes(number)) phones.delete(number);
  for (const number of wanted) {
    if (phones.has(number)) continue;
    const phone = new Phone(number, remove);
    phones.set(number, phone);
    elsewhere.delete(number);
    void phone.load();
  }
  byId('phones', HTMLElement).replaceChildren(
    ...wanted.map((number) => /** @type {Phone} */ (phones.get(number)).element),
  );
  offerScopes(wanted);
  showElsewhere();
  offerNumbers();
}

/** @param {string[]} numbers */
function setNumbers(numbers) {
  history.replaceState(null, '', `#${numbers.join(',')}`);
  arrange();
}

/** @param {string} number */
function add(number) {
  if (!phones.has(number)) setNumbers([...phones.keys(), number]);
  const phone = phones.get(number);
  phone?.element.scrollIntoView({ block: 'nearest' });
  phone?.input.focus();
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
    ...[...elsewhere].map(([number, count]) => {
      const item = make('li');
      const button = phoneButton(number, ` · ${count} new`, 'button');
      button.addEventListener('click', () => add(number));
      item.append(button);
      return item;
    }),
  );
}

function offerNumbers() {
  const free = DEMO_NUMBERS.filter((number) => !phones.has(number));
  byId('add-numbers', HTMLUListElement).replaceChildren(
    ...free.map((number) => {
      const item = make('li');
      const button = phoneButton(number, '', 'button');
      button.addEventListener('click', () => {
        byId('add', HTMLDialogElement).close();
        add(number);
      });
      item.append(button);
      return item;
    }),
  );
}

function setUpAdd() {
  const dialog = byId('add', HTMLDialogElement);
  const input = byId('add-number', HTMLInputElement);
  const error = byId('add-error', HTMLElement);
  byId('open-add', HTMLButtonElement).addEventListener('click', () => {
    show(error, '');
    input.value = '';
    dialog.showModal();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-close]')) dialog.close();
  });
  byId('add-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const number = parseNumber(input.value);
    if (number === null) {
      show(error, 'Write the number with its country code, such as +1 202 555 0199.');
      input.focus();
      return;
    }
    dialog.close();
    add(number);
  });
}

/** @param {'connecting' | 'live' | 'lost'} state */
function showConnection(state) {
  const words = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost' };
  byId('connection', HTMLElement).dataset['state'] = state;
  byId('connection-text', HTMLElement).textContent = words[state];
  show(
    byId('notice', HTMLElement),
    state === 'lost' ? 'The carrier does not answer. Trying again; nothing that you typed is lost.' : '',
  );
}

/** @param {{ handset: string, text: import('./api.js').Text }} news */
function takeText({ handset, text }) {
  const phone = phones.get(handset);
  if (phone) {
    phone.update(text);
  } else if (text.status === 'delivered') {
    elsewhere.set(handset, (elsewhere.get(handset) ?? 0) + 1);
    showElsewhere();
  }
}

/** After each (re)connection everything is read once; from then on the events tell. */
async function catchUp() {
  const [{ parleyNumber }, dials, { runs }] = await Promise.all([api.handsets(), api.dials(), api.clock()]);
  byId('parley-number', HTMLElement).textContent = formatNumber(parleyNumber);
  showDials(dials);
  showRuns(runs);
  for (const phone of phones.values()) void phone.load();
}

function listen() {
  const events = new EventSource('/events');
  events.addEventListener('open', () => {
    showConnection('live');
    catchUp().catch(() => showConnection('lost'));
  });
  events.addEventListener('error', () => showConnection('lost'));
  events.addEventListener('text', (event) => takeText(JSON.parse(event.data)));
  events.addEventListener('dials', (event) => showDials(JSON.parse(event.data)));
  events.addEventListener('clock', (event) => showRuns(JSON.parse(event.data)));
  events.addEventListener('cleared', () => {
    for (const phone of phones.values()) phone.clear();
  });
}

addEventListener('hashchange', arrange);
setUpPanel('dials', 'open-dials');
setUpPanel('clock', 'open-clock');
setUpAdd();
setUpDials();
setUpClock();
arrange();
listen();
