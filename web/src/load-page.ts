import type { Route } from './routes.ts';

const modules = import.meta.glob(['./features/*/page-*.ts', './page-not-found.ts']);

/** Loads the element of a route; false when there is no such page. */
export async function loadPage(tag: Route['tag']): Promise<boolean> {
  const path = Object.keys(modules).find((each) => each.endsWith(`/${tag}.ts`));
  const load = path === undefined ? undefined : modules[path];
  if (!load) return false;
  await load();
  return true;
}

/** Loads what only those who are signed in see around every page. */
export async function loadNavigation(): Promise<void> {
  await Promise.all([import('./components/nav-bar.ts'), import('./components/nav-rail.ts')]);
}
