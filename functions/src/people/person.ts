import type { Person } from '../contract/people.ts';
import { untextableReason, type PhoneKey } from './phone-keys-store.ts';
import type { User } from './users-store.ts';

/**
 * A person as the API answers. `phoneKey` is what is kept of the number; should it be missing, which only a damaged
 * database or a moment between two commits can bring about, the person counts as one that cannot be texted.
 */
export function toPerson(user: User, phoneKey: PhoneKey | null): Person {
  return {
    id: user.id,
    label: user.label,
    maskedPhone: user.maskedPhone,
    firstName: user.firstName,
    lastName: user.lastName,
    tags: user.tags,
    customFields: user.customFields,
    timeZone: user.timeZone,
    language: user.language,
    notes: user.notes,
    consent: user.consent === null ? null : { ...user.consent, at: user.consent.at.toISOString() },
    status: user.status,
    untextable: phoneKey?.userId === user.id ? untextableReason(phoneKey) : 'inactive',
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
  };
}
