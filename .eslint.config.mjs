// Run through `npm run lint`, which names this file: it stays out of sight at the root.
import eslint from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import tseslint from 'typescript-eslint';

const impure = [
  { object: 'Date', property: 'now', message: 'Time is an argument (platform/clock.ts).' },
  { object: 'Math', property: 'random', message: 'Ids come from platform/ids.ts.' },
  { object: 'process', property: 'env', message: 'Settings come from platform/config.ts.' },
];

const untamed = [
  { selector: 'TSAsExpression > TSAsExpression', message: 'Parse it instead of casting twice.' },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Time is an argument (platform/clock.ts).',
  },
];

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/dist/**', '.parley/**', 'coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    rules: {
      // TypeScript finds these, and knows the globals of each folder.
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-control-regex': 'off',
      // `typeof import(…)` names what a lazy import gives.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['functions/src/**/*.ts'],
    ignores: ['functions/src/platform/**', 'functions/src/index.ts'],
    rules: {
      'no-restricted-properties': ['error', ...impure],
      'no-restricted-syntax': ['error', ...untamed],
    },
  },
  {
    files: ['functions/src/contract/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*', 'firebase*', '@google-cloud/*'], message: 'The web imports this folder.' },
          ],
        },
      ],
    },
  },
  {
    // What talks to a person at a terminal, or measures and tests, may print.
    files: ['functions/cli/**', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['tests/**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'vi', property: 'mock', message: 'Files of a kind share their modules: pass it in.' },
        { object: 'vi', property: 'doMock', message: 'Files of a kind share their modules: pass it in.' },
      ],
    },
  },
  {
    files: ['web/src/**/*.ts', 'tests/carrier/page/**/*.ts'],
    extends: [lit['flat/recommended'], litA11y.configs.recommended],
    rules: {
      // Inside a dialog it is how the platform is told where focus begins.
      'lit-a11y/no-autofocus': 'off',
      // Tables become cards on a phone, and a table part that is no longer laid out as one loses its role.
      'lit-a11y/no-redundant-role': 'off',
    },
  },
  {
    // The type check of that folder knows a browser's globals.
    files: ['tests/carrier/page/*.js'],
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
