import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawStates } from '../support/delivery-drawing.ts';

const page = join(import.meta.dirname, '../../functions/docs/delivery-states.md');

test('OUT-6: the drawing of delivery states shows the table in the code', () => {
  const drawn = /```mermaid\n([\s\S]*?)\n```/.exec(readFileSync(page, 'utf8'))?.[1];
  // To draw it anew: put what `drawStates()` answers between the fences.
  expect(drawn).toBe(drawStates());
});
