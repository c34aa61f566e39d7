import { runtimeApiDeps } from '../deps.ts';
import { createApi } from './app.ts';
import type { Api } from './route.ts';

let made: Api | null = null;

/** The API of the deployed function: made on the first request, then kept for the life of the process. */
export function runtimeApi(): Api {
  if (made !== null) return made;
  made = createApi(runtimeApiDeps());
  return made;
}
