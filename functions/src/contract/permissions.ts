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
  'team:emails': 'operator',
  'team:write': 'admin',
  'team:roles': 'owner',
  'sessions:own': 'viewer',
  'sessions:any': 'admin',
  'audit:read': 'admin',
  'health:read': 'viewer',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof PERMISSIONS;

/** A permission in the hands of a caller: operators have those of their role, a program the ones that it was given. */
export type Scope = Permission;
export type Scopes = ReadonlySet<Scope>;

/** Whether a name is that of a scope. */
export function isScope(name: string): name is Scope {
  return Object.hasOwn(PERMISSIONS, name);
}

function scopesOf(role: Role): Scopes {
  const reaches = (scope: Scope) => ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[scope]);
  return new Set(Object.keys(PERMISSIONS).filter(isScope).filter(reaches));
}

/** Roles are named sets of scopes, made from the table above. */
export const ROLE_SCOPES: Readonly<Record<Role, Scopes>> = {
  viewer: scopesOf('viewer'),
  operator: scopesOf('operator'),
  admin: scopesOf('admin'),
  owner: scopesOf('owner'),
};

/** Whether `role` has `permission`. */
export function may(role: Role, permission: Permission): boolean {
  return ROLE_SCOPES[role].has(permission);
}
