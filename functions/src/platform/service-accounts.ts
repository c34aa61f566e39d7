/**
 * Who each function runs as, deployed (docs/adr/0030): an account of its own, so that none can do more than it must.
 * `tasks` runs nothing: Cloud Tasks calls `sendOutgoing` and `sendBulk` in its name, and nobody else may.
 */
const ACCOUNTS = {
  webhook: 'parley-webhook',
  api: 'parley-api',
  sendOutgoing: 'parley-send',
  sendBulk: 'parley-bulk',
  runDueWork: 'parley-due',
  tasks: 'parley-tasks',
} as const;
export type Account = keyof typeof ACCOUNTS;

/** The whole address: the short form `name@` is not understood by everything that a deployment sets up. */
export function accountOf(account: Account, projectId: string): string {
  return `${ACCOUNTS[account]}@${projectId}.iam.gserviceaccount.com`;
}
