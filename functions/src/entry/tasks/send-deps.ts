import { setTimeout as wait } from 'node:timers/promises';
import type { SmsGateway } from '../../carrier/gateway.ts';
import { runtimeDeps, type Deps } from '../deps.ts';

/** What a task that sends needs besides the rest. */
export interface SendTaskDeps extends Deps {
  gateway: SmsGateway;
  wait?: (milliseconds: number) => Promise<void>;
}

let made: SendTaskDeps | null = null;

/** The composition root of the worker, which alone sends through the carrier. */
export async function runtimeSendDeps(): Promise<SendTaskDeps> {
  if (made !== null) return made;
  const deps = runtimeDeps();
  const gateway = await deps.carrier.gateway();
  made = { ...deps, wait: (milliseconds) => wait(Math.max(0, milliseconds)), gateway };
  return made;
}
