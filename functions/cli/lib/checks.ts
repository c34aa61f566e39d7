import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installed, root } from './paths.ts';
import { superviseNode, type Supervised } from './processes.ts';

/** A program that looks at the sources and answers with its exit code. */
export interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const knip = [installed('knip/bin/knip.js'), '--no-progress', '--config'];
const sources = ['functions', 'web', 'tests'];

/** The type check of each project, by the native compiler: ESLint reads with the one written in JavaScript. */
export function typeChecks(): Check[] {
  const projects = [...sources, 'tests/carrier/page'].filter((project) =>
    existsSync(join(root, project, 'tsconfig.json')),
  );
  return projects.map((project) => ({
    name: `type check ${project}`,
    args: [
      installed('typescript-native/bin/tsc'),
      '-p',
      project,
      '--pretty',
      String(process.stdout.isTTY === true),
      '--incremental',
      '--tsBuildInfoFile',
      join(root, '.parley', 'types', `${project.replaceAll('/', '-')}.json`),
    ],
  }));
}

/** What needs types is looked at by the native linter, in a tenth of the time; the rest, and Lit's templates, by ESLint. */
export function lintChecks(): Check[] {
  return [
    {
      name: 'lint of types',
      args: [installed('oxlint/bin/oxlint'), '--type-aware', '--config', '.oxlintrc.json', ...sources],
    },
    {
      name: 'unused exports and files',
      args: [...knip, '.knip.json'],
    },
    {
      name: 'what only tests use',
      args: [...knip, '.knip.deployed.json', '--production'],
    },
    {
      name: 'lint',
      args: [
        installed('eslint/bin/eslint.js'),
        '--config',
        '.eslint.config.mjs',
        '--max-warnings',
        '0',
        ...sources,
      ],
    },
    {
      name: 'format',
      args: [
        installed('prettier/bin/prettier.cjs'),
        '--check',
        '--log-level',
        'warn',
        ...sources,
        '*.json',
        '.eslint.config.mjs',
      ],
    },
  ];
}

/** Starts a check. */
export function startCheck(check: Check): Supervised {
  const slug = check.name.replaceAll(/[^a-z]+/g, '-');
  return superviseNode(check.args, {
    cwd: root,
    env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) },
    logFile: join(root, '.parley', 'checks', `${slug}.log`),
  });
}

/** Runs checks one after another and prints what they find. Answers whether all are content. */
export async function runChecks(checks: readonly Check[]): Promise<boolean> {
  let content = true;
  for (const check of checks) {
    const running = startCheck(check);
    const fine = (await running.ended) === 0;
    console.log(`${fine ? '✓' : '✗'} ${check.name}`);
    if (!fine) console.log(running.output());
    content &&= fine;
  }
  return content;
}
