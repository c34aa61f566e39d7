import { api } from './api.js';
import { announce, byId, make, show } from './dom.js';
import { describeHandset } from './phone-book.js';

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
    if (!(event.target instanceof HTMLElement) || !form.reportValidity()) return;
    const setting = readSetting(event.target.id.replace('dial-', ''));
    const own = dials?.handsets[scope.value];
    const change = scope.value === '' ? setting : { handsets: { [scope.value]: { ...own, ...setting } } };
    api.changeDials(change).catch((/** @type {Error} */ refusal) => show(error, refusal.message));
  });
  byId('reset-dials', HTMLButtonElement).addEventListener('click', () => {
    api.resetDials().then(
      () => announce('Everything is reset.'),
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
    const option = make('option', describeHandset(number));
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

/** The dials of the chosen scope. @returns {DialSettings | null} */
function shown() {
  const own = dials?.handsets[byId('dial-scope', HTMLSelectElement).value] ?? {};
  return dials && { ...dials, ...own };
}

/** Puts the dials of the chosen scope into the form. */
function fill() {
  const settings = shown();
  if (settings === null) return;
  const { failNextWith: refusal, connectionTrouble: connection, deliveryFailure: delivery } = settings;
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
  byId('dial-callbackOrder', HTMLSelectElement).value = settings.callbackOrder;
  for (const name of NUMBERS) byId(`dial-${name}`, HTMLInputElement).valueAsNumber = settings[name];
  for (const name of CHECKS) byId(`dial-${name}`, HTMLInputElement).checked = settings[name];
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

/**
 * What one field of the form sets. Only that is sent: the rest may have been set elsewhere, to what no field can show.
 * @param {string} field
 * @returns {Partial<DialSettings>}
 */
function readSetting(field) {
  switch (field) {
    case 'refuse': {
      const [status, code] = parts(field);
      return { failNextWith: status ? { status: Number(status), code: Number(code), count: 1 } : null };
    }
    case 'connection': {
      const [kind, accepted] = parts(field);
      return { connectionTrouble: kind ? { kind, accepted: accepted === 'true', count: 1 } : null };
    }
    case 'delivery': {
      const [status, code] = parts(field);
      return { deliveryFailure: status ? { status, code: Number(code), count: null } : null };
    }
    case 'refuse-count':
      return { failNextWith: recounted(shown()?.failNextWith, field) };
    case 'connection-count':
      return { connectionTrouble: recounted(shown()?.connectionTrouble, field) };
    case 'delivery-count':
      return { deliveryFailure: recounted(shown()?.deliveryFailure, field) };
    default: {
      const input = byId(`dial-${field}`, HTMLElement);
      if (input instanceof HTMLSelectElement) return { [field]: input.value };
      if (!(input instanceof HTMLInputElement)) return {};
      return { [field]: input.type === 'checkbox' ? input.checked : input.valueAsNumber };
    }
  }
}

/**
 * The two parts of a chosen trouble; none when nothing is wrong.
 * @param {string} field
 */
function parts(field) {
  return byId(`dial-${field}`, HTMLSelectElement).value.split(':');
}

/**
 * A trouble with the count that was typed; an empty field makes it last.
 * @template {import('./api.js').Counted} T
 * @param {T | null | undefined} trouble
 * @param {string} field
 * @returns {T | null}
 */
function recounted(trouble, field) {
  const { value, valueAsNumber } = byId(`dial-${field}`, HTMLInputElement);
  return trouble ? { ...trouble, count: value === '' ? null : valueAsNumber } : null;
}
