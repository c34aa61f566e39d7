import { make } from './dom.js';
import { formatNumber } from './format.js';

/** Whose handset is whose, from the carrier's settings; names by number. @type {Map<string, string>} */
const owners = new Map();

/** @param {{ number: string, name: string }[]} entries */
export function fillPhoneBook(entries) {
  owners.clear();
  for (const { number, name } of entries) owners.set(number, name);
}

/** The name of a handset's owner; empty where it is not known. @param {string} number */
export function ownerOf(number) {
  return owners.get(number) ?? '';
}

/** The numbers of the book, in its order. */
export function knownNumbers() {
  return [...owners.keys()];
}

/**
 * Name and number, in one line.
 * @param {string} number
 */
export function describeHandset(number) {
  return [ownerOf(number), formatNumber(number)].filter(Boolean).join(' · ');
}

/**
 * A button that stands for a phone.
 * @param {string} number
 * @param {string} note shown beside it
 */
export function phoneButton(number, note = '') {
  const button = make('button', '', 'button phone-button');
  button.type = 'button';
  const owner = ownerOf(number);
  if (owner) button.append(make('span', owner), ' ');
  button.append(make('span', formatNumber(number), owner ? 'hint number' : 'number'));
  if (note) button.append(' ', make('span', note, 'count'));
  return button;
}
