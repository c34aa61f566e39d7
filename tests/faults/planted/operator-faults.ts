import type { PlantedFault } from './planted-fault.ts';

/** Mistakes in what operators do besides sending, and in what guards it. */
export const OPERATOR_FAULTS: readonly PlantedFault[] = [
  {
    name: 'a change is written over whatever came in between',
    way: 'edit, in the moment in which it leaves',
    found: /^(history|words|withdrawn)/,
    edits: [
      {
        file: 'messaging/edit-outgoing.ts',
        find: 'const entry = await readOutgoing(deps.db, messageId, transaction);',
        put: 'const entry = await readOutgoing(deps.db, messageId);',
      },
    ],
  },
  {
    name: 'an operator’s change is done again when only its answer was lost',
    way: 'edit, the words of a scheduled text',
    found: /^(words|audit)/,
    edits: [
      { file: 'audit/append-once.ts', find: 'passes > 1 &&', put: 'passes < 0 &&' },
      { file: 'audit/append-once.ts', find: '{ db, ids: { next: () => id } }', put: '{ db, ids }' },
    ],
  },
  {
    name: 'whether a text was withdrawn is not looked at when it is taken up',
    way: 'send, it is withdrawn in that moment',
    found: /^(withdrawn|history)/,
    edits: [
      {
        file: 'messaging/send-outgoing.ts',
        find: "!== 'queued')",
        put: "!== 'queued' && delivery.status !== 'canceled')",
      },
      {
        file: 'messaging/delivery-status.ts',
        find: 'canceled: { ...NOBODY, rank: 6 },',
        put: "canceled: { ...NOBODY, rank: 6, worker: ['sending'] },",
      },
    ],
  },
  {
    name: 'a withdrawal is written over whatever came in between',
    way: 'cancel, in the moment in which it leaves',
    found: /^(history|withdrawn)/,
    edits: [
      {
        file: 'messaging/cancel-outgoing.ts',
        find: 'const entry = await readOutgoing(deps.db, messageId, transaction);',
        put: 'const entry = await readOutgoing(deps.db, messageId);',
      },
    ],
  },
  {
    name: 'a text is counted without a look at who else counted',
    seed: 2,
    found: /^guard/,
    edits: [
      {
        file: 'messaging/send-counters-store.ts',
        find: 'else writer.update(reference, data, { lastUpdateTime: version });',
        put: 'else writer.update(reference, data);',
      },
    ],
  },
  {
    name: 'a text to a person is counted without a look at what else was',
    way: 'accept, two operators at once, of which the limit a person lets one through',
    found: /^guard/,
    edits: [
      {
        file: 'messaging/conversations-store.ts',
        find: 'writer.update(reference, { ...change, operatorTexts }, { lastUpdateTime: counted.version });',
        put: 'writer.update(reference, { ...change, operatorTexts });',
      },
    ],
  },
  {
    name: 'a limit refuses what was accepted before',
    way: 'accept, again, now that a limit is reached',
    found: /^guard/,
    edits: [
      { file: 'messaging/accept-outgoing.ts', find: 'return before ?? result;', put: 'return result;' },
    ],
  },
  {
    name: 'a number is sealed anew over the one that somebody got meanwhile',
    seed: 122,
    found: /^number/,
    edits: [
      {
        file: 'people/users-store.ts',
        find: '{ phoneNumber, sealedWith: sealedWith(phoneNumber) },\n    { lastUpdateTime: read.version },',
        put: '{ phoneNumber, sealedWith: sealedWith(phoneNumber) },',
      },
    ],
  },
];
