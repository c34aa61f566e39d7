import type { Permission } from '../../functions/src/contract/permissions.ts';
import type { IconName } from './components/icon.ts';
import { closest, type Params, type ParamsOf } from './route-pattern.ts';

/** The headings of the navigation, in their order. */
export const NAV_GROUPS = ['Messages', 'People', 'Manage'] as const;

/** A screen and its addresses. */
export interface Route {
  /** The first one is where the navigation leads. One page shows all of them, and stays while the reader goes between them. */
  paths: readonly [`/${string}`, ...`/${string}`[]];
  title: string;
  /** The page's element; it lives in `features/<name>/<tag>.ts` and is loaded when it is first gone to. */
  tag: `page-${string}`;
  /** May be seen without a session. */
  open?: true;
  permission?: Permission;
  /** Its place in the navigation; `bar` also puts it into the bar at the foot of a phone, which has room for four. */
  nav?: { group: (typeof NAV_GROUPS)[number]; icon: IconName; bar?: true };
}

const TABLE = [
  {
    paths: ['/inbox', '/inbox/:messageId'],
    title: 'Inbox',
    tag: 'page-inbox',
    permission: 'messages:read',
    nav: { group: 'Messages', icon: 'inbox', bar: true },
  },
  {
    paths: ['/incoming', '/incoming/:messageId'],
    title: 'Incoming',
    tag: 'page-incoming',
    permission: 'messages:read',
    nav: { group: 'Messages', icon: 'incoming', bar: true },
  },
  {
    paths: ['/outgoing', '/outgoing/:messageId'],
    title: 'Outgoing',
    tag: 'page-outgoing',
    permission: 'messages:read',
    nav: { group: 'Messages', icon: 'outgoing', bar: true },
  },
  { paths: ['/compose'], title: 'New message', tag: 'page-compose', permission: 'messages:send' },
  {
    paths: ['/people', '/people/:userId'],
    title: 'People',
    tag: 'page-people',
    permission: 'people:read',
    nav: { group: 'People', icon: 'people', bar: true },
  },
  {
    paths: ['/opt-outs', '/opt-outs/:holdId'],
    title: 'Opt-outs',
    tag: 'page-opt-outs',
    permission: 'suppressions:read',
    nav: { group: 'People', icon: 'hand-stop' },
  },
  {
    paths: ['/team', '/team/sessions', '/team/password', '/team/:operatorId'],
    title: 'Team',
    tag: 'page-team',
    permission: 'team:read',
    nav: { group: 'Manage', icon: 'team' },
  },
  {
    paths: ['/settings', '/settings/:tab'],
    title: 'Settings',
    tag: 'page-settings',
    permission: 'settings:read',
    nav: { group: 'Manage', icon: 'sliders' },
  },
  {
    paths: ['/audit', '/audit/:entryId'],
    title: 'Audit',
    tag: 'page-audit',
    permission: 'audit:read',
    nav: { group: 'Manage', icon: 'audit' },
  },
  {
    paths: ['/health'],
    title: 'Health',
    tag: 'page-health',
    permission: 'health:read',
    nav: { group: 'Manage', icon: 'health' },
  },
  { paths: ['/sign-in'], title: 'Sign in', tag: 'page-sign-in', open: true },
  { paths: ['/join'], title: 'Join', tag: 'page-join', open: true },
] as const satisfies readonly Route[];

type Entry = (typeof TABLE)[number];
export type PageTag = Entry['tag'];
/** The addresses of a page, as the table writes them. */
export type PathsOf<T extends PageTag> = Extract<Entry, { tag: T }>['paths'][number];
/** The parameters that a page's addresses have. */
export type ParamsOfPage<T extends PageTag> = ParamsOf<PathsOf<T>>;

export const ROUTES: readonly Route[] = TABLE;

const NOT_FOUND: Route = { paths: ['/'], title: 'Not found', tag: 'page-not-found', open: true };

const byPattern = new Map<string, Route>(
  ROUTES.flatMap((route) => route.paths.map((path) => [path, route] as const)),
);
const patterns = [...byPattern.keys()];

/** A screen, the pattern of its address, and what the address says by it. */
export interface Match {
  route: Route;
  pattern: string;
  params: Params;
}

/** Finds the screen for a path. */
export function matchRoute(path: string): Match {
  const match = closest(patterns, path);
  const route = match && byPattern.get(match.pattern);
  return route ? { route, ...match } : { route: NOT_FOUND, pattern: '', params: {} };
}
