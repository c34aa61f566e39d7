/** Roles in rising order; each may do all that the ones before it may. */
export const ROLES = ['viewer', 'operator', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/**
 * The one table of permissions (OP-6): it drives the server's route guard, the rules tests, and what the console shows.
 * Each permission names the lowest role that has it.
 */
export const PERMISSIONS = {
  'messages:read': 'viewer',
  'messages:send': 'operator',
  /** Changing, moving and canceling messages that somebody else wrote. */
  'messages:edit-any': 'admin',
  'people:read': 'viewer',
  'people:write': 'operator',
  /** Finding people, messages and opt-outs by a phone number or its last four digits, and seeing those digits. */
  'people:lookup': 'operator',
  'people:reveal': 'admin',
  'suppressions:read': 'viewer',
  'suppressions:write': 'operator',
  /** Lifting what holds texts back, and looking back over past failures. */
  'suppressions:manage': 'admin',
  'settings:read': 'viewer',
  'settings:write': 'admin',
  'team:read': 'viewer',
  'team:write': 'admin',
  'team:roles': 'owner',
  'sessions:own': 'viewer',
  'sessions:any': 'admin',
  'audit:read': 'admin',
  'health:read': 'viewer',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether `role` reaches the lowest role that has `permission`. */
export function may(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[permission]);
}
