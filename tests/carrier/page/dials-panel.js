import { api } from './api.js';
import { announce, byId, make, show } from './dom.js';
import { formatNumber } from './format.js';

/** @typedef {import('./api.js').Dials} Dials */
/** @typedef {import('./api.js').DialSettings} DialSettings */

const NUMBERS = /** @type {const} */ (['delayMs', 'callbackCopies', 'callbackLateMs', 'inboundCopies']);
const CHECKS = /** @type {const} */ (['callbackBeforeAnswer', 'announceSending', 'callbackLost']);

/** What counts as normal, for the count on the button. */
const NORMAL = new Map(
  Object.entries({ callbackOrder: 'natural', callbackLateMs: 0, callbackCopies: 1, inboundCopies: 1 }),
);

/** @type {Dials | null} */
let dials = null;

/** Wires the form: each change is sent at once, for all phones or for the one that is chosen. */
export function setUpDials() {
  const form = byId('dials-form', HTMLFormElement);
  const scope = byId('dial-scope', HTMLSelectElement);
  const error = byId('dials-error', HTMLElement);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', (event) => {
    if (event.target === scope) {
      fill();
      return;
    }
    show(error, '');
    if (!form.reportValidity()) return;
    const settings = readForm();
    const change = scope.value === '' ? settings : { handsets: { [scope.value]: settings } };
    api.changeDials(change).catch((/** @type {Error} */ refusal) => show(error, refusal.message));
  });
  byId('reset-dials', HTMLButtonElement).addEventListener('click', () => {
    api.resetDials().then(
      () => announce('Everything is back to normal'),
      (/** @type {Error} */ refusal) => show(error, refusal.message),
    );
  });
}

/** @param {Dials} next */
export function showDials(next) {
  dials = next;
  fill();
  const count = [next, ...Object.values(next.handsets)].reduce(
    (sum, settings) => sum + troublesIn(settings),
    0,
  );
  show(byId('dials-count', HTMLElement), count === 0 ? '' : `${count} on`);
}

/** @param {readonly string[]} numbers the phones that can be chosen */
export function offerScopes(numbers) {
  const scope = byId('dial-scope', HTMLSelectElement);
  const chosen = scope.value;
  const options = numbers.map((number) => {
    const option = make('option', formatNumber(number));
    option.value = number;
    return option;
  });
  const everyone = make('option', 'All phones');
  everyone.value = '';
  scope.replaceChildren(everyone, ...options);
  scope.value = numbers.includes(chosen) ? chosen : '';
  fill();
}

/** @param {Partial<DialSettings>} settings */
function troublesIn(settings) {
  return Object.entries(settings).filter(([name, value]) => {
    if (NORMAL.has(name)) return value !== NORMAL.get(name);
    return typeof value === 'boolean'
      ? value
      : ['failNextWith', 'connectionTrouble', 'deliveryFailure'].includes(name) && value !== null;
  }).length;
}

/** Puts the dials of the chosen scope into the form. */
function fill() {
  if (dials === null) return;
  const own = dials.handsets[byId('dial-scope', HTMLSelectElement).value] ?? {};
  /** @type {DialSettings} */
  const shown = { ...dials, ...own };
  const { failNextWith: refusal, connectionTrouble: connection, deliveryFailure: delivery } = shown;
  choose(
    'refuse',
    refusal && `${refusal.status}:${refusal.code ?? ''}`,
    refusal?.count === undefined ? 1 : refusal.count,
  );
  choose(
    'connection',
    connection && `${connection.kind}:${connection.accepted ?? true}`,
    connection?.count === undefined ? 1 : connection.count,
  );
  choose(
    'delivery',
    delivery && `${delivery.status ?? 'undelivered'}:${delivery.code}`,
    delivery?.count ?? null,
  );
  byId('dial-callbackOrder', HTMLSelectElement).value = shown.callbackOrder;
  for (const name of NUMBERS) byId(`dial-${name}`, HTMLInputElement).valueAsNumber = shown[name];
  for (const name of CHECKS) byId(`dial-${name}`, HTMLInputElement).checked = shown[name];
}

/**
 * @param {'refuse' | 'connection' | 'delivery'} name
 * @param {string | null} value
 * @param {number | null} count
 */
function choose(name, value, count) {
  const select = byId(`dial-${name}`, HTMLSelectElement);
  // One that names no code, such as `429:`, is the first that begins like it.
  const offered = [...select.options].find(
    (option) => value && (option.value === value || (value.endsWith(':') && option.value.startsWith(value))),
  );
  select.value = value === null ? '' : (offered?.value ?? 'other');
  const times = byId(`dial-${name}-count`, HTMLInputElement);
  times.value = count === null ? '' : String(count);
  for (const element of [times, ...(times.labels ?? [])]) element.hidden = value === null;
}

/** @returns {Partial<DialSettings>} */
function readForm() {
  /** @type {Partial<DialSettings>} */
  const settings = { callbackOrder: byId('dial-callbackOrder', HTMLSelectElement).value };
  for (const name of NUMBERS) settings[name] = byId(`dial-${name}`, HTMLInputElement).valueAsNumber;
  for (const name of CHECKS) settings[name] = byId(`dial-${name}`, HTMLInputElement).checked;
  const refusal = chosen('refuse');
  if (refusal)
    settings.failNextWith = refusal.parts && {
      status: Number(refusal.parts[0]),
      code: Number(refusal.parts[1]),
      count: refusal.count,
    };
  const connection = chosen('connection');
  if (connection) {
    settings.connectionTrouble = connection.parts && {
      kind: connection.parts[0],
      accepted: connection.parts[1] === 'true',
      count: connection.count,
    };
  }
  const delivery = chosen('delivery');
  if (delivery)
    settings.deliveryFailure = delivery.parts && {
      status: delivery.parts[0],
      code: Number(delivery.parts[1]),
      count: delivery.count,
    };
  return settings;
}

/**
 * What a trouble's select and count say; null when it was set elsewhere to what the form cannot show, and must stay.
 * @param {'refuse' | 'connection' | 'delivery'} name
 * @returns {{ parts: [string, string] | null, count: number | null } | null}
 */
function chosen(name) {
  const { value } = byId(`dial-${name}`, HTMLSelectElement);
  if (value === 'other') return null;
  const times = byId(`dial-${name}-count`, HTMLInputElement);
  // A trouble that was just chosen strikes once; emptying the field makes it last.
  const count = times.disabled
    ? name === 'delivery'
      ? null
      : 1
    : times.value === ''
      ? null
      : times.valueAsNumber;
  const [first = '', second = ''] = value.split(':');
  return { parts: value === '' ? null : [first, second], count };
}
