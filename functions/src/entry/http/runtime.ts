import { threadBcrypt } from '../../platform/bcrypt.ts';
import { passwordGate } from '../../team/password-gate.ts';
import type { Config } from '../../platform/config.ts';
import { runtimeApiDeps } from '../deps.ts';
import { createApi } from './app.ts';
import type { Api } from './route.ts';

let made: { api: Api; config: Config } | null = null;

/** The API of the deployed function: made on the first request, then kept for the life of the process. */
export function runtimeApi(): { api: Api; config: Config } {
  if (made !== null) return made;
  const deps = runtimeApiDeps();
  const api = createApi({
    ...deps,
    bcrypt: threadBcrypt(),
    passwordGate: passwordGate(),
  });
  made = { api, config: deps.config };
  return made;
}
