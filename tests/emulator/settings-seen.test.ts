import { beforeEach, describe, expect, test } from 'vitest';
import { startApi, testStart, type TestApi } from '../support/api-in-process.ts';
import { freshDatabase } from '../support/emulator.ts';
import { expectRefusal } from '../support/refusals.ts';

let api: TestApi;
let cookie = '';

beforeEach(async () => {
  api = startApi(freshDatabase().db);
  await api.addOperator('Adam', 'admin');
  cookie = await api.signIn('adam@example.com');
});

const SETTINGS = [
  ['/settings/limits', { dailySpend: 20 }, { dailySpend: 30 }, { dailySpend: 20 }],
  [
    '/settings/error-codes',
    { codes: { 30004: 'suppress' } },
    { codes: { 30004: 'transient' } },
    {
      codes: expect.arrayContaining([
        expect.objectContaining({ code: 30004, category: 'suppress' }),
      ]) as unknown,
    },
  ],
] as const;

describe.each(SETTINGS)('%s: two admins at once', (path, mine, theirs, standing) => {
  const patch = (body: object) => api.call('PATCH', path, { cookie, body });

  test('OUT-11, SUPP-2: who saw the present settings may change them; who did not is refused, and nothing is written', async () => {
    const first = await patch({ ...mine, seen: null });
    expect(first).toMatchObject({ status: 200, body: { updatedAt: testStart.toISOString() } });
    api.clock.forward(60);
    const late = await patch({ ...theirs, seen: null });
    expect(late.status).toBe(409);
    expectRefusal(late, 'SETTINGS_CHANGED');
    expectRefusal(await patch({ ...theirs, seen: '2026-03-02T08:59:59.999Z' }), 'SETTINGS_CHANGED');
    expect((await api.call('GET', path, { cookie })).body).toMatchObject(standing);
    expect((await patch({ ...theirs, seen: testStart.toISOString() })).status).toBe(200);
  });

  test('OUT-11, SUPP-2: of two admins who saw the same settings, one changes them', async () => {
    const answers = await Promise.all([patch({ ...mine, seen: null }), patch({ ...theirs, seen: null })]);
    // Both stand at one instant of the test's clock; the one that came second saw that something was there.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test.each(['yesterday', 7, '', '2026-03-02', {}])(
    'OUT-11, SUPP-2: refuses %j as what was seen',
    async (seen) => {
      expectRefusal(await patch({ ...mine, seen }), 'VALIDATION_FAILED');
    },
  );

  test('OUT-11, SUPP-2: refuses a change of nothing', async () => {
    expectRefusal(await patch({ seen: null }), 'VALIDATION_FAILED');
  });
});
