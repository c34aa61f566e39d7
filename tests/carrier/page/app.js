import { addPhone, arrangePhones, shownPhones, takeText } from './rack.js';
import { api } from './api.js';
import { setUpClock, showRuns } from './clock-panel.js';
import { setUpDials, showDials } from './dials-panel.js';
import { byId, show } from './dom.js';
import { formatNumber, parseNumber } from './format.js';
import { fillPhoneBook } from './phone-book.js';
import { setUpPanel } from './panels.js';

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
      show(error, 'Enter a number with its country code, such as +1 202 555 0199.');
      input.focus();
      return;
    }
    dialog.close();
    addPhone(number);
  });
}

/** @param {'live' | 'lost'} state */
function showConnection(state) {
  const words = { live: 'Live', lost: 'Connection lost' };
  byId('connection', HTMLElement).dataset['state'] = state;
  byId('connection-text', HTMLElement).textContent = words[state];
  show(
    byId('notice', HTMLElement),
    state === 'lost' ? 'The carrier does not answer. Trying again. What you typed is kept.' : '',
  );
}

let caughtUp = false;

/** After each connection everything is read once; from then on events bring the changes. */
async function catchUp() {
  const [{ parleyNumber, phoneBook }, dials, { runs }] = await Promise.all([
    api.handsets(),
    api.dials(),
    api.clock(),
  ]);
  byId('parley-number', HTMLElement).textContent = formatNumber(parleyNumber);
  fillPhoneBook(phoneBook);
  if (caughtUp) for (const phone of shownPhones()) void phone.load();
  else arrangePhones();
  caughtUp = true;
  showDials(dials);
  showRuns(runs);
  showConnection('live');
}

function listen() {
  const events = new EventSource('/events');
  events.addEventListener('open', () => {
    catchUp().catch(() => showConnection('lost'));
  });
  events.addEventListener('error', () => showConnection('lost'));
  events.addEventListener('text', (event) => takeText(JSON.parse(event.data)));
  events.addEventListener('dials', (event) => showDials(JSON.parse(event.data)));
  events.addEventListener('clock', (event) => showRuns(JSON.parse(event.data)));
  events.addEventListener('remembered', () => {
    for (const phone of shownPhones()) void phone.load();
  });
  events.addEventListener('cleared', () => {
    for (const phone of shownPhones()) phone.clear();
  });
}

addEventListener('hashchange', arrangePhones);
setUpPanel('dials', 'open-dials');
setUpPanel('clock', 'open-clock');
setUpAdd();
setUpDials();
setUpClock();
listen();
