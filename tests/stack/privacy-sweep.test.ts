import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectionReference } from '@google-cloud/firestore';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PEOPLE } from '../../functions/cli/seed/people.ts';
import { signIn } from '../support/api-client.ts';
import { textFromHandset } from '../support/console-page.ts';
import { runDueWork, sharedDatabase, stack } from '../support/stack.ts';
import { pollUntil } from '../support/poll-until.ts';

const db = sharedDatabase();
const NEW_PERSON = '+12025550177';
const STRANGER = '+12025550178';
const RENUMBERED = '+12025550179';
/** The carrier quotes the number in its error, as Twilio does. */
const REFUSED = '+15005550009';
const NUMBERS = [
  NEW_PERSON,
  STRANGER,
  RENUMBERED,
  REFUSED,
  ...DEMO_PEOPLE.map((person) => person.phoneNumber),
];

/** How a number could show through: as it is, without its plus, in national form, percent-encoded, or as a bare hash. */
function traces(number: string): string[] {
  const digits = number.slice(1);
  const national = digits.slice(1);
  const [area, exchange, line] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
  const hashes = [number, digits, national].flatMap((text) =>
    (['hex', 'base64', 'base64url'] as const).map((encoding) =>
      createHash('sha256').update(text).digest(encoding),
    ),
  );
  return [
    national,
    `(${area}) ${exchange}-${line}`,
    `${area}-${exchange}-${line}`,
    `${area} ${exchange} ${line}`,
    ...hashes,
  ];
}

const TRACES = NUMBERS.flatMap(traces);
const leaksIn = (text: string) => TRACES.filter((trace) => text.includes(trace));

async function everyDocument(
  collections: CollectionReference[],
  seen: (path: string, data: unknown) => void,
): Promise<void> {
  for (const collection of collections) {
    for (const document of (await collection.get()).docs) {
      seen(document.ref.path, document.data());
      await everyDocument(await document.ref.listCollections(), seen);
    }
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Everything that an operator and a person do with a number, once. */
beforeAll(async () => {
  const owner = await signIn('owner@example.com');
  const send = (userId: string, body: string) =>
    owner.call('POST', '/messages', {
      body: { userId, body },
      headers: { 'idempotency-key': `sweep-${body.length}-${userId}` },
    });
  const add = async (phoneNumber: string) => {
    const { body } = await owner.call('POST', '/people', { body: { phoneNumber, lastName: 'Sweep' } });
    return (body as { id: string }).id;
  };
  const person = await add(NEW_PERSON);
  const refused = await add(REFUSED);
  await owner.call('POST', '/people', { body: { phoneNumber: NEW_PERSON } });
  await owner.call('POST', '/people', { body: { phoneNumber: '+1 202 555 01x7' } });
  await textFromHandset(NEW_PERSON, 'Hello from a new person');
  await textFromHandset(STRANGER, 'Hello from a stranger');
  await textFromHandset(STRANGER, 'STOP');
  const sent = [await send(person, 'Delivered'), await send(refused, 'Not mobile')];
  await owner.call('POST', '/people/search', { body: { phoneNumber: NEW_PERSON } });
  await owner.call('POST', '/messages/search', { body: { in: 'incoming', phoneNumber: STRANGER } });
  await owner.call('POST', `/people/${person}/reveal`, { body: { reason: 'To sweep for leaks' } });
  const settled = async (answer: { body: unknown }) => {
    const { messageId } = answer.body as { messageId: string };
    const { body } = await owner.call('GET', `/messages/outgoing/${messageId}`);
    return ['delivered', 'failed'].includes((body as { status: string }).status);
  };
  for (const answer of sent)
    await pollUntil(() => settled(answer), { within: 30_000, what: 'the sends to settle' });
  await owner.call('PATCH', `/people/${person}`, { body: { phoneNumber: RENUMBERED } });
  // Straight to the functions: the emulated Hosting writes every path into a log of its own.
  for (const path of [STRANGER, encodeURIComponent(STRANGER), '1-202-555-0178', 'status/12025550178'])
    await fetch(`${stack().settings.WEBHOOK_URL}/${path}`, { method: 'POST', body: path });
  await runDueWork();
});

afterAll(() => db.terminate());

describe('PRIV-6: no phone number outside its one place', () => {
  test('PRIV-6: the sweep would find each number, and each trace of it', () => {
    const found = NUMBERS.filter((number) => leaksIn(`{"to":"${number}"}`).length > 0);
    expect(found).toEqual(NUMBERS);
    expect(leaksIn(createHash('sha256').update(STRANGER).digest('hex'))).toHaveLength(1);
  });

  test('PRIV-1: no document of any collection holds a number', async () => {
    const leaks: string[] = [];
    const collections = new Set<string>();
    await everyDocument(await db.listCollections(), (path, data) => {
      collections.add(path.split('/')[0] ?? '');
      if (leaksIn(`${path} ${JSON.stringify(data)}`).length > 0) leaks.push(path);
    });
    expect(leaks).toEqual([]);
    expect([...collections]).toEqual(
      expect.arrayContaining([
        'auditLog',
        'conversations',
        'incomingMessages',
        'operators',
        'outgoingMessages',
        'phoneKeys',
        'sessions',
        'users',
      ]),
    );
  });

  test('PRIV-1: the one place holds only ciphertext', async () => {
    const users = await db.collection('users').get();
    expect(users.size).toBeGreaterThan(12);
    const plain = users.docs.filter(
      (user) => !/^[A-Za-z0-9-]{1,16}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/.test(String(user.get('phoneNumber'))),
    );
    expect(plain.map((user) => user.id)).toEqual([]);
  });

  test('OPS-3: no log line of the functions, the emulators or the queue holds a number, also not one that was in a path', () => {
    // The carrier stands for Twilio, which knows the numbers; its log is not ours. The emulators' own debug log repeats
    // every write, the carrier's webhooks among them, before Parley has seen them.
    const files = filesBelow(stack().logsDirectory).filter(
      (file) => !/carrier\.log$|-debug\.log$/.test(file),
    );
    expect(files.some((file) => file.endsWith('emulators.log'))).toBe(true);
    const leaks = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => leaksIn(line).length > 0)
        .map((line) => `${file}: ${line}`),
    );
    expect(leaks).toEqual([]);
  });
});
