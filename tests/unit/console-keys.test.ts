import { describe, expect, test } from 'vitest';
import { keyOf } from '../../web/src/keys.ts';

const pressed = { key: 'Enter', isComposing: false, keyCode: 13 };

describe('keys while an input method composes', () => {
  test('a key of the reader is that key', () => {
    expect(keyOf(pressed)).toBe('Enter');
    expect(keyOf({ ...pressed, key: 'Escape', keyCode: 27 })).toBe('Escape');
  });

  test('a key during a composition is none', () => {
    expect(keyOf({ ...pressed, isComposing: true })).toBeNull();
  });

  test('nor is the key that ends one in Safari, which comes after the composition with the code 229', () => {
    expect(keyOf({ ...pressed, keyCode: 229 })).toBeNull();
  });
});
