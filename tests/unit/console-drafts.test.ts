import { describe, expect, test } from 'vitest';
import { forgetDrafts, keepDraft, readDraft, type DraftStorage } from '../../web/src/drafts.ts';

const NOW = Date.UTC(2026, 10, 20, 9);
const HOUR = 3_600_000;

function storage(initial?: string): DraftStorage & { text: () => string | undefined } {
  const kept = new Map<string, string>(initial === undefined ? [] : [['parley.drafts', initial]]);
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    text: () => kept.get('parley.drafts'),
  };
}

describe('a text that is being written', () => {
  test('is there again for the operator who wrote it, by whom it goes to', () => {
    const kept = storage();
    keepDraft(kept, 'op_1', 'u_1', 'See you at', NOW);
    keepDraft(kept, 'op_1', null, 'To whom?', NOW);
    expect(readDraft(kept, 'op_1', 'u_1', NOW + HOUR)).toBe('See you at');
    expect(readDraft(kept, 'op_1', null, NOW + HOUR)).toBe('To whom?');
    expect(readDraft(kept, 'op_1', 'u_2', NOW + HOUR)).toBe('');
  });

  test('is not shown to another operator, and goes when they write or sign in', () => {
    const kept = storage();
    keepDraft(kept, 'op_1', 'u_1', 'Mine', NOW);
    expect(readDraft(kept, 'op_2', 'u_1', NOW)).toBe('');
    forgetDrafts(kept, 'op_1', NOW);
    expect(readDraft(kept, 'op_1', 'u_1', NOW)).toBe('Mine');
    forgetDrafts(kept, 'op_2', NOW);
    expect(kept.text()).toBeUndefined();
    keepDraft(kept, 'op_1', 'u_1', 'Mine', NOW);
    keepDraft(kept, 'op_2', 'u_1', 'Theirs', NOW);
    expect(readDraft(kept, 'op_1', 'u_1', NOW)).toBe('');
  });

  test('goes at sign-out, when it is blank, and after a day', () => {
    const kept = storage();
    keepDraft(kept, 'op_1', 'u_1', 'Text', NOW);
    expect(readDraft(kept, 'op_1', 'u_1', NOW + 24 * HOUR - 1)).toBe('Text');
    expect(readDraft(kept, 'op_1', 'u_1', NOW + 24 * HOUR)).toBe('');
    keepDraft(kept, 'op_1', 'u_1', ' \n', NOW);
    expect(kept.text()).toBeUndefined();
    keepDraft(kept, 'op_1', 'u_1', 'Text', NOW);
    forgetDrafts(kept, null, NOW);
    expect(kept.text()).toBeUndefined();
  });

  test('is one of the 20 newest', () => {
    const kept = storage();
    for (let each = 0; each < 21; each += 1)
      keepDraft(kept, 'op_1', `u_${String(each)}`, `Text ${String(each)}`, NOW + each);
    expect(readDraft(kept, 'op_1', 'u_0', NOW + 30)).toBe('');
    expect(readDraft(kept, 'op_1', 'u_1', NOW + 30)).toBe('Text 1');
    expect(readDraft(kept, 'op_1', 'u_20', NOW + 30)).toBe('Text 20');
  });

  test('PRIV-1: is kept with opaque ids alone', () => {
    const kept = storage();
    keepDraft(kept, 'op_1', 'u_1', 'Words', NOW);
    expect(JSON.parse(kept.text() ?? '')).toEqual({
      operatorId: 'op_1',
      drafts: { u_1: { body: 'Words', at: NOW } },
    });
  });

  test.each([
    '',
    'null',
    '7',
    '{}',
    '{"operatorId":"op_1"}',
    '{"operatorId":"op_1","drafts":null}',
    '{"operatorId":"op_1","drafts":{"u_1":{"body":7,"at":1}}}',
    '{"operatorId":"op_1","drafts":{"u_1":null}}',
  ])('what makes no sense is as if nothing were kept: %s', (text) => {
    expect(readDraft(storage(text), 'op_1', 'u_1', NOW)).toBe('');
  });

  test('a browser that keeps nothing costs the draft, not the page', () => {
    const refuse = (): never => {
      throw new Error('QuotaExceededError');
    };
    const closed = { getItem: refuse, setItem: refuse, removeItem: refuse };
    keepDraft(closed, 'op_1', 'u_1', 'Text', NOW);
    forgetDrafts(closed, null, NOW);
    expect(readDraft(closed, 'op_1', 'u_1', NOW)).toBe('');
  });
});
