import { parseArgs } from 'node:util';
import { ConfigProblems } from '../src/platform/config-problems.ts';
import { randomIds } from '../src/platform/ids.ts';
import type { AuditContext } from '../src/audit/append.ts';
import { ROLES, type Role } from '../src/contract/permissions.ts';
import { inviteOperator as invitationSchema } from '../src/contract/team.ts';
import { changeOperator } from '../src/team/change-operator.ts';
import { inviteOperator } from '../src/team/invite-operator.ts';
import { operatorsStore } from '../src/team/operators-store.ts';
import { unlockOperator } from '../src/team/unlock-operator.ts';
import { openTarget, type DatabaseTarget } from './lib/database-target.ts';
import { printProblem, Problem } from './lib/problem.ts';

const USAGE = [
  'npm run operators -- add --email ada@example.com --name "Ada Lee" --role owner',
  'npm run operators -- invite --email ada@example.com   (a new link: the old one expired, or the password is lost)',
  'npm run operators -- unlock --email ada@example.com   (after too many failed sign-ins)',
  'npm run operators -- list',
  'Add --project NAME for a deployed Parley, and --console URL where its console has an address of its own.',
].join('\n');

/** Whoever holds the project's own credentials stands above its roles, and is told apart from them in the audit log. */
const AUDIT: AuditContext = {
  actor: { kind: 'system', id: null, label: 'Command line' },
  address: null,
  requestId: `cli-${randomIds.next()}`,
};
const ALL_RIGHTS = { operatorId: '', role: 'owner' } as const;

interface Options {
  email?: string | undefined;
  name?: string | undefined;
  role?: string | undefined;
  console?: string | undefined;
}

async function add(target: DatabaseTarget, options: Options): Promise<void> {
  const role = ROLES.find((each) => each === options.role);
  const parsed = invitationSchema.safeParse({ email: options.email, name: options.name, role });
  if (!parsed.success) {
    const wrong = parsed.error.issues
      .map((issue) => `--${issue.path.join('.')}: ${issue.message}`)
      .join('\n');
    throw new Problem(wrong, `Roles are ${ROLES.join(', ')}.\n${USAGE}`);
  }
  const result = await inviteOperator(
    { ...target, ids: randomIds },
    ALL_RIGHTS.role,
    parsed.data,
    AUDIT,
    new Date(),
  );
  if (result.kind !== 'invited') {
    throw new Problem(
      `There is an operator ${parsed.data.email} already.`,
      'For a new link: npm run operators -- invite --email …',
    );
  }
  printLink(target, options, {
    name: result.operator.name,
    role: result.operator.role,
    token: result.token,
    expiresAt: result.expiresAt,
  });
}

async function invite(target: DatabaseTarget, options: Options): Promise<void> {
  const id = operatorsStore(target.db, target.config).idOf(options.email ?? '');
  const result = await changeOperator(
    { ...target, ids: randomIds },
    ALL_RIGHTS,
    id,
    { reinvite: true },
    AUDIT,
    new Date(),
  );
  if (result.kind === 'not_now') throw new Problem(`${options.email ?? ''} is deactivated.`, result.message);
  if (result.kind !== 'changed' || result.invitation === null) {
    throw new Problem(`There is no operator ${options.email ?? ''}.`, USAGE);
  }
  const { operator, invitation } = result;
  printLink(target, options, {
    name: operator.name,
    role: operator.role,
    token: invitation.token,
    expiresAt: invitation.kept.expiresAt,
  });
}

function printLink(
  target: DatabaseTarget,
  options: Options,
  made: { name: string; role: Role; token: string; expiresAt: Date },
): void {
  const url = `${(options.console ?? target.consoleUrl).replace(/\/+$/, '')}/join#${made.token}`;
  console.log(`${made.name} is invited to ${target.name} as ${made.role}.`);
  console.log(`Give them this link; it works once, until ${made.expiresAt.toISOString()}:\n\n${url}\n`);
}

async function list(target: DatabaseTarget): Promise<void> {
  const store = operatorsStore(target.db, target.config);
  for (let page = await store.page(null, 100); page.length > 0;) {
    for (const each of page)
      console.log([each.role.padEnd(8), each.status.padEnd(11), each.email, each.name].join('  '));
    const last = page.at(-1);
    page = last === undefined ? [] : await store.page(last, 100);
  }
}

async function unlock(target: DatabaseTarget, options: Options): Promise<void> {
  const id = operatorsStore(target.db, target.config).idOf(options.email ?? '');
  if (!(await unlockOperator({ ...target, ids: randomIds }, id, AUDIT, new Date())))
    throw new Problem(`There is no operator ${options.email ?? ''}.`, USAGE);
  console.log(
    `${options.email ?? ''} can sign in again now. Failed sign-ins until now do not count any more.`,
  );
}

const COMMANDS: Readonly<Record<string, (target: DatabaseTarget, options: Options) => Promise<void>>> = {
  add,
  invite,
  unlock,
  list,
};

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { email: text, name: text, role: text, project: text, console: text },
  });
  const command = COMMANDS[positionals[0] ?? ''];
  if (command === undefined || positionals.length !== 1) throw new Problem('What should be done?', USAGE);
  const target = await openTarget(values.project ?? null, process.env);
  try {
    await command(target, values);
  } finally {
    await target.db.terminate();
  }
}

try {
  await main();
} catch (error) {
  const known =
    error instanceof ConfigProblems
      ? new Problem(error.problems.join('\n'), 'Set it in the environment.')
      : error;
  printProblem(error instanceof TypeError && 'code' in error ? new Problem(error.message, USAGE) : known);
  process.exitCode = 1;
}
