import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce, announcement, notify } from './announce.ts';
import { shellStyles } from './app-shell-styles.ts';
import { clockTime } from './components/format-time.ts';
import { icon } from './components/icon.ts';
import type { NavBadge, NavGroup, NavItem, NavOperator } from './components/nav-rail.ts';
import './components/notice-stack.ts';
import './components/view-state.ts';
import { liveState, online, whenBackOnline } from './data/connection.ts';
import { waiting, watchWaiting } from './data/waiting.ts';
import { shortcutOf } from './keys.ts';
import { loadNavigation, loadPage } from './load-page.ts';
import { navigate, place, safeNext, type Place } from './router.ts';
import { NAV_GROUPS, ROUTES, type Route } from './routes.ts';
import { searchField } from './search-field.ts';
import { allowed, session, signOut } from './session.ts';
import { StoreController } from './store.ts';
import { base, buttons } from './styles/shared.ts';
import { cameBack, forgetVisits } from './visits.ts';

/** Long enough for the first page to have its rows and its live updates. */
const LOAD_OTHERS_AFTER_MS = 4000;

/** What waits is asked for once the page has its rows. */
const WAITING_AFTER_MS = 800;
/** Connecting takes a second or two; only what lasts is worth a word. */
const SLOW_AFTER_MS = 5000;

/** The frame around every page: navigation, who is signed in, the way back to sign-in, notices and the live region. */
@customElement('app-shell')
export class AppShell extends LitElement {
  static override styles = [base, buttons, shellStyles];

  readonly #session = new StoreController(this, session);
  readonly #place = new StoreController(this, place);
  readonly #online = new StoreController(this, online);
  readonly #live = new StoreController(this, liveState);
  readonly #waiting = new StoreController(this, waiting);
  readonly #announced = new StoreController(this, announcement);

  /** The element of the current page; null while it is loaded. */
  @state() private page: HTMLElement | null = null;
  @state() private missing: 'no-page' | 'not-loaded' | null = null;
  #shown: Route | null = null;
  #othersAsked = false;
  #stopWaiting: (() => void) | null = null;
  /** The line for live updates takes unusually long. */
  @state() private slow = false;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    place.subscribe(() => {
      this.follow();
    });
    session.subscribe(() => {
      this.follow();
    });
    // A module that could not be had is not asked for twice by the browser; a fresh start does.
    whenBackOnline(() => {
      if (this.missing === 'not-loaded') window.location.reload();
    });
    liveState.subscribe((live) => {
      this.slow = false;
      clearTimeout(this.#slowTimer);
      if (live === 'connecting')
        this.#slowTimer = setTimeout(() => {
          this.slow = true;
        }, SLOW_AFTER_MS);
    });
    window.addEventListener('keydown', (event) => {
      if (shortcutOf(event) === '/') this.search(event);
    });
    this.follow();
  }

  /** The slash leads to the page's search. */
  private search(event: KeyboardEvent): void {
    const field = this.page?.shadowRoot && searchField(this.page.shadowRoot);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  /** Brings session and place together: to sign-in without a session, away from it with one, else to the page. */
  private follow(): void {
    const { value } = session;
    const { phase } = value;
    const { route, path, query } = place.value;
    if (phase === 'asking') return;
    if (phase === 'out') this.forget();
    else loadNavigation().catch(() => undefined);
    if (phase === 'in' && (path === '/' || route.tag === 'page-sign-in')) {
      navigate(safeNext(query.get('next')), { replace: true });
    } else if (phase === 'out' && (path === '/' || !route.open)) {
      const fresh = path === '/' || (value.phase === 'out' && value.reason === 'signed-out');
      const next = fresh ? '' : `?next=${encodeURIComponent(path + window.location.search)}`;
      navigate(`/sign-in${next}`, { replace: true });
    } else {
      void this.show(place.value);
    }
  }

  private forget(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = null;
    forgetVisits();
  }

  private async show({ route }: Place): Promise<void> {
    if (this.#shown === route) return;
    const first = this.#shown === null;
    this.#shown = route;
    // A page stays until the next is there, but not beyond its session.
    if (session.value.phase !== 'in') this.page = null;
    document.title = `${route.title} · Parley`;
    this.missing = null;
    if (route.permission && !allowed(route.permission)) {
      this.page = null;
      return;
    }
    try {
      const found = await loadPage(route.tag);
      if (this.#shown !== route) return;
      this.missing = found ? null : 'no-page';
      this.page = found ? document.createElement(route.tag) : null;
    } catch {
      this.missing = 'not-loaded';
      this.page = null;
    }
    if (!first) await this.arrive(route);
    this.watchWaiting();
    this.loadOthers();
  }

  private watchWaiting(): void {
    if (this.#stopWaiting || session.value.phase !== 'in') return;
    const timer = setTimeout(() => {
      this.#stopWaiting = watchWaiting();
    }, WAITING_AFTER_MS);
    this.#stopWaiting = () => {
      clearTimeout(timer);
    };
  }

  /** A while after the first page the others are loaded, so that they open at once, and without a network. */
  private loadOthers(): void {
    if (this.#othersAsked || session.value.phase !== 'in') return;
    this.#othersAsked = true;
    setTimeout(() => {
      for (const route of ROUTES)
        if (route.permission && allowed(route.permission)) loadPage(route.tag).catch(() => undefined);
    }, LOAD_OTHERS_AFTER_MS);
  }

  /** After a navigation the reader's place is the new page's heading, and a screen reader hears its name. */
  private async arrive(route: Route): Promise<void> {
    // Back goes to where the page was left, which the router sees to.
    if (!cameBack()) window.scrollTo(0, 0);
    await this.updateComplete;
    if (this.page instanceof LitElement) await this.page.updateComplete;
    const heading = (this.page?.shadowRoot ?? this.renderRoot).querySelector('h1');
    heading?.focus({ preventScroll: true });
    if (!heading) announce(route.title);
  }

  /** What of the navigation this reader may see. */
  private groups(): NavGroup[] {
    return NAV_GROUPS.map((label) => ({
      label,
      items: ROUTES.flatMap((route) => (route.nav?.group === label ? this.items(route, route.nav) : [])),
    })).filter(({ items }) => items.length > 0);
  }

  private items(route: Route, { icon: name, bar }: NonNullable<Route['nav']>): NavItem[] {
    if (route.permission && !allowed(route.permission)) return [];
    const { paths, title: label } = route;
    const current = route === this.#place.value.route;
    return [{ href: paths[0], label, icon: name, bar: bar ?? false, current, badge: this.badge(route) }];
  }

  private badge({ tag }: Route): NavBadge | null {
    const { value } = this.#waiting;
    const count =
      tag === 'page-opt-outs' ? value?.optOutRequests : tag === 'page-outgoing' ? value?.messages : 0;
    if (!count) return null;
    const what = tag === 'page-opt-outs' ? 'opt-out request' : 'message';
    return { count, words: `${String(count)} ${what}${count === 1 ? ' needs' : 's need'} review` };
  }

  private operator(): NavOperator | null {
    const { value } = this.#session;
    if (value.phase !== 'in') return null;
    const { operator, endsAt } = value.answer;
    const role = operator.role[0]?.toUpperCase() + operator.role.slice(1);
    return { name: operator.name, role, until: clockTime(new Date(endsAt)) };
  }

  private async leave(): Promise<void> {
    try {
      await signOut();
    } catch {
      notify(
        'bad',
        'You are signed out here, but the server could not be reached. The session ends at its usual time.',
      );
    }
  }

  private skip(event: Event): void {
    event.preventDefault();
    const heading = this.page?.shadowRoot?.querySelector('h1');
    (heading ?? this.renderRoot.querySelector('main'))?.focus();
  }

  private content(): unknown {
    const { route } = this.#place.value;
    if (route.permission && !allowed(route.permission)) {
      return html`<div class="denied"><h1 tabindex="-1">${route.title}</h1>
        <view-state kind="denied">Ask an admin for access to ${route.title}.</view-state></div>`;
    }
    if (this.missing === 'no-page')
      return html`<view-state kind="not-found">There is no page at this address. <a slot="actions" class="button" href="/inbox">Go to the inbox</a></view-state>`;
    if (this.missing === 'not-loaded' && !this.#online.value) {
      return html`<view-state kind="offline">This page was not loaded before. It opens once you are back online.</view-state>`;
    }
    if (this.missing === 'not-loaded') {
      return html`<view-state kind="error">A newer version of Parley may be available.
        <button slot="actions" class="button" @click=${() => {
          window.location.reload();
        }}>Reload</button></view-state>`;
    }
    return this.page;
  }

  private frame(): TemplateResult {
    const groups = this.groups();
    const operator = this.operator();
    const canSend = allowed('messages:send');
    const live = this.#live.value === 'connecting' && !this.slow ? 'soon' : this.#live.value;
    return html`<div class="frame">
        <header>
          <a class="skip button" href="#main" @click=${this.skip}>Skip to content</a>
          <nav-rail .groups=${groups} .operator=${operator} live=${live} ?can-send=${canSend} @sign-out=${this.leave}></nav-rail>
        </header>
        <main id="main" tabindex="-1">
          ${this.#online.value ? nothing : html`<p class="offline" role="status">${icon('offline')} You are offline. What you see may be out of date. Nothing is lost.</p>`}
          ${this.content()}
        </main>
        <nav-bar .groups=${groups} .operator=${operator} live=${live} ?can-send=${canSend} @sign-out=${this.leave}></nav-bar>
      </div>`;
  }

  override render() {
    const { phase } = this.#session.value;
    const open =
      phase === 'out' || (this.#place.value.route.open && this.#place.value.route.tag !== 'page-not-found');
    return html`${phase === 'asking' ? html`<p class="opening" role="status">Opening Parley…</p>` : open ? html`<main id="main" tabindex="-1">${this.content()}</main>` : this.frame()}
      <notice-stack role="region" aria-label="Notices"></notice-stack>
      <div class="hidden-text" role="status" aria-live="polite">${this.#announced.value}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-shell': AppShell;
  }
}
