const KEPT = 'parley.devices';
/** Accounts that one browser is known to at once; the server takes no more. */
const MOST = 5;

/** `[operatorId, token]`, the latest first. */
type Known = readonly (readonly [string, string])[];

function read(storage: Pick<Storage, 'getItem'>): Known {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEPT) ?? '[]');
    if (!Array.isArray(value)) return [];
    return value.flatMap((each: unknown) => {
      if (!Array.isArray(each)) return [];
      const id: unknown = each[0];
      const token: unknown = each[1];
      return typeof id === 'string' && typeof token === 'string' ? [[id, token] as const] : [];
    });
  } catch {
    return [];
  }
}

/**
 * What this browser was given at earlier sign-ins, for the next one: strangers who guess an account's password cannot
 * keep it out. A token opens nothing by itself; whose it is, is told by an opaque id alone.
 */
export function knownDevices(storage: Pick<Storage, 'getItem'>): string[] {
  return read(storage).map(([, token]) => token);
}

/** Keeps what a sign-in gave, instead of what this browser had for that account. */
export function rememberDevice(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  operatorId: string,
  token: string,
): void {
  const others = read(storage).filter(([id]) => id !== operatorId);
  storage.setItem(KEPT, JSON.stringify([[operatorId, token], ...others].slice(0, MOST)));
}
