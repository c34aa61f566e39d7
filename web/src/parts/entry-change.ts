import type { OutgoingItem } from '../../../functions/src/contract/messages.ts';

/** An outgoing entry was changed here; the page takes it over into its list. */
export class EntryChangeEvent extends Event {
  readonly entry: OutgoingItem;
  constructor(entry: OutgoingItem) {
    super('entry-change', { bubbles: true, composed: true });
    this.entry = entry;
  }
}

/** What must be known of a message that waits. */
export type Waiting = Pick<OutgoingItem, 'id' | 'status' | 'body' | 'recipient' | 'dueAt' | 'timeZone'> & {
  /** Where it is known, a held message can be changed: undone, and written again. */
  userId?: string;
  /** Its author; not given for one's own. */
  operatorId?: string | null;
  operator?: string;
};
