import type { AddRoute } from '../route.ts';
import { cancelMessageRoute } from './cancel-message.ts';
import { countWaitingRoute } from './count-waiting.ts';
import { editMessageRoute } from './edit-message.ts';
import { listIncomingRoute } from './list-incoming.ts';
import { listOutgoingRoute } from './list-outgoing.ts';
import { readIncomingRoute } from './read-incoming.ts';
import { readOutgoingRoute } from './read-outgoing.ts';
import { resolveMessageRoute } from './resolve-message.ts';
import { searchMessagesRoute } from './search-messages.ts';
import { sendMessageRoute } from './send-message.ts';

/** The two logs; sending now or later, changing and canceling what has not been sent, deciding on what needs review. */
export const messagesRoutes: readonly AddRoute[] = [
  listIncomingRoute,
  readIncomingRoute,
  listOutgoingRoute,
  readOutgoingRoute,
  searchMessagesRoute,
  sendMessageRoute,
  editMessageRoute,
  cancelMessageRoute,
  resolveMessageRoute,
  countWaitingRoute,
];
