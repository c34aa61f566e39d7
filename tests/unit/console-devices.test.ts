import { describe, expect, test } from 'vitest';
import { resetWords } from '../../web/src/components/reset-words.ts';
import { knownDevices, rememberDevice } from '../../web/src/devices.ts';

function storage(kept: string | null = null) {
  let value = kept;
  return {
    getItem: () => value,
    setItem: (_key: string, text: string) => void (value = text),
  };
}

describe('the devices that a browser is known as', () => {
  test('OP-5: keeps one token an account, the latest five accounts, and sends them all', () => {
    const kept = storage();
    for (const id of ['op_1', 'op_2', 'op_3', 'op_4', 'op_5', 'op_6']) rememberDevice(kept, id, `old ${id}`);
    rememberDevice(kept, 'op_3', 'new op_3');
    expect(knownDevices(kept)).toEqual(['new op_3', 'old op_6', 'old op_5', 'old op_4', 'old op_2']);
  });

  test.each([null, '', 'nonsense', '{}', '[1, "a", ["op_1"], ["op_1", 7], null]'])(
    'OP-5: reads %s as none',
    (text) => {
      expect(knownDevices(storage(text))).toEqual([]);
    },
  );
});

describe('what is said of a reset password', () => {
  const at = new Date(2026, 2, 2, 9, 5).toISOString();

  test('OP-7: names who made the link and when it was used, each of them, and whom to tell', () => {
    expect(
      resetWords(
        [
          { by: 'Ada', at, usedAt: at },
          { by: 'Bob', at, usedAt: null },
        ],
        'en-GB',
      ),
    ).toBe(
      'Your password was reset by Ada on 2 Mar 2026, 09:05. Bob made a link to reset your password on 2 Mar 2026, 09:05; it has not been used. If you did not ask for this, tell an owner.',
    );
  });

  test('OP-7: is nothing without a reset', () => {
    expect(resetWords([])).toBeNull();
  });
});
