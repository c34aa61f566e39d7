import type { SendLimits } from '../../functions/src/contract/send-limits.ts';
import type { SendTrouble } from './carrier.ts';
import type { Dials, Outside, Sent, When } from './outside.ts';
import { CALM } from './plan.ts';
import type { Path } from './actor.ts';
import type { TestPerson } from './world.ts';

/** One way through one path: what was there before, and the one thing that then happens and is cut. */
export interface Scenario {
  path: Path;
  what: string;
  settings?: Readonly<Record<string, string>>;
  limits?: SendLimits;
  /** How many people there are, where one is not enough. */
  people?: number;
  before: (outside: Outside) => Promise<void>;
  act: (outside: Outside) => void;
}

export const MINUTE = 60_000;
export const nothing = async (): Promise<void> => undefined;

export const ada = ({ world }: Outside): TestPerson => {
  const [first] = world.people;
  if (first === undefined) throw new Error('Nobody is there.');
  return first;
};
export const first = <T>(list: readonly T[]): T => {
  const [found] = list;
  if (found === undefined) throw new Error('Nothing is there.');
  return found;
};

export async function texted(outside: Outside, body: string, from = ada(outside).number): Promise<void> {
  outside.text(from, body);
  await outside.world.stage.run();
}

/** Accepts a message under these dials and lets everything run that follows from it. */
export async function sent(
  outside: Outside,
  dials: Partial<Dials>,
  when: When = {},
  body = 'Hello',
): Promise<Sent> {
  outside.turn({ ...CALM, ...dials });
  const request = outside.send(ada(outside), body, 1, when);
  await outside.world.stage.run();
  outside.turn(CALM);
  return request;
}

export const queued = (outside: Outside, when: When = {}, body?: string) =>
  sent(outside, { tasks: () => [] }, when, body);

/** Time goes by, in which nothing happens. */
export async function later(outside: Outside, milliseconds: number): Promise<void> {
  outside.world.stage.after(milliseconds, () => undefined);
  await outside.world.stage.run();
}

export function once(trouble: SendTrouble): Partial<Dials> {
  const troubles: SendTrouble[] = [trouble];
  return { trouble: () => troubles.shift() ?? 'none' };
}

export const runTask = (outside: Outside) => outside.task(first(outside.sent).accepted ?? '');
export const silent: Partial<Dials> = { callbacks: () => [] };
