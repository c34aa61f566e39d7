/** Passwords that one process compares or hashes at once, the one under way and those that wait (about 3 seconds). */
export const PLACES = 8;
/** Of these, so many for devices that have never signed in: the rest stays free for those that have. */
export const PLACES_OF_STRANGERS = 6;
/** At once from one address, and on one account. */
export const PLACES_OF_ONE = 3;
/** After this there is likely room again. */
export const BUSY_SECONDS = 2;

/** Who comes to the gate; null for what is not known or does not count. */
export interface Comer {
  address: string | null;
  account: string;
  /** Whether the device has signed in to this account before: then it is `account` that names the device. */
  known: boolean;
}

/** Lets in or not: answers how to leave again, or null where there is no room. */
export type PasswordGate = (comer: Comer) => (() => void) | null;

/**
 * What keeps sign-ins from taking a process for themselves: hashing is slow on purpose, so no more of it is let in than
 * is soon done. It is only about this process; how many failures an account or address may have is counted in the
 * datastore (sign-in-throttle.ts).
 */
export function passwordGate(): PasswordGate {
  const inside = new Set<Comer>();
  const count = (matches: (each: Comer) => boolean) => [...inside].filter(matches).length;

  return (comer) => {
    const full =
      inside.size >= PLACES ||
      count((each) => each.account === comer.account) >= PLACES_OF_ONE ||
      (!comer.known &&
        (count((each) => !each.known) >= PLACES_OF_STRANGERS ||
          (comer.address !== null &&
            count((each) => !each.known && each.address === comer.address) >= PLACES_OF_ONE)));
    if (full) return null;
    const entry = { ...comer };
    inside.add(entry);
    return () => void inside.delete(entry);
  };
}
