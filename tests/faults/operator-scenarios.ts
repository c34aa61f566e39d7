import type { Resolution } from '../../functions/src/contract/delivery.ts';
import { OLIVE, OSCAR, OTIS } from './operators.ts';
import type { Outside } from './outside.ts';
import { CALM, LONG } from './plan.ts';
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
  type Scenario,
} from './scenario.ts';
import type { Path } from './actor.ts';
import { OTHER_NUMBER } from './world.ts';

const AT_SEVEN = { sendAt: { local: '2040-01-02T10:07', timeZone: 'America/New_York' } };
const AT_TWELVE = { sendAt: { local: '2040-01-02T10:12', timeZone: 'America/New_York' } };

const on =
  (path: Path) =>
  (what: string, before: Scenario['before'], act: Scenario['act']): Scenario => ({ path, what, before, act });
const [accept, send, edit, cancel] = [on('accept'), on('send'), on('edit'), on('cancel')];
const [resolve, hold, renumber, rotate] = [on('resolve'), on('hold'), on('renumber'), on('rotate')];

const id = (outside: Outside): string => first(outside.sent).accepted ?? '';
const scheduled = async (outside: Outside) => void (await queued(outside, AT_SEVEN));
const held = async (outside: Outside) => void (await queued(outside, { undoSeconds: 30 }));
/** Its time has come, and its task comes in the moment in which something else happens to it. */
const due = async (outside: Outside) => {
  await held(outside);
  await later(outside, 31_000);
};
const edits = (outside: Outside) => void outside.operators.edit(id(outside), { body: 'Hello again' });
const cancels = (outside: Outside) => void outside.operators.cancel(id(outside));

/** A message needs review: it is on the handset or not, and the carrier could not be asked for an hour. */
const unclear = (arrived: boolean) => async (outside: Outside) => {
  await sent(outside, { ...silent, ...once(arrived ? 'timeout-after' : 'timeout-before') });
  await later(outside, 70 * MINUTE);
  outside.turn({ ...CALM, lookup: () => 'unavailable' });
  outside.minute();
  await outside.world.stage.run();
  outside.turn(CALM);
};
const resolves = (as: Resolution) => (outside: Outside) => void outside.operators.resolve(id(outside), as);
const lengthens = (outside: Outside) => void outside.operators.edit(id(outside), { body: `Hello${LONG}` });
const all = { personPerHour: 1, operatorPerMinute: 1, dailySpend: 0.01 };
const daily = (dailySpend: number) => ({ personPerHour: null, operatorPerMinute: null, dailySpend });

/** What operators do besides sending, each in the ways in which it can go. */
export const OPERATOR_SCENARIOS: readonly Scenario[] = [
  accept('for later', nothing, (outside) => void outside.send(ada(outside), 'Hello', 1, AT_SEVEN)),
  accept('with time to undo it', nothing, (outside) => {
    outside.send(ada(outside), 'Hello', 1, { undoSeconds: 5 });
  }),
  {
    ...accept('with all limits set', nothing, (outside) => void outside.send(ada(outside), 'Hello')),
    limits: all,
  },
  {
    ...accept('two at once, of which the limits let one through', nothing, (outside) => {
      outside.send(ada(outside), 'Hello');
      outside.send(ada(outside), 'Hello again');
    }),
    limits: all,
  },
  {
    // The counter is there already, so that nobody makes it.
    ...accept(
      'two messages of one operator at once, of which the minute lets one through',
      async (outside) => {
        await queued(outside);
        await later(outside, 2 * MINUTE);
      },
      (outside) => {
        for (const person of outside.world.people) outside.send(person, 'Hello', 1, {}, OLIVE);
      },
    ),
    people: 2,
    limits: { personPerHour: null, operatorPerMinute: 1, dailySpend: null },
  },
  {
    ...accept('two operators at once, of which the limit a person lets one through', nothing, (outside) => {
      outside.send(ada(outside), 'Hello', 1, {}, OLIVE);
      outside.send(ada(outside), 'Hello again', 1, {}, OSCAR);
    }),
    limits: { personPerHour: 1, operatorPerMinute: null, dailySpend: null },
  },
  {
    ...accept(
      'again, now that a limit is reached',
      async (outside) => void (await sent(outside, {})),
      (outside) => outside.again(first(outside.sent)),
    ),
    limits: all,
  },

  send('before its time: it waits', held, (outside) =>
    outside.world.stage.after(10_000, () => runTask(outside)),
  ),
  send('it is edited in that moment', due, (outside) => {
    runTask(outside);
    edits(outside);
  }),
  send('it is canceled in that moment', due, (outside) => {
    runTask(outside);
    cancels(outside);
  }),
  send(
    'the number was suppressed by hand since',
    async (outside) => {
      await queued(outside);
      outside.operators.hold(ada(outside), 'suppressed');
      await outside.world.stage.run();
    },
    runTask,
  ),
  send(
    'an operator opts the person out in that moment',
    async (outside) => void (await queued(outside)),
    (outside) => {
      runTask(outside);
      outside.operators.hold(ada(outside), 'opted_out');
    },
  ),
  send(
    'the numbers are sealed anew in that moment',
    async (outside) => {
      await queued(outside);
      outside.world.deployKeys('new,old');
    },
    (outside) => {
      runTask(outside);
      outside.operators.sealAnew();
    },
  ),

  edit('the words of a scheduled message', scheduled, edits),
  edit('the time of a scheduled message', scheduled, (outside) => {
    outside.operators.edit(id(outside), AT_TWELVE);
  }),
  edit('a held message is given a time', held, (outside) => {
    outside.operators.edit(id(outside), { body: 'Hello again', ...AT_TWELVE });
  }),
  edit('in the moment in which it is sent', due, (outside) => {
    edits(outside);
    runTask(outside);
  }),
  edit('of two operators at once', scheduled, (outside) => {
    edits(outside);
    outside.operators.edit(id(outside), { body: 'Good evening' }, OSCAR);
  }),
  edit('to more segments', scheduled, lengthens),
  { ...edit('to more segments than the day may cost', scheduled, lengthens), limits: daily(0.02) },
  {
    ...edit('to more segments, in the moment in which another message is accepted', scheduled, (outside) => {
      lengthens(outside);
      outside.send(ada(outside), 'Hello');
    }),
    limits: daily(0.03),
  },
  edit(
    'to fewer segments',
    async (outside) => void (await queued(outside, AT_SEVEN, `Hello${LONG}`)),
    (outside) => void outside.operators.edit(id(outside), { body: 'Hello' }),
  ),
  edit('by an admin', scheduled, (outside) => {
    outside.operators.edit(id(outside), { body: `Hello${LONG}` }, OSCAR);
  }),
  edit('by a stranger', scheduled, (outside) => {
    outside.operators.edit(id(outside), { body: 'Good evening' }, OTIS);
  }),
  edit('of a message that was sent', async (outside) => void (await sent(outside, {})), edits),

  cancel('a scheduled message', scheduled, cancels),
  cancel(
    'a long one that was edited',
    async (outside) => {
      await scheduled(outside);
      lengthens(outside);
      await outside.world.stage.run();
    },
    cancels,
  ),
  {
    ...cancel('one that used up all limits, and another is sent', scheduled, (outside) => {
      outside.operators.cancel(id(outside)).answered = () => void outside.send(ada(outside), 'Hello');
    }),
    limits: all,
  },
  cancel('of two at once', scheduled, (outside) => {
    cancels(outside);
    outside.operators.cancel(id(outside), OSCAR);
  }),
  cancel('by a stranger', scheduled, (outside) => void outside.operators.cancel(id(outside), OTIS)),
  cancel('in the moment in which it is sent', due, (outside) => {
    cancels(outside);
    runTask(outside);
  }),
  cancel('in the moment in which it is edited', scheduled, (outside) => {
    cancels(outside);
    edits(outside);
  }),
  cancel('a message that was sent', async (outside) => void (await sent(outside, {})), cancels),

  resolve('it arrived', unclear(true), resolves('sent')),
  resolve('it never arrived', unclear(false), resolves('failed')),
  resolve('it is sent again', unclear(false), resolves('resend')),
  {
    ...resolve('it is sent again, as far as the limits go', unclear(false), resolves('resend')),
    limits: daily(0.02),
  },
  {
    ...resolve('it is not sent again beyond a limit', unclear(false), resolves('resend')),
    limits: daily(0.01),
  },
  resolve('two operators have it sent again at once', unclear(false), (outside) => {
    resolves('resend')(outside);
    outside.operators.resolve(id(outside), 'resend', OSCAR);
  }),
  resolve(
    'another lost one has the same words',
    async (outside) => {
      await unclear(true)(outside);
      await sent(outside, { ...silent, ...once('timeout-before') });
    },
    resolves('failed'),
  ),
  resolve('in the moment in which the carrier reports it', unclear(true), (outside) => {
    resolves('resend')(outside);
    outside.report(first(outside.carrier.messages), 'delivered');
  }),

  hold('an opt-out by hand', nothing, (outside) => void outside.operators.hold(ada(outside), 'opted_out')),
  hold('in the moment in which they text STOP', nothing, (outside) => {
    outside.operators.hold(ada(outside), 'opted_out');
    outside.text(ada(outside).number, 'STOP');
  }),
  hold(
    'it is lifted, and a message is sent',
    async (outside) => {
      await queued(outside);
      outside.operators.hold(ada(outside), 'suppressed');
      await outside.world.stage.run();
    },
    (outside) => {
      outside.operators.lift(ada(outside), 'suppressed');
      runTask(outside);
    },
  ),

  renumber(
    'in the moment in which a message is sent',
    async (outside) => void (await queued(outside)),
    (outside) => {
      outside.operators.renumber(ada(outside), OTHER_NUMBER);
      runTask(outside);
    },
  ),

  rotate(
    'in the moment in which a message is sent',
    async (outside) => {
      await queued(outside);
      outside.world.deployKeys('new,old');
    },
    (outside) => {
      outside.operators.sealAnew();
      runTask(outside);
    },
  ),
  rotate(
    'in the moment in which somebody gets another number',
    async (outside) => outside.world.deployKeys('new,old'),
    (outside) => {
      outside.operators.sealAnew();
      outside.operators.renumber(ada(outside), OTHER_NUMBER);
    },
  ),
];
