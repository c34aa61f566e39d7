import type { QueryDocumentSnapshot, Timestamp } from '@google-cloud/firestore';
import { verifyAuditLog } from '../../functions/src/audit/verify.ts';
import type { Documents } from './documents.ts';
import { checkNumbers, checkOperators, resendsOf, saidOf } from './operator-invariants.ts';
import type { Outside } from './outside.ts';
import { isFinal } from './witness.ts';
import type { FaultWorld } from './world.ts';

/** Holds the database after a run against what Parley promises; each breach goes to the witness, as `kind: words`. */
export async function checkInvariants(outside: Outside): Promise<void> {
  const { db } = outside.world;
  const read = async (collection: string) => (await db.collection(collection).get()).docs;
  const [outgoing = [], incoming = [], conversations = [], audit = [], users = [], counters = []] =
    await Promise.all(
      ['outgoingMessages', 'incomingMessages', 'conversations', 'auditLog', 'users', 'sendCounters'].map(
        read,
      ),
    );
  const documents: Documents = { outgoing, incoming, conversations, audit, users, counters };
  checkAccepted(outside, documents);
  checkEntries(outside, documents);
  checkTexted(outside, documents);
  checkConversations(outside.world, documents);
  checkOperators(outside, documents);
  checkNumbers(outside, documents);
  await checkAudit(outside.world, documents);
}

const textAt = (document: QueryDocumentSnapshot, field: string): string => String(document.get(field));

/** No accepted message is lost, and nobody makes two of one request. */
function checkAccepted({ sent, world }: Outside, { outgoing, audit }: Documents): void {
  const known = new Set(outgoing.map(({ id }) => id));
  for (const { accepted, refused, key } of sent) {
    if (accepted === null && refused === null) world.witness.say(`stuck: ${key} was never answered`);
    if (accepted === null) continue;
    if (!known.has(accepted)) world.witness.say(`lost: ${accepted} was accepted and is not in the log`);
  }
  const own = outgoing.filter((each) => each.get('kind') === 'operator');
  if (own.length > sent.length) world.witness.say('doubled: one request made two entries');
  for (const { id } of own) {
    const told = audit.filter(
      (each) => each.get('action') === 'message.accepted' && each.get('target.id') === id,
    );
    if (told.length !== 1)
      world.witness.say(`audit: ${String(told.length)} entries record that ${id} was accepted`);
  }
}

/** Every entry has ended or is visible with its reason, agrees with the carrier, and was taken by it once at most. */
function checkEntries({ carrier, world }: Outside, { outgoing }: Documents): void {
  const { witness } = world;
  for (const entry of outgoing) {
    const { id } = entry;
    const status = textAt(entry, 'status');
    const taken = carrier.messages.filter(({ messageId }) => messageId === id);
    // An operator may send a message again that had arrived, and may be wrong in what they decide.
    const again = resendsOf(entry);
    const said = saidOf(entry) === status;
    if (taken.length > 1 + again)
      witness.say(`twice: ${id} reached the handset ${String(taken.length)} times`);
    const told = taken.flatMap((message) => message.told);
    const ends = told.filter((each) => isFinal(each));
    if (ends.length > 0 && !ends.includes(status) && !said && again === 0)
      witness.say(`untrue: ${id} is ${status} and the carrier reported ${String(ends)}`);
    if (status === 'failed' && taken.length > 0 && !said && again === 0)
      witness.say(`untrue: ${id} failed and is on the handset`);
    if (isFinal(status)) continue;
    if (status === 'unconfirmed') {
      if (!hasReason(entry)) witness.say(`silent: ${id} is unconfirmed without a reason`);
    } else if (status === 'accepted' || status === 'sent') {
      if (taken.length === 0 && !said) witness.say(`untrue: ${id} is ${status} and the carrier never had it`);
    } else if (!(entry.get('kind') === 'auto_reply' && told.length === 0)) {
      witness.say(`stuck: ${id} stays ${status}`);
    }
  }
  checkDelivered(carrier, world, outgoing);
}

/** What is recorded as arrived did: each of the carrier's messages belongs to one entry. */
function checkDelivered(
  carrier: Outside['carrier'],
  { witness }: FaultWorld,
  outgoing: Documents['outgoing'],
): void {
  for (const entry of outgoing) {
    const providerId: unknown = entry.get('providerId');
    if (providerId === null) continue;
    const followed = carrier.messages.find(({ sid }) => sid === providerId);
    if (followed?.messageId !== entry.id)
      witness.say(`untrue: ${entry.id} follows a message that belongs to another entry`);
  }
}

function hasReason(entry: QueryDocumentSnapshot): boolean {
  const history: unknown = entry.get('history');
  const last: unknown = Array.isArray(history) ? history.at(-1) : null;
  return (
    typeof last === 'object' &&
    last !== null &&
    'note' in last &&
    typeof last.note === 'string' &&
    /\S/.test(last.note)
  );
}

/** What the carrier was thanked for is in the log, once, and every delivery of it was answered the same. */
function checkTexted({ texted, carrier, world }: Outside, { incoming, outgoing }: Documents): void {
  const { witness } = world;
  for (const { sid, answers, body, givenUp } of texted) {
    const entry = incoming.find(({ id }) => id === sid);
    if (answers.length === 0) {
      if (!givenUp) witness.say(`stuck: the text ${sid} was never answered`);
      continue;
    }
    if (entry === undefined) {
      witness.say(`lost: the text ${sid} was acknowledged and is not in the log`);
      continue;
    }
    if (new Set(answers).size > 1) witness.say(`unlike: the text ${sid} was answered in two ways`);
    if (textAt(entry, 'body') !== body) witness.say(`untrue: the text ${sid} is in the log with other words`);
    const answered = answers[0]?.includes('<Message') ?? false;
    if (answered !== entry.get('responded')) witness.say(`untrue: the log has another answer to ${sid}`);
  }
  for (const entry of incoming) {
    const responseId: unknown = entry.get('responseId');
    if (typeof responseId !== 'string') continue;
    if (!outgoing.some(({ id }) => id === responseId))
      witness.say(`lost: the reply to ${entry.id} is not in the log`);
  }
  const replies = carrier.messages.filter(({ messageId }) => messageId.startsWith('r_'));
  for (const { messageId } of replies)
    if (!outgoing.some(({ id }) => id === messageId))
      witness.say(`lost: ${messageId} was sent and is not in the log`);
}

/** The conversation agrees with the log, in the order in which the server took its entries. */
function checkConversations({ witness }: FaultWorld, { conversations, incoming }: Documents): void {
  for (const conversation of conversations) {
    const told = witness.told(conversation.id);
    const say = (what: string) => witness.say(`conversation: ${what} is not as in the log`);
    for (const [field, value] of Object.entries(told ?? {}))
      if (conversation.get(field) !== value) say(field);
    const own = incoming.filter((each) => each.get('userId') === conversation.id);
    // The loop guard forgets what is older than an hour.
    if (spanOf(own) > 50 * 60_000) continue;
    const replied = own.filter((each) => each.get('responded') === true).length;
    const counted: unknown = conversation.get('autoReplies');
    if (!Array.isArray(counted) || counted.length !== replied) say('the number of automatic replies');
  }
}

/** Milliseconds between the first and the last of some messages, by the clocks that received them. */
function spanOf(entries: readonly QueryDocumentSnapshot[]): number {
  const times = entries.map((each) => (each.get('receivedAt') as Timestamp).toMillis());
  return times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
}

async function checkAudit({ db, deps, witness }: FaultWorld, { audit }: Documents): Promise<void> {
  const report = await verifyAuditLog({ db, config: deps.config }, [], (fault) =>
    witness.say(`audit: ${fault.kind}`),
  );
  if (report.entries + report.unsealed !== audit.length) witness.say('audit: the seals do not cover the log');
}
