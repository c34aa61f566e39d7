import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { matchRoute, type Match, type PageTag, type ParamsOfPage, type PathsOf } from './routes.ts';
import { Store } from './store.ts';
import { beginVisit, changeVisit, returnTo, scrollBack } from './visits.ts';

/** Where the reader is. Filters and selection live here, so that every view has an address. */
export interface Place extends Match {
  path: string;
  query: URLSearchParams;
  hash: string;
}

function here(): Place {
  const { pathname, search, hash } = window.location;
  return { ...matchRoute(pathname), path: pathname, query: new URLSearchParams(search), hash };
}

/** The current place; changes with every navigation. */
export const place = new Store<Place>(here());

/**
 * The place for a page: `#place = new PlaceController<'page-people'>(this)`, then `this.#place.param('userId')`,
 * `this.#place.value.query.get('status')`. It stays at the page's last own place while the reader leaves for another.
 * `onChange` is called when the page's place changes.
 */
export class PlaceController<T extends PageTag> implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #onChange: (() => void) | undefined;
  #value = place.value;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & Element, onChange?: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  get value(): Place {
    return this.#value;
  }

  /** A parameter of the page's address, e.g. the opened entry; null where the address has none. */
  param(name: ParamsOfPage<T>): string | null {
    return this.#value.params[name] ?? null;
  }

  /** Whether the page is at this one of its addresses. */
  at(path: PathsOf<T>): boolean {
    return this.#value.pattern === path;
  }

  hostConnected(): void {
    this.#take(place.value);
    this.#stop = place.subscribe((next) => {
      this.#take(next);
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }

  #take(next: Place): void {
    if (next.route.tag !== this.#host.localName) return;
    this.#value = next;
    this.#onChange?.();
    this.#host.requestUpdate();
  }
}

/**
 * Goes to an address of the console. `replace` leaves no step to go back to; `always` makes a step of what the address
 * does not hold, such as a search by phone number.
 */
export function navigate(to: string, options: { replace?: boolean; always?: boolean } = {}): void {
  const same = to === window.location.pathname + window.location.search + window.location.hash;
  if (same && !options.always) return;
  if (options.replace) {
    changeVisit();
    history.replaceState(history.state, '', to);
  } else history.pushState(beginVisit(), '', to);
  place.set(here());
}

/** The address of the current path with some query parameters changed; null or empty takes one away. */
export function withQuery(changes: Readonly<Record<string, string | null>>, path = place.value.path): string {
  const query = new URLSearchParams(place.value.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return undefined;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  const leaves =
    !link || link.origin !== window.location.origin || link.target !== '' || link.hasAttribute('download');
  return leaves ? undefined : link;
}

/** Ordinary links navigate within the console; call once. Fragments of the current page stay the browser's. */
export function startRouter(): void {
  // The browser would scroll before the page is there.
  history.scrollRestoration = 'manual';
  history.replaceState(beginVisit(), '');
  window.addEventListener('popstate', ({ state }) => {
    const scroll = returnTo(state);
    place.set(here());
    scrollBack(scroll);
  });
  document.addEventListener('click', (event) => {
    const link = linkOf(event);
    if (!link || (link.hash !== '' && link.pathname === window.location.pathname)) return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  });
}

/** A path of this console that may be gone to after sign-in; anything else leads to the inbox. */
export function safeNext(next: string | null): string {
  if (!next?.startsWith('/')) return '/inbox';
  const url = new URL(next, window.location.origin);
  return url.origin === window.location.origin && !next.startsWith('//')
    ? url.pathname + url.search
    : '/inbox';
}
