/**
 * The element of this id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type what it must be
 * @returns {T}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`#${id} is missing`);
  return element;
}

/**
 * The first element below `root` that fits the selector.
 * @template {HTMLElement} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type what it must be
 * @returns {T}
 */
export function within(root, selector, type) {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`${selector} is missing`);
  return element;
}

/**
 * A new element with its text; text never becomes markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [text]
 * @param {string} [className]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, text = '', className = '') {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/**
 * Shows a message in its place, or hides the place when there is none.
 * @param {HTMLElement} place
 * @param {string} message
 */
export function show(place, message) {
  place.textContent = message;
  place.hidden = message === '';
}

/**
 * Says something to those who listen and do not look. Each is put after the last one, so that none is lost; they are
 * cleared when it has been quiet for a while.
 * @param {string} message
 */
export function announce(message) {
  const live = byId('live', HTMLElement);
  live.append(make('p', message));
  clearTimeout(clearing);
  clearing = setTimeout(() => live.replaceChildren(), 5000);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let clearing;

/**
 * The key of an event; null while an input method composes, when Enter and Escape belong to it. 229 is all that Safari
 * says of the key that ends a composition.
 * @param {{ key: string, isComposing: boolean, keyCode: number }} event
 */
export function keyOf(event) {
  return event.isComposing || event.keyCode === 229 ? null : event.key;
}
