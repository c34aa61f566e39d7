import { OPERATOR_FAULTS } from './operator-faults.ts';
import type { PlantedFault } from './planted-fault.ts';

export const PLANTED: readonly PlantedFault[] = [
  {
    name: 'a message is sent again after a timeout',
    seed: 35,
    found: /^twice/,
    edits: [
      {
        file: 'outbox/record-outcome.ts',
        find: "return { type: 'lost', attempt, reason: outcome.reason };",
        put: "return { type: 'postponed', attempt, errorCode: null, reason: outcome.reason };",
      },
    ],
  },
  {
    name: 'the rank of a state is not checked',
    seed: 8,
    found: /^(history|untrue)/,
    edits: [
      {
        file: 'outbox/delivery-status.ts',
        find: 'return STATES[from][mover].includes(to);',
        put: "return STATES[from][mover].includes(to) || mover === 'carrier';",
      },
    ],
  },
  {
    name: 'the lease is not checked',
    seed: 53,
    found: /^twice/,
    edits: [
      {
        file: 'outbox/delivery-status.ts',
        find: "return delivery.status === 'sending' && delivery.lease !== null && delivery.lease.until > now;",
        put: 'return now.getTime() < 0;',
      },
      {
        file: 'outbox/send-outgoing.ts',
        find: "!== 'queued')",
        put: "!== 'queued' && delivery.status !== 'sending')",
      },
      // The table of states alone would stop it, too.
      {
        file: 'outbox/delivery-status.ts',
        find: "worker: ['queued', 'unconfirmed', 'accepted', 'failed'],",
        put: "worker: ['queued', 'sending', 'unconfirmed', 'accepted', 'failed'],",
      },
    ],
  },
  {
    name: 'an outgoing entry is set and not created',
    seed: 9,
    found: /^(twice|history|audit)/,
    edits: [
      {
        file: 'outbox/outgoing-store.ts',
        find: 'writer.create(outgoingRef(db, id), {',
        put: 'writer.set(outgoingRef(db, id), {',
      },
    ],
  },
  {
    name: 'an incoming entry is set and not created',
    seed: 1,
    found: /^(conversation|history|unlike|twice|untrue)/,
    edits: [
      {
        file: 'inbound/incoming-store.ts',
        find: 'writer.create(incomingRef(db, sid), {',
        put: 'writer.set(incomingRef(db, sid), {',
      },
      {
        file: 'outbox/outgoing-store.ts',
        find: 'writer.create(outgoingRef(db, id), {',
        put: 'writer.set(outgoingRef(db, id), {',
      },
    ],
  },
  {
    name: 'consent is read when a message is accepted, and not when it is sent',
    seed: 1,
    found: /^consent/,
    edits: [
      {
        file: 'outbox/send-outgoing.ts',
        find: 'return untextable === null ?',
        put: "return untextable !== 'inactive' ?",
      },
    ],
  },
  {
    name: 'an entry whose worker died is queued again',
    seed: 4,
    found: /^(twice|untrue)/,
    edits: [
      {
        file: 'outbox/move-delivery.ts',
        find: "return move(delivery, 'unconfirmed', 'worker', change, now, { note });",
        put: "return move(delivery, lookIn === 0 ? 'queued' : 'unconfirmed', 'worker', change, now, { note });",
      },
    ],
  },
  {
    name: 'a report is written over whatever came in between',
    seed: 8,
    found: /^(history|untrue)/,
    edits: [
      {
        file: 'outbox/record-status.ts',
        find: 'writeDelivery(batch, deps.db, entry, move.next, entry.version);',
        put: 'writeDelivery(batch, deps.db, entry, move.next);',
      },
    ],
  },
  {
    name: 'a message is accepted before it is kept',
    seed: 2,
    found: /^(lost|stuck)/,
    edits: [
      {
        file: 'outbox/accept-outgoing.ts',
        find: 'await keep(deps, entry, userId, state.counts, context);',
        put: 'void keep(deps, entry, userId, state.counts, context).catch(() => null);',
      },
    ],
  },
  {
    name: 'a message that comes again is answered with silence',
    seed: 18,
    found: /^unlike/,
    edits: [
      {
        file: 'inbound/receive-inbound.ts',
        find: 'const reply = entry.responseId === null || text === null ? null :',
        put: 'const reply = entry.responseId !== null || text === null ? null :',
      },
    ],
  },
  {
    name: 'a conversation is written without a look at who else wrote',
    seed: 120,
    found: /^(conversation|consent)/,
    edits: [
      {
        file: 'conversations/conversations-store.ts',
        find: 'writer.update(conversationRef(db, userId), change, { lastUpdateTime: read.version });',
        put: 'writer.update(conversationRef(db, userId), change);',
      },
    ],
  },
  {
    name: 'the sweep notes a lost task and makes no new one',
    seed: 19,
    found: /^stuck/,
    edits: [
      {
        file: 'outbox/sweep-queued.ts',
        find: '  // Before it is noted: should the queue be down, the next sweep finds it again.\n  await deps.tasks.enqueue(sendTask(entry));',
        put: '',
      },
    ],
  },
  {
    name: 'only the newest key opens numbers',
    seed: 30,
    found: /^stuck/,
    edits: [
      {
        file: 'platform/phone-vault.ts',
        find: 'const key = ring().find((candidate) => candidate.id === keyId);',
        put: 'const key = ring()[0].id === keyId ? ring()[0] : undefined;',
      },
    ],
  },
  {
    name: 'a number is written into the log, and nothing takes it out',
    seed: 3,
    found: /^leak/,
    edits: [
      {
        file: 'outbox/send-outgoing.ts',
        find: "log.info('send.answered', {",
        put: "log.info('send.answered', { to: claim.to,",
      },
      { file: 'platform/log.ts', find: "kept ?? '[number]'", put: 'kept ?? _found' },
    ],
  },
  {
    name: 'an opt-out is noted in the log and nowhere else',
    seed: 1,
    found: /^consent/,
    edits: [
      {
        file: 'inbound/receive-inbound.ts',
        find: 'if (!changesConsent(keyword)) return;',
        put: "if (keyword !== 'start') return;",
      },
    ],
  },
  {
    name: "part of the carrier's list is taken for the whole",
    way: "due-work, unconfirmed, and the carrier's list does not end",
    found: /^twice/,
    edits: [
      {
        file: 'outbox/lookup-decision.ts',
        find: "if (!looked.complete) return { type: 'unclear', reason: 'not_answered' };",
        put: '',
      },
    ],
  },
  {
    name: 'of two lost messages with the same words, one is given what may be the other',
    way: 'due-work, two lost messages with the same words, and the carrier has one',
    found: /^untrue/,
    edits: [
      {
        file: 'outbox/lookup-decision.ts',
        find: 'if (match !== undefined && matches.length === 1 && looked.rivals === 0) {',
        put: 'if (match !== undefined) {',
      },
    ],
  },
  ...OPERATOR_FAULTS,
];
