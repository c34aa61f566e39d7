import type { Permission } from '../../functions/src/contract/permissions.ts';
import type { IconName } from './components/icon.ts';

/** A screen. `path` may end in one optional parameter, `/:id?`. */
export interface Route {
  path: string;
  title: string;
  /** The page's element; it lives in `features/<name>/<tag>.ts` and is loaded when it is first gone to. */
  tag: `page-${string}`;
  /** May be seen without a session. */
  open?: true;
  permission?: Permission;
  /** Its place in the navigation. */
  icon?: IconName;
}

export const ROUTES: readonly Route[] = [
  { path: '/inbox/:id?', title: 'Inbox', tag: 'page-inbox', icon: 'inbox', permission: 'messages:read' },
  {
    path: '/incoming/:id?',
    title: 'Incoming',
    tag: 'page-incoming',
    icon: 'incoming',
    permission: 'messages:read',
  },
  {
    path: '/outgoing/:id?',
    title: 'Outgoing',
    tag: 'page-outgoing',
    icon: 'outgoing',
    permission: 'messages:read',
  },
  { path: '/people/:id?', title: 'People', tag: 'page-people', icon: 'people', permission: 'people:read' },
  {
    path: '/opt-outs/:id?',
    title: 'Opt-outs',
    tag: 'page-opt-outs',
    icon: 'hand-stop',
    permission: 'suppressions:read',
  },
  { path: '/team/:id?', title: 'Team', tag: 'page-team', icon: 'team', permission: 'team:read' },
  {
    path: '/settings/:id?',
    title: 'Settings',
    tag: 'page-settings',
    icon: 'sliders',
    permission: 'settings:read',
  },
  { path: '/audit/:id?', title: 'Audit', tag: 'page-audit', icon: 'audit', permission: 'audit:read' },
  { path: '/health', title: 'Health', tag: 'page-health', icon: 'health', permission: 'health:read' },
  { path: '/compose', title: 'New message', tag: 'page-compose', permission: 'messages:send' },
  { path: '/sign-in', title: 'Sign in', tag: 'page-sign-in', open: true },
  { path: '/join', title: 'Join', tag: 'page-join', open: true },
];

const NOT_FOUND: Route = { path: '', title: 'Not found', tag: 'page-not-found', open: true };

/** The base of a route's path: `/incoming` of `/incoming/:id?`. */
export function baseOf(route: Route): string {
  return route.path.replace('/:id?', '');
}

/** Finds the screen for a path. */
export function matchRoute(pathname: string): { route: Route; id: string | null } {
  const [first = '', second, ...rest] = pathname.split('/').filter((part) => part !== '');
  const route = ROUTES.find((each) => baseOf(each) === `/${first}`);
  if (!route || rest.length > 0 || (second !== undefined && !route.path.endsWith('/:id?')))
    return { route: NOT_FOUND, id: null };
  return { route, id: second === undefined ? null : decode(second) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const modules = import.meta.glob(['./features/*/page-*.ts', './page-not-found.ts']);

/** Loads the element of a route; false when there is no such page. */
export async function loadPage(tag: Route['tag']): Promise<boolean> {
  const path = Object.keys(modules).find((each) => each.endsWith(`/${tag}.ts`));
  const load = path === undefined ? undefined : modules[path];
  if (!load) return false;
  await load();
  return true;
}
