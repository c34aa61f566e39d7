import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce, announcement, notify } from './announce.ts';
import { icon } from './components/icon.ts';
import './components/nav-bar.ts';
import './components/nav-rail.ts';
import type { NavItem, NavOperator } from './components/nav-rail.ts';
import './components/notice-stack.ts';
import './components/view-state.ts';
import { liveState, online, whenBackOnline } from './data/connection.ts';
import { navigate, place, safeNext, type Place } from './router.ts';
import { baseOf, loadPage, ROUTES, type Route } from './routes.ts';
import { allowed, session, signOut } from './session.ts';
import { StoreController } from './store.ts';
import { base, buttons } from './styles/shared.ts';

/** Long enough for the first page to have its rows and its live updates. */
const LOAD_OTHERS_AFTER_MS = 4000;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The frame around every page: navigation, who is signed in, the way back to sign-in, notices and the live region. */
@customElement('app-shell')
export class AppShell extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        min-height: 100dvh;
      }
      .frame {
        display: grid;
        grid-template-columns: var(--rail-width) minmax(0, 1fr);
      }
      main {
        display: flex;
        flex-direction: column;
        min-width: 0;
        min-height: 100dvh;
      }
      main > :last-child {
        flex: 1;
      }
      .opening {
        display: grid;
        place-items: center;
        min-height: 100dvh;
        color: var(--ink-2);
        font-size: var(--text-sm);
        animation: opening 0s 600ms both;
      }
      /* Only a server that has to start first takes so long that a word is wanted. */
      @keyframes opening {
        from {
          visibility: hidden;
        }
      }
      nav-bar {
        display: none;
      }
      .skip {
        position: fixed;
        z-index: 30;
        top: var(--space-2);
        left: var(--space-2);
      }
      .skip:not(:focus) {
        clip-path: inset(50%);
        pointer-events: none;
      }
      .offline {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-2) var(--space-6);
        background: var(--warn-soft);
        color: var(--ink);
        font-size: var(--text-sm);
      }
      .offline svg {
        color: var(--warn);
      }
      @media (max-width: 51.25rem) {
        :host {
          --foot: 3.5rem; /* of the notices as well, which stand above it */
        }
        .frame {
          display: block;
          padding-bottom: calc(var(--foot) + env(safe-area-inset-bottom));
        }
        main {
          min-height: calc(100dvh - var(--foot));
        }
        nav-rail {
          display: none;
        }
        nav-bar {
          display: block;
        }
        .offline {
          padding-inline: var(--space-4);
        }
      }
    `,
  ];

  readonly #session = new StoreController(this, session);
  readonly #place = new StoreController(this, place);
  readonly #online = new StoreController(this, online);
  readonly #live = new StoreController(this, liveState);
  readonly #said = new StoreController(this, announcement);

  /** The element of the current page; null while it is loaded. */
  @state() private page: HTMLElement | null = null;
  @state() private missing: 'no-page' | 'not-loaded' | null = null;
  #shown: Route | null = null;
  #othersAsked = false;

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
    this.follow();
  }

  /** Brings session and place together: to sign-in without a session, away from it with one, else to the page. */
  private follow(): void {
    const { value } = session;
    const { phase } = value;
    const { route, path, query } = place.value;
    if (phase === 'asking') return;
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
    this.loadOthers();
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
    window.scrollTo(0, 0);
    await this.updateComplete;
    if (this.page instanceof LitElement) await this.page.updateComplete;
    const heading = (this.page?.shadowRoot ?? this.renderRoot).querySelector('h1');
    heading?.focus();
    if (!heading) announce(route.title);
  }

  private items(): NavItem[] {
    return ROUTES.flatMap((route) =>
      route.icon && (!route.permission || allowed(route.permission))
        ? [
            {
              href: baseOf(route),
              label: route.title,
              icon: route.icon,
              current: route === this.#place.value.route,
            },
          ]
        : [],
    );
  }

  private operator(): NavOperator | null {
    const { value } = this.#session;
    if (value.phase !== 'in') return null;
    const { operator, endsAt } = value.answer;
    const role = operator.role[0]?.toUpperCase() + operator.role.slice(1);
    return { name: operator.name, role, until: clock.format(new Date(endsAt)) };
  }

  private async leave(): Promise<void> {
    try {
      await signOut();
    } catch {
      notify(
        'bad',
        'Signed out here, but the server could not be reached. The session itself ends by its time.',
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
      return html`<h1 class="hidden-text" tabindex="-1">${route.title}</h1>
        <view-state kind="denied">Ask an admin, if you need ${route.title}.</view-state>`;
    }
    if (this.missing === 'no-page')
      return html`<view-state kind="not-found">This page is not here. <a slot="actions" class="button" href="/inbox">Go to the inbox</a></view-state>`;
    if (this.missing === 'not-loaded' && !this.#online.value) {
      return html`<view-state kind="offline">This page has not been loaded before. It comes once you are back online.</view-state>`;
    }
    if (this.missing === 'not-loaded') {
      return html`<view-state kind="error">A newer version may have been put up meanwhile.
        <button slot="actions" class="button" @click=${() => {
          window.location.reload();
        }}>Reload</button></view-state>`;
    }
    return this.page;
  }

  private frame(): TemplateResult {
    const items = this.items();
    const operator = this.operator();
    const canSend = allowed('messages:send');
    return html`<div class="frame">
        <header>
          <a class="skip button" href="#main" @click=${this.skip}>Skip to content</a>
          <nav-rail .items=${items} .operator=${operator} live=${this.#live.value} ?can-send=${canSend} @sign-out=${this.leave}></nav-rail>
        </header>
        <main id="main" tabindex="-1">
          ${this.#online.value ? nothing : html`<p class="offline" role="status">${icon('offline')} You are offline. What is shown may be behind; nothing is lost.</p>`}
          ${this.content()}
        </main>
        <nav-bar .items=${items} .operator=${operator} live=${this.#live.value} ?can-send=${canSend} @sign-out=${this.leave}></nav-bar>
      </div>`;
  }

  override render() {
    const { phase } = this.#session.value;
    const open =
      phase === 'out' || (this.#place.value.route.open && this.#place.value.route.tag !== 'page-not-found');
    return html`${phase === 'asking' ? html`<p class="opening" role="status">Opening Parley …</p>` : open ? html`<main id="main" tabindex="-1">${this.content()}</main>` : this.frame()}
      <notice-stack role="region" aria-label="Notices"></notice-stack>
      <div class="hidden-text" role="status" aria-live="polite">${this.#said.value}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'app-shell': AppShell;
  }
}
