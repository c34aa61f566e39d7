import type { OutgoingItem } from '../contract/messages.ts';
import { may, type Role } from '../contract/permissions.ts';

/** Who wants to change a message that has not been sent yet. */
export interface Editor {
  operatorId: string;
  /** The operator's name. */
  operator: string;
  role: Role;
}

/** Whether `editor` may change, move or cancel it: nobody's words are put into another's mouth, but by an admin. */
export function mayChange(
  { operatorId, role }: Editor,
  { operatorId: author }: Pick<OutgoingItem, 'operatorId'>,
): boolean {
  return author === null || author === operatorId || may(role, 'messages:edit-any');
}
