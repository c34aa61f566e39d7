import type { SampledKey, SampledPerson } from './sample-store.ts';

/** What may be damaged, each with what follows from it. */
const FAULTS = {
  unreadable: 'has a number that PHONE_KEYS does not open',
  foreign_number: 'has a number that is not the one that it is found by',
  no_key: 'is not found by their number',
  foreign_key: 'has a number that leads to somebody else',
  status_apart: 'is active in one place and inactive in another',
  no_conversation: 'has no conversation, so texts from them are refused until it is there',
  no_user: 'is only a number that leads to nobody',
} as const;

export type Fault = keyof typeof FAULTS;

/** Faults by kind, with the people that have them. */
export type Faults = ReadonlyMap<Fault, readonly string[]>;

/**
 * What is wrong with a sample. `hashesOf` opens a sealed number and answers what it may be filed under; it throws when the number
 * cannot be opened. The number itself never gets here.
 */
export function findFaults(
  people: readonly SampledPerson[],
  keys: readonly SampledKey[],
  hashesOf: (userId: string, sealedNumber: string) => readonly string[],
): Faults {
  const faults = new Map<Fault, string[]>();
  const add = (fault: Fault, userId: string) =>
    void faults.set(fault, [...(faults.get(fault) ?? []), userId]);
  for (const person of people) for (const fault of faultsOf(person, hashesOf)) add(fault, person.userId);
  for (const key of keys) if (!key.hasUser) add('no_user', key.userId);
  return faults;
}

function* faultsOf(
  person: SampledPerson,
  hashesOf: (userId: string, sealedNumber: string) => readonly string[],
): Generator<Fault> {
  const hashes = opened(person, hashesOf);
  if (hashes === null) yield 'unreadable';
  else if (!hashes.some((each) => each === person.phoneKey)) yield 'foreign_number';
  if (person.keyed === null) yield 'no_key';
  else if (person.keyed.userId !== person.userId) {
    // An inactive person may share a number with the one who has it: `npm run integrity` names them.
    if (person.status === 'active') yield 'foreign_key';
  } else if (person.keyed.active !== (person.status === 'active')) yield 'status_apart';
  if (!person.hasConversation) yield 'no_conversation';
}

function opened(
  person: SampledPerson,
  hashesOf: (userId: string, sealedNumber: string) => readonly string[],
): readonly string[] | null {
  if (person.sealedNumber === null) return null;
  try {
    return hashesOf(person.userId, person.sealedNumber);
  } catch {
    return null;
  }
}

/** Names at most three of the people of each fault. */
export function tell(faults: Faults): string {
  return [...faults]
    .map(([fault, userIds]) => {
      const some = userIds.slice(0, 3).join(', ');
      const more = userIds.length > 3 ? ` and ${String(userIds.length - 3)} more` : '';
      return `${some}${more}: ${FAULTS[fault]}.`;
    })
    .join(' ');
}
