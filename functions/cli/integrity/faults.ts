/** What may be wrong with the stored data, in words that follow the id it is about. */
const FAULT_WORDS = {
  person_unreadable: 'has a document that cannot be read',
  number_unreadable: 'has a number that PHONE_KEYS does not open',
  number_foreign: 'has a number that is not the one that it is found by',
  number_not_found: 'is not found by their number',
  number_of_another: 'has a number that leads to somebody else',
  number_shared: 'is inactive, because somebody else has the same number: give this person another one',
  number_form_older: 'is filed under an older form of their number: run `npm run migrate -- --again`',
  status_apart: 'is active in one place and inactive in another',
  conversation_missing: 'has no conversation, so messages from them are refused',
  number_of_nobody: 'is a number that leads to nobody',
  conversation_of_nobody: 'is a conversation with nobody',
  unread_wrong: 'counts other unread messages than its log',
  last_text_wrong: 'ends with another message than its log',
  entry_unreadable: 'is a log entry that cannot be read',
  history_illegal: 'has a history with an impossible move',
  history_apart: 'has a status other than the last one of its history',
  reply_missing: 'was answered by a message that does not exist',
  hold_without_event: 'is opted out or suppressed without a consent event',
  hold_apart: 'contradicts its newest consent event',
  flag_without_text: 'is an opt-out request without its message',
  audit: 'in the audit log',
} as const;
export type FaultKind = keyof typeof FAULT_WORDS;

/** Every fault that was found, by kind, with the ids it is about: no number, no name. */
export class Faults {
  readonly found = new Map<FaultKind, string[]>();

  add(kind: FaultKind, id: string): void {
    const ids = this.found.get(kind);
    if (ids === undefined) this.found.set(kind, [id]);
    else ids.push(id);
  }

  get count(): number {
    return [...this.found.values()].reduce((sum, ids) => sum + ids.length, 0);
  }

  /** One line for each kind, with at most three of its ids. */
  lines(): string[] {
    return [...this.found].map(([kind, ids]) => {
      const more = ids.length > 3 ? ` and ${String(ids.length - 3)} more` : '';
      return `${ids.slice(0, 3).join(', ')}${more}: ${FAULT_WORDS[kind]}.`;
    });
  }
}
