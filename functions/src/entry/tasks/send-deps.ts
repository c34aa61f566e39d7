import { setTimeout as wait } from 'node:timers/promises';
import { createTwilioGateway, type SmsGateway } from '../../twilio/gateway.ts';
import { runtimeDeps, type Deps } from '../deps.ts';

/** What a task that sends needs besides the rest. */
export interface SendTaskDeps extends Deps {
  gateway: SmsGateway;
  wait?: (milliseconds: number) => Promise<void>;
}

let made: SendTaskDeps | null = null;

/** The composition root of the worker, which alone talks to the provider. */
export function runtimeSendDeps(): SendTaskDeps {
  if (made !== null) return made;
  const deps = runtimeDeps();
  const { config } = deps;
  const authToken = config.smsMode === 'disabled' ? '' : config.secrets.twilioAuthToken();
  made = {
    ...deps,
    wait: (milliseconds) => wait(Math.max(0, milliseconds)),
    gateway: createTwilioGateway({
      accountSid: config.twilioAccountSid,
      authToken,
      apiUrl: config.twilioApiUrl,
    }),
  };
  return made;
}
