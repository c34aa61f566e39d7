import { SEND_TROUBLES } from './carrier.ts';
import { OPERATOR_SCENARIOS } from './operator-scenarios.ts';
import { CALM } from './plan.ts';
import {
  ada,
  first,
  later,
  MINUTE,
  nothing,
  once,
  queued,
  runTask,
  sent,
  silent,
  texted,
  type Scenario,
} from './scenario.ts';
import { STRANGER } from './world.ts';

const inbound = (what: string, act: Scenario['act'], before: Scenario['before'] = nothing): Scenario => ({
  path: 'inbound',
  what,
  before,
  act,
});
const accept = (what: string, before: Scenario['before'], act: Scenario['act']): Scenario => ({
  path: 'accept',
  what,
  before,
  act,
});
const send = (what: string, before: Scenario['before'], act: Scenario['act'] = runTask): Scenario => ({
  path: 'send',
  what,
  before,
  act,
});
const status = (what: string, before: Scenario['before'], told: string): Scenario => ({
  path: 'status',
  what,
  before,
  act: (outside) => outside.report(first(outside.carrier.messages), told),
});
const dueWork = (what: string, before: Scenario['before']): Scenario => ({
  path: 'due-work',
  what,
  before,
  act: (outside) => outside.minute(),
});

const MESSAGE_SCENARIOS: readonly Scenario[] = [
  inbound('a message', (outside) => void outside.text(ada(outside).number, 'Is anybody there?')),
  inbound('a message from an unknown number', (outside) => void outside.text(STRANGER, 'Is anybody there?')),
  inbound('HELP', (outside) => void outside.text(ada(outside).number, 'HELP')),
  inbound('STOP', (outside) => void outside.text(ada(outside).number, 'STOP')),
  inbound('STOP from an unknown number', (outside) => void outside.text(STRANGER, 'STOP')),
  inbound(
    'START after STOP',
    (outside) => void outside.text(ada(outside).number, 'START'),
    (outside) => texted(outside, 'STOP'),
  ),
  inbound(
    'an opt-out request in other words',
    (outside) => void outside.text(ada(outside).number, 'Stop texting me'),
  ),
  inbound(
    'a message that comes again',
    (outside) => outside.deliverAgain(first(outside.texted)),
    (outside) => texted(outside, 'Hello?'),
  ),
  {
    ...inbound(
      'a message beyond the loop guard',
      (outside) => void outside.text(ada(outside).number, 'Hello!'),
      (outside) => texted(outside, 'Hello?'),
    ),
    settings: { AUTO_REPLIES_PER_HOUR: '1' },
  },

  accept('a new message', nothing, (outside) => void outside.send(ada(outside), 'Hello')),
  accept(
    'the same request again',
    async (outside) => void (await queued(outside)),
    (outside) => outside.again(first(outside.sent)),
  ),
  accept(
    'to somebody who opted out',
    (outside) => texted(outside, 'STOP'),
    (outside) => void outside.send(ada(outside), 'Hello'),
  ),
  accept(
    'again, after they opted out',
    async (outside) => {
      await queued(outside);
      await texted(outside, 'STOP');
    },
    (outside) => outside.again(first(outside.sent)),
  ),

  ...SEND_TROUBLES.map((trouble) =>
    send(`carrier: ${trouble}`, async (outside) => {
      await queued(outside);
      outside.turn({ ...CALM, ...once(trouble) });
    }),
  ),
  send('they opted out since', async (outside) => {
    await queued(outside);
    await texted(outside, 'STOP');
  }),
  send('they opted out, and only the carrier knows', async (outside) => {
    await queued(outside);
    outside.carrier.optedOut.add(ada(outside).number);
  }),
  send('the key was rotated since', async (outside) => {
    await queued(outside);
    outside.world.deployKeys('new,old');
  }),
  send('sent already', async (outside) => void (await sent(outside, {}))),
  send('unconfirmed already', async (outside) => void (await sent(outside, once('timeout-after')))),

  status('delivered', async (outside) => void (await sent(outside, silent)), 'delivered'),
  status('sent', async (outside) => void (await sent(outside, silent)), 'sent'),
  status('late: sent after delivered', async (outside) => void (await sent(outside, {})), 'sent'),
  status('doubled', async (outside) => void (await sent(outside, {})), 'delivered'),
  status(
    'of an unconfirmed message',
    async (outside) => void (await sent(outside, { ...silent, ...once('cut-off') })),
    'delivered',
  ),
  status(
    'undelivered',
    async (outside) => void (await sent(outside, { ...silent, failure: () => 30003 })),
    'undelivered',
  ),
  status(
    'of an automatic reply',
    async (outside) => {
      outside.turn({ ...CALM, ...silent });
      await texted(outside, 'Hello?');
      outside.turn(CALM);
    },
    'delivered',
  ),

  dueWork('nothing is due', nothing),
  dueWork('a task was lost', async (outside) => {
    await queued(outside);
    await later(outside, 2 * MINUTE);
  }),
  dueWork('unconfirmed, and the carrier has it', async (outside) => {
    await sent(outside, { ...silent, ...once('timeout-after') });
    await later(outside, 20 * MINUTE);
  }),
  dueWork('unconfirmed, and the carrier never had it', async (outside) => {
    await sent(outside, once('timeout-before'));
    await later(outside, 20 * MINUTE);
  }),
  dueWork('unconfirmed, and the carrier cannot be asked', async (outside) => {
    await sent(outside, once('timeout-before'));
    await later(outside, 20 * MINUTE);
    outside.turn({ ...CALM, lookup: () => 'unavailable' });
  }),
  dueWork('taken, and never reported on again', async (outside) => {
    await sent(outside, silent);
    await later(outside, 25 * 60 * MINUTE);
  }),
  dueWork("unconfirmed, and the carrier's list does not end", async (outside) => {
    await sent(outside, { ...silent, ...once('timeout-after') });
    await later(outside, 20 * MINUTE);
    outside.turn({ ...CALM, lookup: () => 'endless' });
  }),
  dueWork('two lost messages with the same words, and the carrier has one', async (outside) => {
    await sent(outside, { ...silent, ...once('timeout-before') });
    await sent(outside, { ...silent, ...once('timeout-after') });
    await later(outside, 20 * MINUTE);
  }),
  dueWork('a scheduled message is due', async (outside) => {
    await queued(outside, { sendAt: { local: '2040-01-02T10:07', timeZone: 'America/New_York' } });
    await later(outside, 8 * MINUTE);
  }),
  dueWork('the task of a held message was lost', async (outside) => {
    await queued(outside, { undoSeconds: 30 });
    await later(outside, MINUTE);
  }),
];

/** Every path of Parley's messages, each in the ways in which it can go. */
export const SCENARIOS: readonly Scenario[] = [...MESSAGE_SCENARIOS, ...OPERATOR_SCENARIOS];
