import type { QueryDocumentSnapshot } from '@google-cloud/firestore';
import type { Documents } from './documents.ts';
import { checkLimits } from './limit-invariants.ts';
import { OSCAR, type Asked } from './operators.ts';
import type { Outside } from './outside.ts';

/** What operators were answered holds, whatever happened to the processes that answered them. */
export function checkOperators(outside: Outside, documents: Documents): void {
  const { world, operators } = outside;
  for (const { path, about, answer } of operators.asked)
    if (answer === null) world.witness.say(`stuck: ${path} of ${about} was never answered`);
  for (const { path, about, tries, requestId } of operators.asked) {
    const told = documents.audit.filter((each) => each.get('requestId') === requestId).length;
    // Each run of a rotation records what it did.
    if (told > tries) world.witness.say(`audit: ${path} of ${about} was asked for once and recorded twice`);
  }
  const of = (path: Asked['path']) => operators.asked.filter((each) => each.path === path);
  for (const asked of of('cancel')) checkWithdrawn(outside, asked, documents);
  checkEdited(outside, of('edit'), documents);
  checkResolved(outside, of('resolve'), documents);
  checkAuthors(outside, documents);
  checkLimits(outside, documents);
}

const lines = (entry: QueryDocumentSnapshot | undefined): { status: string; source: string }[] =>
  (entry?.get('history') as { status: string; source: string }[] | undefined) ?? [];

/** How often an operator had it sent again. */
export function resendsOf(entry: QueryDocumentSnapshot): number {
  return lines(entry).filter(
    ({ status, source }, index) => status === 'queued' && source === 'operator' && index > 0,
  ).length;
}

/** What an operator decided on it; null where they decided nothing. */
export function saidOf(entry: QueryDocumentSnapshot): string | null {
  const said = lines(entry).findLast(({ source, status }, index) => {
    return source === 'operator' && index > 0 && (status === 'sent' || status === 'failed');
  });
  return said?.status ?? null;
}

/** Canceled is canceled: it is on no handset. What was sent before is not canceled. */
function checkWithdrawn(
  { carrier, world }: Outside,
  { about, answer }: Asked,
  { outgoing }: Documents,
): void {
  const entry = outgoing.find(({ id }) => id === about);
  const last = lines(entry).at(-1);
  const isWithdrawn = last?.status === 'canceled' && last.source === 'operator';
  const left = carrier.messages.some(({ messageId }) => messageId === about);
  if (answer === 'canceled' && left) world.witness.say(`canceled: ${about} was, and is on the handset`);
  if (answer === 'canceled' && !isWithdrawn)
    world.witness.say(`canceled: the log does not show it for ${about}`);
  if (answer === 'left' && isWithdrawn) world.witness.say(`canceled: ${about} is, and was answered as sent`);
}

/** A message is sent with the words that were acknowledged last, and never with earlier ones. */
function checkEdited({ carrier, world }: Outside, edits: readonly Asked[], { outgoing }: Documents): void {
  const { witness } = world;
  for (const entry of outgoing)
    for (const { messageId, body } of carrier.messages)
      if (messageId === entry.id && body !== entry.get('body'))
        witness.say(`words: ${messageId} was sent with other words than the log has`);
  for (const edit of edits) {
    const { about, patch, answer, askedAt, tries } = edit;
    if (patch?.body === undefined) continue;
    const written = witness.wordsOf(about).includes(patch.body);
    if (answer === 'edited' && !written)
      witness.say(`words: those of an edit of ${about} were never written`);
    const refused = answer === 'left' || answer === 'guarded' || answer === 'not_yours';
    if (refused && tries === 1 && written) witness.say(`words: an edit of ${about} was refused and written`);
    const others = edits.filter((each) => each !== edit && each.about === about);
    const isLast = others.every(({ answeredAt }) => answeredAt < askedAt);
    if (answer === 'edited' && isLast && witness.wordsOf(about).at(-1) !== patch.body)
      witness.say(`words: the last edit of ${about} was written over`);
  }
}

/** A message keeps its author and all its wordings, and nobody but its author and admins changes or cancels it. */
function checkAuthors({ sent, operators, world }: Outside, { outgoing }: Documents): void {
  const { witness } = world;
  for (const entry of outgoing) {
    const author = sent.find(({ accepted }) => accepted === entry.id)?.by.id;
    if (author === undefined) continue;
    const { id } = entry;
    if (entry.get('operatorId') !== author) witness.say(`author: ${id} is another operator's by now`);
    const edits = entry.get('edits') as { operatorId: string; body: string | null }[];
    const earlier = edits.flatMap(({ body }) => body ?? []);
    if (JSON.stringify([...earlier, entry.get('body')]) !== JSON.stringify(witness.wordsOf(id)))
      witness.say(`author: ${id} does not keep its earlier wordings`);
    const may = (operator: string) => operator === author || operator === OSCAR.id;
    if (!edits.every(({ operatorId }) => may(operatorId)))
      witness.say(`author: ${id} was changed by somebody who may not`);
    for (const { path, about, by, answer } of operators.asked)
      if (about === id && (path === 'edit' || path === 'cancel') && !may(by) && answer !== 'not_yours')
        witness.say(`author: ${path} of ${id} by a stranger was answered ${String(answer)}`);
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
      world.witness.say(`resolved: the log does not show that ${entry.id} was to be sent again`);
  }
}

/** Every number can be opened, is the one that its hash says, and no message went to another. */
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
