import type { QueryDocumentSnapshot, Timestamp } from '@google-cloud/firestore';
import { SEGMENT_MICROS } from '../../functions/src/messaging/send-guards.ts';
import type { Documents } from './invariants.ts';
import type { Asked } from './operators.ts';
import type { Outside } from './outside.ts';

/** What operators were told holds, whatever became of the processes that told them. */
export function checkOperators(outside: Outside, documents: Documents): void {
  const { world, operators } = outside;
  for (const { path, about, answer } of operators.asked)
    if (answer === null) world.witness.say(`stuck: ${path} of ${about} was never answered`);
  for (const { path, about, tries, requestId } of operators.asked) {
    const told = documents.audit.filter((each) => each.get('requestId') === requestId).length;
    // Of a rotation only what it did is told, by each run of it.
    if (told > tries) world.witness.say(`audit: ${path} of ${about} was asked for once and told twice`);
  }
  const of = (path: Asked['path']) => operators.asked.filter((each) => each.path === path);
  for (const asked of of('cancel')) checkWithdrawn(outside, asked, documents);
  checkEdited(outside, of('edit'), documents);
  checkResolved(outside, of('resolve'), documents);
  checkGuards(outside, documents);
}

const lines = (entry: QueryDocumentSnapshot | undefined): { status: string; source: string }[] =>
  (entry?.get('history') as { status: string; source: string }[] | undefined) ?? [];

/** How often an operator had it sent again. */
export function resendsOf(entry: QueryDocumentSnapshot): number {
  return lines(entry).filter(
    ({ status, source }, index) => status === 'queued' && source === 'operator' && index > 0,
  ).length;
}

/** What an operator said became of it; null where they said nothing. */
export function saidOf(entry: QueryDocumentSnapshot): string | null {
  const said = lines(entry).findLast(({ source, status }, index) => {
    return source === 'operator' && index > 0 && (status === 'sent' || status === 'failed');
  });
  return said?.status ?? null;
}

/** Withdrawn is withdrawn: it is on no handset. What had left is not withdrawn. */
function checkWithdrawn(
  { carrier, world }: Outside,
  { about, answer }: Asked,
  { outgoing }: Documents,
): void {
  const entry = outgoing.find(({ id }) => id === about);
  const last = lines(entry).at(-1);
  const isWithdrawn = last?.status === 'canceled' && last.source === 'operator';
  const left = carrier.messages.some(({ messageId }) => messageId === about);
  if (answer === 'canceled' && left) world.witness.say(`withdrawn: ${about} was, and is on the handset`);
  if (answer === 'canceled' && !isWithdrawn)
    world.witness.say(`withdrawn: the log does not say it of ${about}`);
  if (answer === 'left' && isWithdrawn)
    world.witness.say(`withdrawn: ${about} is, and was said to have left`);
}

/** A text leaves with the words that were acknowledged last, and never with those of before. */
function checkEdited({ carrier, world }: Outside, edits: readonly Asked[], { outgoing }: Documents): void {
  const { witness } = world;
  for (const entry of outgoing)
    for (const { messageId, body } of carrier.messages)
      if (messageId === entry.id && body !== entry.get('body'))
        witness.say(`words: ${messageId} left with other words than the log has`);
  for (const edit of edits) {
    const { about, patch, answer, askedAt, tries } = edit;
    if (patch?.body === undefined) continue;
    const written = witness.wordsOf(about).includes(patch.body);
    if (answer === 'edited' && !written)
      witness.say(`words: those of an edit of ${about} were never written`);
    if (answer === 'left' && tries === 1 && written)
      witness.say(`words: an edit of ${about} was refused and written`);
    const others = edits.filter((each) => each !== edit && each.about === about);
    const isLast = others.every(({ answeredAt }) => answeredAt < askedAt);
    if (answer === 'edited' && isLast && witness.wordsOf(about).at(-1) !== patch.body)
      witness.say(`words: the last edit of ${about} was written over`);
  }
}

/** One choice is carried out once. */
function checkResolved({ world }: Outside, resolves: readonly Asked[], { outgoing }: Documents): void {
  for (const entry of outgoing) {
    const own = resolves.filter(({ about }) => about === entry.id);
    const said = own.filter(({ as }) => as === 'resend');
    const most = said.filter(({ answer, tries }) => answer === 'resolved' || tries > 1).length;
    if (resendsOf(entry) > most) world.witness.say(`resolved: ${entry.id} was sent again unasked`);
    if (resendsOf(entry) < said.filter(({ answer }) => answer === 'resolved').length)
      world.witness.say(`resolved: the log does not say that ${entry.id} was to be sent again`);
  }
}

const GUARDS = new Set(['PERSON_RATE_LIMITED', 'OPERATOR_RATE_LIMITED', 'SPEND_LIMIT_REACHED']);

/** What a limit refused is on record and on no handset, what was accepted stays so, and everything accepted is counted. */
function checkGuards({ sent, world }: Outside, documents: Documents): void {
  const { outgoing, audit, counters } = documents;
  const { witness, limits } = world;
  for (const { key, accepted, refused, takenBack } of sent) {
    if (takenBack) witness.say(`guard: ${key} was accepted, and refused when it was asked again`);
    if (refused === null || !GUARDS.has(refused)) continue;
    const own = (each: QueryDocumentSnapshot) => each.get('requestId') === `request-${key}`;
    if (!audit.some((each) => own(each) && each.get('action') === 'message.refused'))
      witness.say(`guard: that ${key} was refused is not in the audit log`);
    if (accepted === null && outgoing.some(own)) witness.say(`guard: ${key} was refused and is in the log`);
  }
  if (limits === null || Object.values(limits).every((limit) => limit === null)) return;
  const told = audit.filter((each) => each.get('action') === 'message.accepted');
  const segments = told.reduce((sum, each) => sum + Number(each.get('after.segments')), 0);
  const counted = counters.reduce((sum, each) => sum + Number(each.get('spentMicros')), 0);
  if (counted !== segments * SEGMENT_MICROS) witness.say('guard: the counters do not say what was accepted');
  checkCounted(world, documents);
  checkRates(world, outgoing);
}

/** A person's conversation counts what was accepted for them within the hour. */
function checkCounted({ witness, limits }: Outside['world'], { outgoing, conversations }: Documents): void {
  if (limits === null || limits.personPerHour === null) return;
  for (const conversation of conversations) {
    const times = outgoing
      .filter((each) => each.get('kind') === 'operator' && each.get('userId') === conversation.id)
      .map((each) => (each.get('queuedAt') as Timestamp).toMillis());
    // What is older than an hour is forgotten.
    if (Math.max(...times) - Math.min(...times) > 50 * 60_000) continue;
    const counted: unknown = conversation.get('operatorTexts');
    if (!Array.isArray(counted) || counted.length !== times.length)
      witness.say('guard: a conversation does not count what was accepted');
  }
}

/** Where the day's spend is limited one operator sends, so that nothing passes a limit unseen; unless clocks differ. */
function checkRates({ witness, limits, stage }: Outside['world'], outgoing: Documents['outgoing']): void {
  if (limits === null || stage.past.some(({ skew }) => skew !== 0)) return;
  const own = outgoing.filter((each) => each.get('kind') === 'operator');
  const most = (times: readonly number[], span: number) =>
    Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at - from < span).length));
  const timesOf = (some: typeof own) => some.map((each) => (each.get('queuedAt') as Timestamp).toMillis());
  if (limits.operatorPerMinute !== null && most(timesOf(own), 60_000) > limits.operatorPerMinute)
    witness.say('guard: more was accepted in a minute than the limit lets through');
  for (const some of Map.groupBy(own, (each) => String(each.get('userId'))).values())
    if (limits.personPerHour !== null && most(timesOf(some), 3_600_000) > limits.personPerHour)
      witness.say('guard: more was accepted for one person than the limit lets through');
  const spent = own.length * SEGMENT_MICROS;
  if (limits.dailySpend !== null && spent > limits.dailySpend * 1_000_000)
    witness.say('guard: more was accepted than the day may cost');
}

/** Every number can be opened, is the one that its hash says, and no text went to another. */
export function checkNumbers({ carrier, world, operators }: Outside, { users }: Documents): void {
  const { witness, deps } = world;
  for (const { messageId, to, isReply } of carrier.messages)
    if (!isReply && !witness.claimsOf(messageId).includes(deps.vault.hash(to)))
      witness.say(`number: ${messageId} went to a number that its person did not have`);
  for (const user of users) {
    const sealed = String(user.get('phoneNumber'));
    try {
      const number = deps.vault.decrypt(user.id, sealed);
      if (deps.vault.hash(number) !== user.get('phoneKey'))
        witness.say('number: what is sealed is not what the hash is of');
    } catch {
      witness.say('number: one cannot be opened any more');
    }
    if (operators.rotated && !(sealed.startsWith('new.') && user.get('sealedWith') === 'new'))
      witness.say('number: the rotation has ended and one has its old seal');
  }
}
