import { beforeEach, describe, expect, test } from 'vitest';
import type { InvitedOperator, Operator as OperatorItem } from '../../functions/src/contract/team.ts';
import type { Operator } from '../../functions/src/team/operator.ts';
import { startApi, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';

let parley: TestApi;
let olga: Operator;
let owner: string;

beforeEach(async () => {
  parley = startApi(freshDatabase().db);
  olga = await parley.addOperator('Olga', 'owner');
  owner = await parley.signIn('olga@example.com');
});

const invite = (cookie: string, email: string, role: string) =>
  parley.call('POST', '/operators', { cookie, body: { email, name: 'Nadia Neu', role } });
const join = (token: string, password = 'a password of hers') =>
  parley.call('POST', '/operators/invitation', { body: { token, password } });
const patch = (cookie: string, id: string, body: object) =>
  parley.call('PATCH', `/operators/${id}`, { cookie, body });
const signIn = (email: string, password: string) =>
  parley.call('POST', '/session', { body: { email, password } });

describe('an invitation', () => {
  test('OP-7: is shown once, kept as a hash, and lets its operator join once', async () => {
    const answer = await invite(owner, 'Nadia@Example.com', 'operator');
    expect(answer.status).toBe(201);
    const { operator, invitation, expiresAt } = answer.body as InvitedOperator;
    expect(operator).toMatchObject({
      email: 'nadia@example.com',
      name: 'Nadia Neu',
      role: 'operator',
      status: 'invited',
      lastSignInAt: null,
    });
    expect(Buffer.from(invitation, 'base64url')).toHaveLength(32);
    expect(expiresAt).toBe('2026-03-09T09:00:00.000Z');
    const stored = JSON.stringify((await parley.deps.db.doc(`operators/${operator.id}`).get()).data());
    expect(stored).not.toContain(invitation);

    expect(await join(invitation)).toMatchObject({ status: 200, body: { email: 'nadia@example.com' } });
    expect(await join(invitation)).toMatchObject({ status: 410, body: { errorCode: 'INVITATION_INVALID' } });
    expect(await signIn('nadia@example.com', 'a password of hers')).toMatchObject({
      status: 201,
      body: { operator: { role: 'operator' } },
    });
  });

  test('OP-7: lives a week to the second', async () => {
    const { invitation } = (await invite(owner, 'nadia@example.com', 'viewer')).body as InvitedOperator;
    parley.clock.set(new Date('2026-03-09T09:00:00.000Z'));
    expect((await join(invitation)).status).toBe(410);
    parley.clock.set(new Date('2026-03-09T08:59:59.999Z'));
    expect((await join(invitation)).status).toBe(200);
  });

  test('OP-7: joining twice at the same moment works once', async () => {
    const { invitation } = (await invite(owner, 'nadia@example.com', 'viewer')).body as InvitedOperator;
    const answers = await Promise.all(
      ['first password', 'second password', 'third password'].map((password) => join(invitation, password)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 410, 410]);
  });

  test('OP-7: an unacceptable password leaves the invitation as it was; an unknown token opens nothing', async () => {
    const { invitation } = (await invite(owner, 'nadia@example.com', 'viewer')).body as InvitedOperator;
    expect(await join(invitation, 'too short')).toMatchObject({
      status: 400,
      body: { errorCode: 'PASSWORD_UNACCEPTABLE' },
    });
    expect((await join(`${invitation}x`)).status).toBe(410);
    expect((await join(invitation.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')))).status).toBe(410);
    expect((await join(invitation)).status).toBe(200);
  });

  test('OP-7: one e-mail is one operator, however it is written and however many invite at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, each) =>
        invite(owner, each % 2 === 0 ? 'nadia@example.com' : 'NADIA@EXAMPLE.COM', 'viewer'),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([
      201, 409, 409, 409, 409, 409, 409, 409, 409, 409,
    ]);
    expect(answers.find((answer) => answer.status === 409)?.body).toMatchObject({ errorCode: 'EMAIL_TAKEN' });
  });

  test('OP-7: a new invitation makes the old one worthless; for someone who has joined it resets the password', async () => {
    const first = (await invite(owner, 'nadia@example.com', 'viewer')).body as InvitedOperator;
    const second = (await patch(owner, first.operator.id, { reinvite: true })).body as InvitedOperator;
    expect((await join(first.invitation)).status).toBe(410);
    expect((await join(second.invitation)).status).toBe(200);
    const session =
      (await signIn('nadia@example.com', 'a password of hers')).headers.getSetCookie()[0]?.split(';')[0] ??
      '';

    const reset = (await patch(owner, first.operator.id, { reinvite: true })).body as InvitedOperator;
    expect((await parley.call('GET', '/session', { cookie: session })).status).toBe(200);
    expect((await join(reset.invitation, 'another password')).status).toBe(200);
    expect((await parley.call('GET', '/session', { cookie: session })).status).toBe(401);
    expect((await signIn('nadia@example.com', 'a password of hers')).status).toBe(401);
    expect((await signIn('nadia@example.com', 'another password')).status).toBe(201);
  });

  test('OP-7: ends with a deactivation', async () => {
    const { invitation, operator } = (await invite(owner, 'nadia@example.com', 'viewer'))
      .body as InvitedOperator;
    await patch(owner, operator.id, { status: 'deactivated' });
    expect((await join(invitation)).status).toBe(410);
    expect(await patch(owner, operator.id, { reinvite: true })).toMatchObject({
      status: 400,
      body: { details: [{ path: 'reinvite' }] },
    });
    expect((await patch(owner, operator.id, { status: 'active' })).body).toMatchObject({ status: 'invited' });
    expect((await join(invitation)).status).toBe(410);
  });
});

describe('the last owner', () => {
  test('OP-7: neither steps down nor can be deactivated', async () => {
    const id =
      ((await parley.call('GET', '/operators', { cookie: owner })).body as { items: OperatorItem[] }).items[0]
        ?.id ?? '';
    expect(await patch(owner, id, { role: 'admin' })).toMatchObject({
      status: 409,
      body: { errorCode: 'LAST_OWNER' },
    });
    expect((await patch(owner, id, { status: 'deactivated' })).status).toBe(403);
    await parley.addOperator('Otto', 'owner', { status: 'deactivated' });
    await parley.addOperator('Oskar', 'owner', { status: 'invited', passwordHash: null });
    expect(await patch(owner, id, { role: 'admin' })).toMatchObject({
      status: 409,
      body: { errorCode: 'LAST_OWNER' },
    });
  });

  test('OP-7: two owners who demote each other at the same moment leave one', async () => {
    const otto = await parley.addOperator('Otto', 'owner');
    const olga = (
      (await parley.call('GET', '/operators', { cookie: owner })).body as { items: OperatorItem[] }
    ).items.find((each) => each.name === 'Olga');
    const second = await parley.signIn('otto@example.com');
    const answers = await Promise.all([
      patch(owner, otto.id, { role: 'viewer' }),
      patch(second, olga?.id ?? '', { role: 'viewer' }),
    ]);
    const owners = await parley.deps.db.collection('operators').where('role', '==', 'owner').get();
    expect(owners.size).toBe(1);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });
});

describe('the team', () => {
  test('OP-6: an admin adds and deactivates, but gives no roles and no names, and touches no owner', async () => {
    const admin = await parley.addOperator('Ada', 'admin');
    const other = await parley.addOperator('Anton', 'admin');
    const viewer = await parley.addOperator('Vera', 'viewer');
    const olga = parley.deps.db.collection('operators').where('name', '==', 'Olga');
    const ownerId = (await olga.get()).docs[0]?.id ?? '';
    const cookie = await parley.signIn('ada@example.com');
    const statuses = {
      'invite viewer': (await invite(cookie, 'a@example.com', 'viewer')).status,
      'invite operator': (await invite(cookie, 'b@example.com', 'operator')).status,
      'invite admin': (await invite(cookie, 'c@example.com', 'admin')).status,
      'invite owner': (await invite(cookie, 'd@example.com', 'owner')).status,
      'rename viewer': (await patch(cookie, viewer.id, { name: 'Vera V.' })).status,
      'promote viewer': (await patch(cookie, viewer.id, { role: 'operator' })).status,
      'promote self': (await patch(cookie, admin.id, { role: 'owner' })).status,
      'same role': (await patch(cookie, viewer.id, { role: 'viewer' })).status,
      'reset viewer': (await patch(cookie, viewer.id, { reinvite: true })).status,
      'reset admin': (await patch(cookie, other.id, { reinvite: true })).status,
      'reset owner': (await patch(cookie, ownerId, { reinvite: true })).status,
      'reset self': (await patch(cookie, admin.id, { reinvite: true })).status,
      'deactivate viewer': (await patch(cookie, viewer.id, { status: 'deactivated' })).status,
      'deactivate admin': (await patch(cookie, other.id, { status: 'deactivated' })).status,
      'deactivate owner': (await patch(cookie, ownerId, { status: 'deactivated' })).status,
      'deactivate self': (await patch(cookie, admin.id, { status: 'deactivated' })).status,
      'activate admin': (await patch(cookie, other.id, { status: 'active' })).status,
      'rename self': (await patch(cookie, admin.id, { name: 'Olga' })).status,
      'activate viewer': (await patch(cookie, viewer.id, { status: 'active' })).status,
      unknown: (await patch(cookie, 'op_nobody', { name: 'Nobody' })).status,
    };
    expect(statuses).toEqual({
      'invite viewer': 201,
      'invite operator': 201,
      'invite admin': 403,
      'invite owner': 403,
      'rename viewer': 403,
      'promote viewer': 403,
      'promote self': 403,
      'same role': 200,
      'reset viewer': 200,
      'reset admin': 403,
      'reset owner': 403,
      'reset self': 403,
      'deactivate viewer': 200,
      'deactivate admin': 200,
      'deactivate owner': 403,
      'deactivate self': 403,
      'activate admin': 403,
      'rename self': 403,
      'activate viewer': 200,
      unknown: 404,
    });
  });

  test('OP-7: is listed in pages, with nothing of passwords or invitations, and nobody can be deleted', async () => {
    for (const name of ['Ada', 'Bea', 'Cleo', 'Dora']) {
      parley.clock.forward(1);
      await parley.addOperator(name, 'viewer');
    }
    parley.clock.forward(1);
    await invite(owner, 'nadia@example.com', 'viewer');
    const names: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await parley.call('GET', `/operators?limit=2${next === '' ? '' : `&cursor=${next}`}`, {
        cookie: owner,
      });
      const page = body as { items: OperatorItem[]; nextCursor: string | null };
      expect(page.items.length).toBeLessThanOrEqual(2);
      for (const item of page.items)
        expect(Object.keys(item).sort()).toEqual([
          'createdAt',
          'email',
          'id',
          'lastSignInAt',
          'name',
          'role',
          'status',
        ]);
      names.push(...page.items.map((item) => item.name));
      next = page.nextCursor;
    }
    expect(names).toEqual(['Olga', 'Ada', 'Bea', 'Cleo', 'Dora', 'Nadia Neu']);
    const [first] = (await parley.deps.db.collection('operators').limit(1).get()).docs;
    expect((await parley.call('DELETE', `/operators/${first?.id}`, { cookie: owner })).status).toBe(405);
  });

  test('PRIV-5: every change is in the audit log, without names and e-mails', async () => {
    const { operator, invitation } = (await invite(owner, 'nadia@example.com', 'viewer'))
      .body as InvitedOperator;
    await join(invitation);
    await signIn('nadia@example.com', 'a password of hers');
    await patch(owner, operator.id, { name: 'Nadia Alt', role: 'operator' });
    await patch(owner, operator.id, { status: 'deactivated' });
    await patch(owner, operator.id, { status: 'active' });
    await patch(owner, operator.id, { reinvite: true });
    const { body } = await parley.call('GET', '/audit', { cookie: owner });
    const items = (
      body as {
        items: {
          action: string;
          actor: { label: string };
          target: { id: string };
          before: unknown;
          after: unknown;
        }[];
      }
    ).items;
    const about = items
      .filter((item) => item.target.id === operator.id)
      .map(({ action, actor, before, after }) => [action, actor.label, before, after]);
    expect(about.reverse()).toEqual([
      ['operator.invited', 'Olga', null, { role: 'viewer' }],
      [
        'operator.joined',
        'Nadia Neu',
        { status: 'invited' },
        { status: 'active', sessionsEnded: 0, linkBy: olga.id },
      ],
      [
        'operator.changed',
        'Olga',
        { role: 'viewer', status: 'active' },
        { role: 'operator', status: 'active', fields: ['name', 'role'], sessionsEnded: 0 },
      ],
      [
        'operator.changed',
        'Olga',
        { role: 'operator', status: 'active' },
        { role: 'operator', status: 'deactivated', fields: ['status'], sessionsEnded: 1 },
      ],
      [
        'operator.changed',
        'Olga',
        { role: 'operator', status: 'deactivated' },
        { role: 'operator', status: 'active', fields: ['status'], sessionsEnded: 0 },
      ],
      ['operator.invited', 'Olga', null, { role: 'operator', again: true, reset: true }],
    ]);
    expect(JSON.stringify(items.map(({ before, after }) => [before, after]))).not.toMatch(
      /nadia|example\.com/i,
    );
  });
});
