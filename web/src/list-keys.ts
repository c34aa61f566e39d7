import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { announce } from './announce.ts';
import { shortcutOf } from './keys.ts';
import { navigate } from './router.ts';

/** A list of links, one a row, of which one may be open beside it. */
interface ListOfLinks {
  /** How many rows there are. */
  count: () => number;
  /** The link of a row, which is brought into the page where it is not; null where there is none. */
  link: (index: number) => Promise<HTMLAnchorElement | null>;
  /** The place of the row whose link has focus; -1 where none has. */
  focused: () => number;
  /** The place of the opened row; -1 where it is not in the list, null while none is open. */
  opened: () => number | null;
  more: () => boolean;
  loadMore: () => void;
}

/** A list of which all links are in the page, in their order. */
export function linksOf(
  links: () => readonly HTMLAnchorElement[],
): Pick<ListOfLinks, 'count' | 'link' | 'focused'> {
  return {
    count: () => links().length,
    link: (index) => Promise.resolve(links()[index] ?? null),
    focused: () => links().findIndex((link) => link.matches(':focus')),
  };
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
    if (this.#waitsAt === null || this.#list.count() <= this.#waitsAt) return;
    this.#waitsAt = null;
    void this.#step(1);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const key = shortcutOf(event);
    const by = key === 'j' || key === 'ArrowDown' ? 1 : key === 'k' || key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || event.shiftKey || insideModal(event)) return;
    const onRow = this.#list.focused() >= 0;
    const letter = key === 'j' || key === 'k';
    const mine = this.#list.opened() !== null || onRow || (letter && nothingFocused());
    if (!mine || this.#list.count() === 0) return;
    event.preventDefault();
    void this.#step(by);
  };

  async #step(by: 1 | -1): Promise<void> {
    const count = this.#list.count();
    const focused = this.#list.focused();
    const opened = this.#list.opened();
    const at = opened ?? focused;
    const to = at < 0 ? 0 : at + by;
    if (to < 0) return;
    if (to >= count) {
      if (!this.#list.more()) return;
      this.#waitsAt = count;
      this.#list.loadMore();
      return;
    }
    const link = await this.#list.link(to);
    if (!link) return;
    if (opened === null || focused >= 0) link.focus({ preventScroll: true });
    link.scrollIntoView({ block: 'nearest' });
    if (opened === null) return;
    // Going through a list is one step to go back from.
    navigate(link.pathname + link.search, { replace: true });
    const rest = this.#list.more() ? ' or more' : '';
    announce(`${link.innerText.trim()}, ${String(to + 1)} of ${String(count)}${rest}`);
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
