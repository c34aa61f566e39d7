import './theme.ts';
import './app-shell.ts';
import { place, startRouter } from './router.ts';
import { loadPage } from './routes.ts';
import { openSession } from './session.ts';

startRouter();
// The page's code and the answer to "who is it" come at the same time; a failure to load is told of by the shell.
loadPage(place.value.route.tag).catch(() => undefined);
void openSession(place.value.path);
