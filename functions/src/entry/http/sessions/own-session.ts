/** One's own session, password and preferences: for operators, by the session itself. */
export const OWN_SESSION = { permission: 'sessions:own', by: 'operator' } as const;
