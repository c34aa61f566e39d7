import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fine, wrong, type Check } from '../../../src/health/check.ts';
import { indexFile } from '../../../src/health/index-check.ts';
import { ruleProblems } from './rule-problems.ts';

/** What would be deployed beside the functions, as it lies in `folder`. */
export function sourceChecks(folder: string): Check[] {
  return [
    {
      id: 'rules-file',
      title: 'Security rules',
      run() {
        const problems = ruleProblems(readFileSync(join(folder, 'firestore.rules'), 'utf8'));
        if (problems.length === 0)
          return fine('Everything is denied unless allowed, and browsers cannot write.');
        return wrong(problems.join(' '), 'Fix firestore.rules; `npm test -- --only rules` tries every role.');
      },
    },
    {
      id: 'indexes-file',
      title: 'Index file',
      run() {
        const parsed = indexFile.safeParse(
          parsedJson(readFileSync(join(folder, 'firestore.indexes.json'), 'utf8')),
        );
        if (parsed.success) return fine(`${String(parsed.data.indexes.length)} composite indexes.`);
        return wrong(
          'firestore.indexes.json cannot be read.',
          'Restore the last good version: `git checkout firestore.indexes.json`.',
        );
      },
    },
  ];
}

/** `indexes-file` as data; throws when it cannot be read. */
export function readIndexes(folder: string) {
  return indexFile.parse(parsedJson(readFileSync(join(folder, 'firestore.indexes.json'), 'utf8')));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
