import type { PlantedFault } from './planted-fault.ts';

/** Mistakes in what operators do besides sending, and in what guards it. */
export const OPERATOR_FAULTS: readonly PlantedFault[] = [
  {
    name: 'an edit is written over whatever came in between',
    way: 'edit, in the moment in which it is sent',
    found: /^(history|words|canceled)/,
    edits: [
      {
        file: 'outbox/edit-outgoing.ts',
        find: 'const entry = await readOutgoing(deps.db, messageId, transaction);',
        put: 'const entry = await readOutgoing(deps.db, messageId);',
      },
    ],
  },
  {
    name: 'an operator’s decision is done again when only its answer was lost',
    way: 'resolve, it is sent again',
    found: /^(words|audit|limit|twice|resolved|history)/,
    edits: [
      { file: 'audit/append-once.ts', find: 'passes > 1 &&', put: 'passes < 0 &&' },
      { file: 'audit/append-once.ts', find: '{ db, ids: { next: () => id } }', put: '{ db, ids }' },
    ],
  },
  {
    name: 'a canceled message is claimed all the same',
    way: 'send, it is canceled in that moment',
    found: /^(canceled|history)/,
    edits: [
      {
        file: 'outbox/send-outgoing.ts',
        find: "!== 'queued')",
        put: "!== 'queued' && delivery.status !== 'canceled')",
      },
      {
        file: 'outbox/delivery-status.ts',
        find: 'canceled: { ...NOBODY, rank: 6 },',
        put: "canceled: { ...NOBODY, rank: 6, worker: ['sending'] },",
      },
    ],
  },
  {
    name: 'a cancellation is written over whatever came in between',
    way: 'cancel, in the moment in which it is sent',
    found: /^(history|canceled)/,
    edits: [
      {
        file: 'outbox/cancel-outgoing.ts',
        find: 'const entry = await readOutgoing(deps.db, messageId, transaction);',
        put: 'const entry = await readOutgoing(deps.db, messageId);',
      },
    ],
  },
  {
    name: 'a message is counted without a look at who else counted',
    way: 'accept, two messages of one operator at once, of which the minute lets one through',
    found: /^limit/,
    edits: [
      {
        file: 'limits/send-counters-store.ts',
        find: 'else writer.update(reference, data, { lastUpdateTime: version });',
        put: 'else writer.update(reference, data);',
      },
    ],
  },
  {
    name: 'a message to a person is counted without a look at what else was',
    way: 'accept, two operators at once, of which the limit a person lets one through',
    found: /^limit/,
    edits: [
      {
        file: 'conversations/conversations-store.ts',
        find: 'writer.update(reference, { ...change, operatorTexts }, { lastUpdateTime: counted.version });',
        put: 'writer.update(reference, { ...change, operatorTexts });',
      },
    ],
  },
  {
    name: 'a limit refuses what was accepted before',
    way: 'accept, again, now that a limit is reached',
    found: /^limit/,
    edits: [{ file: 'outbox/accept-outgoing.ts', find: 'return before ?? result;', put: 'return result;' }],
  },
  {
    name: 'an edit is not charged',
    way: 'edit, to more segments',
    found: /^limit: what was charged/,
    edits: [
      {
        file: 'outbox/edit-outgoing.ts',
        find: 'if (checked.byAuthor !== null) writeCounter(transaction, db, checked.byAuthor);',
        put: '',
      },
    ],
  },
  {
    name: 'an edit is held against no limit',
    way: 'edit, to more segments than the day may cost',
    found: /^limit: more was accepted than the day may cost/,
    edits: [
      {
        file: 'limits/check-send-guards.ts',
        find: "const refusal = guardSpend(limits, spent, next.change, now);\n    if (refusal !== null) return { kind: 'refused', refusal };",
        put: 'guardSpend(limits, spent, next.change, now);',
      },
    ],
  },
  {
    name: 'anybody may change what somebody else wrote',
    way: 'edit, by a stranger',
    found: /^author/,
    edits: [
      {
        file: 'outbox/edit-outgoing.ts',
        find: "if (!mayChange(editor, entry.item)) return { kind: 'not_yours' };",
        put: '',
      },
    ],
  },
  {
    name: 'an edit puts its editor in the place of the author',
    way: 'edit, by an admin',
    found: /^author/,
    edits: [
      {
        file: 'outbox/outgoing-store.ts',
        find: 'writer.update(outgoingRef(db, id), { ...text, edits: kept, charges });',
        put: 'writer.update(outgoingRef(db, id), { ...text, edits: kept, charges, operatorId: edits.at(-1).operatorId });',
      },
    ],
  },
  {
    name: 'an earlier wording is thrown away',
    way: 'edit, the words of a scheduled message',
    found: /^author/,
    edits: [
      {
        file: 'outbox/edit-outgoing.ts',
        find: 'body: body === null ? null : item.body,',
        put: 'body: null,',
      },
    ],
  },
  {
    name: 'a cancellation gives back twice',
    way: 'cancel, a scheduled message',
    found: /^limit/,
    edits: [
      {
        file: 'outbox/record-refund.ts',
        find: 'spentMicros: Math.max(0, counter.spentMicros + refund.change * SEGMENT_MICROS),',
        put: 'spentMicros: counter.spentMicros + 2 * refund.change * SEGMENT_MICROS,',
      },
    ],
  },
  {
    name: 'what was canceled is given back again by whoever cancels again',
    way: 'cancel, of two at once',
    found: /^limit/,
    edits: [
      {
        file: 'outbox/cancel-outgoing.ts',
        find: "if (entry.delivery.status === 'canceled' && entry.delivery.attempts === 0) return 'canceled';",
        put: "if (entry.delivery.status === 'canceled' && entry.delivery.attempts === 0) {\n      await recordRefund(transaction, deps.db, { ...entry, charges: { [deps.clock.now().toISOString().slice(0, 10)]: 1 } }, deps.clock.now());\n      return 'canceled';\n    }",
      },
      {
        file: 'outbox/record-refund.ts',
        find: 'spentMicros: Math.max(0, counter.spentMicros + refund.change * SEGMENT_MICROS),',
        put: 'spentMicros: counter.spentMicros + refund.change * SEGMENT_MICROS,',
      },
    ],
  },
  {
    name: 'a canceled message gives nothing back',
    way: 'cancel, a scheduled message',
    found: /^limit/,
    edits: [
      {
        file: 'outbox/cancel-outgoing.ts',
        find: 'await recordRefund(transaction, deps.db, entry, now);',
        put: '',
      },
    ],
  },
  {
    name: 'sending again is not counted',
    way: 'resolve, it is sent again',
    found: /^limit/,
    edits: [
      {
        file: 'outbox/resolve-outgoing.ts',
        find: 'if (counted !== null) writeCounts(transaction, deps.db, again, counted.counts);',
        put: '',
      },
    ],
  },
  {
    name: 'a number is sealed anew over the one that somebody got meanwhile',
    way: 'rotate, in the moment in which somebody gets another number',
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
