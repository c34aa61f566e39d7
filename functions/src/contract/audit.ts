import { z } from 'zod';
import { AUDIT_ACTIONS, type AuditAction } from './audit-actions.ts';
import { instant, opaqueId, pageQuery } from './lists.ts';

export type { AuditAction };

/** What an entry is about, as it is stored: ids only, since names change and may be erased. */
export const auditTarget = z.object({
  kind: z.enum(['operator', 'session', 'person', 'message', 'system']),
  id: z.string().nullable(),
});
export type AuditTarget = z.infer<typeof auditTarget>;

/** `before` and `after` hold only what changed, without personal data: names of fields, statuses, roles, counts. */
export const auditItem = z.object({
  id: z.string(),
  at: instant,
  actor: z.object({
    kind: z.enum(['operator', 'program', 'person', 'system']),
    id: z.string().nullable(),
    label: z.string(),
  }),
  action: z.enum(AUDIT_ACTIONS),
  target: auditTarget.extend({
    /**
     * The name it has now: of the operator, the person, the operator whose session it is, or the person whom the message
     * is to. Null where there is none, or nobody knows it any more.
     */
    label: z.string().nullable(),
  }),
  /** The person concerned, with the name they have now; null where there is none, or they were deleted. */
  about: z.object({ userId: z.string(), label: z.string() }).nullable(),
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
