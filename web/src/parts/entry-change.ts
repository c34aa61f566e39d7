import type { OutgoingItem } from '../../../functions/src/contract/messages.ts';

/** An outgoing entry was changed here; the page takes it over into its list. */
export class EntryChangeEvent extends Event {
  readonly entry: OutgoingItem;
  constructor(entry: OutgoingItem) {
    super('entry-change', { bubbles: true, composed: true });
    this.entry = entry;
  }
}
