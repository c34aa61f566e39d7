import type { AuditContext } from '../../src/audit/append.ts';
import { randomIds } from '../../src/platform/ids.ts';

/** Whoever holds the project's own credentials stands above its roles, and is told apart from them in the audit log. */
export const COMMAND_LINE: AuditContext = {
  actor: { kind: 'system', id: null, label: 'Command line' },
  address: null,
  requestId: `cli-${randomIds.next()}`,
};
