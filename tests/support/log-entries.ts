import { createIncoming } from '../../functions/src/inbound/incoming-store.ts';
import { createEntry } from '../../functions/src/outbox/outgoing-store.ts';
import type { MessagingWorld } from './messaging-world.ts';

/** The nth minute of November 2026. */
export const minute = (count: number) => new Date(Date.parse('2026-11-01T00:00:00.000Z') + count * 60_000);
export const people = ['Cleo', 'Ada', 'Bob'];
export const operators = ['Otto', 'Olive'];

/** Outgoing texts `out-000` to `out-029`, a minute apart, to three people in turn, by two operators in turn. */
export async function fillOutgoing(world: MessagingWorld, ada: string, count: number): Promise<void> {
  const batch = world.db.batch();
  for (let index = 0; index < count; index += 1) {
    const person = people[index % 3] ?? '';
    const id = `out-${String(index).padStart(3, '0')}`;
    createEntry(batch, world.db, {
      id,
      queuedAt: minute(index),
      to: { kind: 'person', userId: person === 'Ada' ? ada : person, label: person },
      body: `Parcel ${String(index)} is ${index % 2 === 0 ? 'ready' : 'delayed until tomorrow'}`,
      origin: { kind: 'operator', id: `op_${operators[index % 2] ?? ''}`, label: operators[index % 2] ?? '' },
      requestHash: 'h',
      requestId: 'r',
    });
    if (index % 10 === 0) batch.update(world.db.doc(`outgoingMessages/${id}`), { status: 'delivered' });
  }
  await batch.commit();
}

/**
 * Incoming texts `SM000000` on, a minute apart: of any four the last is of an unknown sender, by turns of Ada's number
 * (from before she was registered) and of nobody's.
 */
export async function fillIncoming(
  world: MessagingWorld,
  ada: string,
  from: number,
  to: number,
): Promise<void> {
  for (let start = from; start < to; start += 400) {
    const batch = world.db.batch();
    for (let index = start; index < Math.min(start + 400, to); index += 1) {
      const known = index % 4 !== 3;
      const person = people[index % 3] ?? '';
      createIncoming(batch, world.db, {
        sid: `SM${String(index).padStart(6, '0')}`,
        receivedAt: minute(index),
        userId: known ? (person === 'Ada' ? ada : person) : null,
        senderHash: known ? null : world.deps.vault.hash(index % 8 === 3 ? '+12025550143' : '+12025550199'),
        sender: known ? person : 'Unknown · abcdef',
        body: `Text ${String(index)} ${index % 5 === 0 ? 'question about delivery' : 'thanks'}`,
        status: known ? 'registered' : 'unknown',
        responded: known,
        responseReason: known ? 'acknowledged' : 'unknown_sender',
        responseId: null,
        keyword: null,
        segments: 1,
        media: [],
        requestId: 'r',
      });
    }
    await batch.commit();
  }
}
