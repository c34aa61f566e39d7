import { z } from 'zod';
import { AUDIT_ACTIONS, type AuditAction } from './audit-actions.ts';
import { instant, opaqueId, pageQuery } from './lists.ts';

export { AUDIT_ACTIONS };
export type { AuditAction };

/** `before` and `after` hold only what changed, without personal data: names of fields, statuses, roles, counts. */
export const auditItem = z.object({
  id: z.string(),
  at: instant,
  actor: z.object({
    kind: z.enum(['operator', 'person', 'system']),
    id: z.string().nullable(),
    label: z.string(),
  }),
  action: z.enum(AUDIT_ACTIONS),
  target: z.object({
    kind: z.enum(['operator', 'session', 'person', 'message', 'system']),
    id: z.string().nullable(),
  }),
  /** The client's network address, or null for the system's own acts. */
  address: z.string().nullable(),
  requestId: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  /** Number of the checkpoint that seals it, or null while it is newer than the last. */
  seal: z.number().int().nullable(),
});
export type AuditItem = z.infer<typeof auditItem>;

export const auditQuery = z.strictObject({
  ...pageQuery,
  action: z.enum(AUDIT_ACTIONS).optional(),
  actorId: opaqueId.optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;
