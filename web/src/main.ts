import './theme.ts';
import './app-shell.ts';
import { loadNavigation, loadPage } from './load-page.ts';
import { place, startRouter } from './router.ts';
import { openSession, seemsSignedIn } from './session.ts';

startRouter();
// The code of the page that is likely to be shown is loaded while the server is asked who it is; the shell shows a
// failure to load.
const { path, route } = place.value;
const toSignIn = !seemsSignedIn() && (path === '/' || route.open !== true);
loadPage(toSignIn ? 'page-sign-in' : path === '/' ? 'page-inbox' : route.tag).catch(() => undefined);
if (!toSignIn && route.open !== true) loadNavigation().catch(() => undefined);
void openSession(path);
