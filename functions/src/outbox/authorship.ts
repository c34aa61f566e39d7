import type { OutgoingItem } from '../contract/messages.ts';
import type { Scopes } from '../contract/permissions.ts';

/** Who wants to change a message that has not been sent yet. */
export interface Editor {
  /** The id of the operator, or of the program. */
  operatorId: string;
  /** Their name. */
  operator: string;
  scopes: Scopes;
}

/** Whether `editor` may change, move or cancel it: nobody's words are put into another's mouth, but by an admin. */
export function mayChange(
  { operatorId, scopes }: Editor,
  { operatorId: author }: Pick<OutgoingItem, 'operatorId'>,
): boolean {
  return author === null || author === operatorId || scopes.has('messages:edit-any');
}
