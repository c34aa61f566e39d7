import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { announce } from './announce.ts';
import { shortcutOf } from './keys.ts';
import { navigate } from './router.ts';

/** A list of links, one a row, of which one may be open beside it. */
interface ListOfLinks {
  links: () => readonly HTMLAnchorElement[];
  /** The place of the opened row; -1 where it is not in the list, null while none is open. */
  opened: () => number | null;
  more: () => boolean;
  loadMore: () => void;
}

/**
 * Goes through a list by key: Up and Down, j and k open the next row or the one before while one is open, and move the
 * focus from row to row otherwise. Not while one writes, nor with a modifier; past the end the next page is asked for.
 */
export class ListKeys implements ReactiveController {
  readonly #list: ListOfLinks;
  /** The next row was asked for, and comes with the next page. */
  #waitsAt: number | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement, list: ListOfLinks) {
    this.#list = list;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKey);
  }

  hostUpdated(): void {
    if (this.#waitsAt === null || this.#list.links().length <= this.#waitsAt) return;
    this.#waitsAt = null;
    this.#step(1);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const key = shortcutOf(event);
    const by = key === 'j' || key === 'ArrowDown' ? 1 : key === 'k' || key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || event.shiftKey || insideModal(event)) return;
    const links = this.#list.links();
    const onRow = links.some((link) => link.matches(':focus'));
    const letter = key === 'j' || key === 'k';
    const mine = this.#list.opened() !== null || onRow || (letter && nothingFocused());
    if (!mine || links.length === 0) return;
    event.preventDefault();
    this.#step(by);
  };

  #step(by: 1 | -1): void {
    const links = this.#list.links();
    const focused = links.findIndex((link) => link.matches(':focus'));
    const opened = this.#list.opened();
    const at = opened ?? focused;
    const to = at < 0 ? 0 : at + by;
    const link = links[to];
    if (!link) {
      if (by < 0 || !this.#list.more()) return;
      this.#waitsAt = links.length;
      this.#list.loadMore();
      return;
    }
    if (opened === null || focused >= 0) link.focus({ preventScroll: true });
    link.scrollIntoView({ block: 'nearest' });
    if (opened === null) return;
    // Going through a list is one step to go back from.
    navigate(link.pathname + link.search, { replace: true });
    const rest = this.#list.more() ? ' or more' : '';
    announce(`${link.innerText.trim()}, ${String(to + 1)} of ${String(links.length)}${rest}`);
  }
}

/** Whether a key was pressed in a dialog that covers the page; a side panel does on a narrow screen, and is no obstacle. */
function insideModal(event: Event): boolean {
  return event
    .composedPath()
    .some((node) => node instanceof HTMLDialogElement && node.matches(':modal:not(.panel)'));
}

/** The focus is on nothing that one works with: on the page itself, or on a heading that one was led to. */
function nothingFocused(): boolean {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === null || active.matches('body, h1, h2, main');
}
