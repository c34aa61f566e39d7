import { byId, keyOf, within } from './dom.js';

/**
 * A panel at the side that a button opens and closes. Escape closes it from within; the focus goes in with it and comes
 * back to the button.
 * @param {string} panelId
 * @param {string} buttonId
 */
export function setUpPanel(panelId, buttonId) {
  const panel = byId(panelId, HTMLElement);
  const button = byId(buttonId, HTMLButtonElement);
  /** @param {boolean} open */
  const set = (open) => {
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (open) within(panel, 'input, select, .button', HTMLElement).focus();
    else button.focus();
  };
  button.addEventListener('click', () => set(panel.hidden !== false));
  within(panel, '[data-close]', HTMLButtonElement).addEventListener('click', () => set(false));
  panel.addEventListener('keydown', (event) => {
    if (keyOf(event) === 'Escape') set(false);
  });
}
