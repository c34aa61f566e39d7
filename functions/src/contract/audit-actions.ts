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
