import './theme.ts';
import './app-shell.ts';
import { place, startRouter } from './router.ts';
import { loadPage } from './routes.ts';
import { openSession, seemsSignedIn } from './session.ts';

startRouter();
// The code of the page that is likely to be shown comes while the server is asked who it is; a failure to load is told
// of by the shell.
const { path, route } = place.value;
const toSignIn = !seemsSignedIn() && (path === '/' || route.open !== true);
loadPage(toSignIn ? 'page-sign-in' : path === '/' ? 'page-inbox' : route.tag).catch(() => undefined);
void openSession(path);
