import { Timestamp } from '@google-cloud/firestore';
import { appendAudit, type AuditContext } from '../../src/audit/append.ts';
import { relabelConversation } from '../../src/conversations/conversations-store.ts';
import {
  hasOlderTraces,
  holdsOfAll,
  moveTraces,
  ownersOf,
  readTraces,
  type NumberTraces,
} from '../../src/people/number-traces-store.ts';
import { claimPhoneKey } from '../../src/people/phone-keys-store.ts';
import { parsePhoneNumber } from '../../src/people/phone-number.ts';
import { numberFields } from '../../src/people/register-person.ts';
import { completeUser, readUsers, updateUser, type ReadUser } from '../../src/people/users-store.ts';
import { dialledForm } from '../../src/platform/canonical-address.ts';
import { isAlreadyExists, isConflict } from '../../src/platform/errors.ts';
import type { PhoneVault } from '../../src/platform/phone-vault.ts';
import { retrying } from '../../src/platform/retry.ts';
import { eachDocument, type Migration, type MigrationContext } from './migration.ts';

const TRIES = 10;

/**
 * Every form of a number leads to one person (PRIV-2). What lies under the hash of an older form is filed under that of
 * the number: the person, an opt-out or a suppression (an opt-out of one form is an opt-out of the number), the history
 * of consent and flagged messages. The log never changes: what unknown senders wrote is searched for under every form.
 *
 * Two people who turn out to have one number are both kept. The active one, and of two active ones the one whose
 * conversation is newer, has the number; the other becomes inactive, since nobody could say for whom a message is, and a
 * STOP must hold. An operator gives them another number, or this one when it is free.
 *
 * A number that is sealed in a form that is not dialled any more is sealed anew in the one that is.
 *
 * Numbers of strangers are not known, so what lies under their older forms stays until they are registered.
 */
export const oneNumber: Migration = {
  id: 'one-number',
  title: 'Every form of a number leads to the same person',
  async run(context, audit) {
    const done = { examined: 0, changed: 0, notes: new Array<string>() };
    for await (const user of eachDocument(context.db.collection('users').select('phoneNumber', 'phoneKey'))) {
      done.examined += 1;
      const hashes = hashesOf(context.vault, user.id, String(user.get('phoneNumber')));
      if (hashes === null) done.notes.push(`${user.id} has a number that no key opens: left as it is.`);
      else if (hashes.length > 1 || user.get('phoneKey') !== hashes[0]) {
        const result = await retrying(TRIES, lostRace, () => gather(context, audit, user.id, hashes));
        done.changed += result.changed;
        done.notes.push(...result.notes);
      }
    }
    return { ...done, notes: [...new Set(done.notes)] };
  },
};

const lostRace = (error: unknown) => isConflict(error) || isAlreadyExists(error);

function hashesOf(vault: PhoneVault, userId: string, sealed: string): [string, ...string[]] | null {
  try {
    return vault.hashes(vault.decrypt(userId, sealed));
  } catch {
    // Its key has left the ring, or it was damaged: the integrity check says so too.
    return null;
  }
}

/** What changes of somebody whose number is sealed in a form that is not dialled any more; null for everybody else. */
function dialledToday(
  vault: PhoneVault,
  { id, phoneNumber }: ReadUser,
): ReturnType<typeof numberFields> | null {
  try {
    const number = vault.decrypt(id, phoneNumber);
    const parsed = dialledForm(number) === number ? null : parsePhoneNumber(number, '');
    return parsed?.ok === true ? numberFields(vault, id, parsed) : null;
  } catch {
    return null;
  }
}

async function gather(
  context: MigrationContext,
  audit: AuditContext,
  userId: string,
  hashes: [string, ...string[]],
): Promise<{ changed: number; notes: string[] }> {
  const { db, dryRun, now } = context;
  const traces = await readTraces(db, hashes);
  const people = [...(await readUsers(db, [userId, ...ownersOf(traces)])).values()];
  const renewed = new Map(people.map((user) => [user.id, dialledToday(context.vault, user)]));
  const isDialled = (user: ReadUser) => renewed.get(user.id) === null;
  const settled = people.every(isDialled) ? settledOwner(traces, people) : null;
  const [owner, ...others] = await byClaim(context, people, hashes, settled);
  if (owner === undefined) return { changed: 0, notes: [] };
  const notes = others.map(
    ({ id }) => `${owner.id} and ${id} have one number: ${owner.id} keeps it, ${id} is inactive.`,
  );
  if (settled !== null) return { changed: 0, notes };
  if (dryRun) return { changed: 1, notes };
  const batch = db.batch();
  const to = { userId: owner.id, active: owner.status === 'active' };
  claimPhoneKey(batch, db, traces.hash, traces.known, { ...to, ...holdsOfAll(traces) });
  moveTraces(batch, db, traces, now);
  for (const user of [owner, ...others]) {
    const status = user === owner ? user.status : 'inactive';
    const { version: _version, ...kept } = user;
    const after = completeUser({ ...kept, ...renewed.get(user.id), phoneKey: traces.hash, status });
    updateUser(batch, db, user, after);
    if (after.label !== user.label) relabelConversation(batch, db, user.id, after.label);
    if (status === user.status) continue;
    appendAudit(batch, context, audit, {
      action: 'person.changed',
      target: { kind: 'person', id: user.id },
      before: { status: user.status },
      after: { fields: ['status'], status, sharesNumberWith: owner.id },
    });
  }
  await batch.commit();
  return { changed: 1, notes };
}

/** Who has the number, then those who do not. Only people who are filed under it in some form count. */
async function byClaim(
  { db }: MigrationContext,
  people: readonly ReadUser[],
  hashes: readonly string[],
  settled: string | null,
): Promise<ReadUser[]> {
  const filed = people.filter(({ phoneKey }) => hashes.includes(phoneKey));
  const newest = new Map<string, number>();
  for (const { id } of filed) {
    const lastAt: unknown = (await db.collection('conversations').doc(id).get()).get('lastAt');
    newest.set(id, lastAt instanceof Timestamp ? lastAt.toMillis() : 0);
  }
  const weight = ({ id, status }: ReadUser): [number, number] =>
    id === settled ? [2, 0] : [status === 'active' ? 1 : 0, newest.get(id) ?? 0];
  return filed.toSorted((a, b) => {
    const [activeA, lastA] = weight(a);
    const [activeB, lastB] = weight(b);
    return activeB - activeA || lastB - lastA || a.createdAt.getTime() - b.createdAt.getTime();
  });
}

/** Who has the number where there is nothing left to do; else null. */
function settledOwner(traces: NumberTraces, people: readonly ReadUser[]): string | null {
  const owner = people.find(({ id }) => id === traces.known?.userId);
  if (owner === undefined || hasOlderTraces(traces)) return null;
  const done = people.every(
    (user) => user.phoneKey === traces.hash && (user === owner || user.status === 'inactive'),
  );
  return done ? owner.id : null;
}
