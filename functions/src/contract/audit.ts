import { z } from 'zod';
import { instant, opaqueId, pageQuery } from './lists.ts';

/** What can be in the audit log (PRIV-5): a closed list, so that a reader can filter by it. */
export const AUDIT_ACTIONS = [
  'session.started',
  'session.refused',
  'session.ended',
  'operator.invited',
  'operator.joined',
  'operator.changed',
  'operator.password_changed',
  'person.added',
  'person.changed',
  'person.revealed',
  'consent.opted_out',
  'consent.opted_in',
  'message.accepted',
  'system.seeded',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** `before` and `after` hold only what changed, without personal data: names of fields, statuses, roles, counts. */
export const auditItem = z.object({
  id: z.string(),
  at: instant,
  actor: z.object({ kind: z.enum(['operator', 'person', 'system']), id: z.string().nullable(), label: z.string() }),
  action: z.enum(AUDIT_ACTIONS),
  target: z.object({ kind: z.enum(['operator', 'session', 'person', 'message', 'system']), id: z.string().nullable() }),
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
