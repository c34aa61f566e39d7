import { make } from './dom.js';
import { formatInstant, formatTime } from './format.js';

/** @typedef {import('./api.js').Text} Text */

/** What the page says of a message on its way in or out. */
const WORDS = new Map([
  ['receiving', 'Sending'],
  ['received', 'Received by Parley'],
  ['accepted', 'Accepted'],
  ['queued', 'On its way'],
  ['sending', 'On its way'],
  ['sent', 'On its way'],
  ['delivered', 'Delivered'],
  ['undelivered', 'Not delivered'],
  ['failed', 'Not sent'],
]);

/**
 * Makes the list item of a message, or updates the one that it has.
 * @param {Text} text
 * @param {HTMLLIElement} [element]
 * @returns {HTMLLIElement}
 */
export function textElement(text, element = make('li', '', 'text')) {
  element.dataset['sid'] = text.sid;
  element.dataset['direction'] = text.direction;
  element.dataset['status'] = text.status;
  element.dataset['state'] = stateOf(text);

  const blank = text.body.trim() === '';
  const bubble = make('div', blank ? 'Empty message' : text.body, blank ? 'bubble blank' : 'bubble');
  bubble.dir = 'auto';

  const time = make('time', formatTime(text.at));
  time.dateTime = text.at;
  time.title = formatInstant(text.at);
  const meta = make('div', '', 'meta');
  meta.append(
    make('span', `${text.direction === 'sent' ? 'You' : 'Parley'}: `, 'unseen'),
    `${wordsFor(text)} · `,
    time,
  );

  element.replaceChildren(bubble, meta);
  return element;
}

/** @param {Text} text */
function stateOf(text) {
  if (text.direction === 'sent') return text.error ? 'unheard' : 'fine';
  if (text.status === 'delivered') return 'fine';
  return text.error ? 'lost' : 'coming';
}

/** @param {Text} text */
function wordsFor(text) {
  const words =
    text.direction === 'sent' && text.error
      ? 'Parley did not receive it'
      : (WORDS.get(text.status) ?? text.status);
  return text.error ? `${words}: ${text.error.message} (${text.error.code})` : words;
}
