import { spawnSync } from 'node:child_process';
import { installed, node, root } from './lib/paths.ts';

// `npm run format -- some/file.ts` writes only those; alone it writes every source.
const files = process.argv.slice(2);
const all = ['functions', 'web', 'tests', '*.json', '.eslint.config.mjs'];
const args = [
  installed('prettier/bin/prettier.cjs'),
  '--write',
  '--log-level',
  'warn',
  ...(files.length > 0 ? files : all),
];
process.exitCode = spawnSync(node, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
