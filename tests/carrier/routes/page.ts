import type { Route } from '../http/router.ts';

export function pageRoutes(): Route[] {
  return [];
}
