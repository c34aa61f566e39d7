/**
 * @typedef {object} Text
 * @property {string} sid
 * @property {'sent' | 'received'} direction
 * @property {string} body
 * @property {string} status
 * @property {string} at
 * @property {number} segments
 * @property {{ code: number, message: string } | null} error
 */
/** @typedef {{ number: string, texts: number, last: Text | null, optedOut: boolean }} Handset */
/** @typedef {{ startedAt: string, asOf: string, jump: boolean, status: number | null, error: string | null, milliseconds: number, sent: number }} Run */
/** @typedef {{ count?: number | null }} Counted */
/**
 * @typedef {object} DialSettings
 * @property {number} delayMs
 * @property {({ status: number, code?: number } & Counted) | null} failNextWith
 * @property {({ kind: string, accepted?: boolean } & Counted) | null} connectionTrouble
 * @property {({ status?: string, code: number } & Counted) | null} deliveryFailure
 * @property {boolean} announceSending
 * @property {string} callbackOrder
 * @property {number} callbackLateMs
 * @property {number} callbackCopies
 * @property {boolean} callbackBeforeAnswer
 * @property {boolean} callbackLost
 * @property {number} inboundCopies
 */
/** @typedef {DialSettings & { seed: number, handsets: Record<string, Partial<DialSettings>> }} Dials */

/**
 * Asks the carrier. A refusal becomes an Error with the carrier's own sentence.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
async function ask(method, path, body) {
  /** @type {RequestInit} */
  const init = { method };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Error('The carrier does not answer. Is it still running?');
  }
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Error(answer.message ?? answer.error ?? `The carrier answered ${response.status}.`);
}

/** @param {string} number */
const texts = (number) => `/handsets/${encodeURIComponent(number)}/texts`;

export const api = {
  /** @returns {Promise<{ parleyNumber: string, phoneBook: { number: string, name: string }[], handsets: Handset[] }>} */
  handsets: () => ask('GET', '/handsets'),
  /** @param {string} number @returns {Promise<{ texts: Text[], optedOut: boolean }>} also what has not arrived */
  texts: (number) => ask('GET', `${texts(number)}?all=true`),
  /** @param {string} number @param {string} body @returns {Promise<{ sid: string, webhook: { status: number | null, attempts: unknown[] } }>} */
  text: (number, body) => ask('POST', texts(number), { body }),
  /** @returns {Promise<Dials>} */
  dials: () => ask('GET', '/dials'),
  /** @param {Partial<Dials>} change @returns {Promise<Dials>} */
  changeDials: (change) => ask('PATCH', '/dials', change),
  /** @returns {Promise<Dials>} */
  resetDials: () => ask('DELETE', '/dials'),
  /** @returns {Promise<{ runs: Run[] }>} */
  clock: () => ask('GET', '/clock'),
  /** @param {{ run: true } | { jumpTo: string }} what @returns {Promise<Run>} */
  run: (what) => ask('POST', '/clock', what),
};
