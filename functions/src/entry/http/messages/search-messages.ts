import { z } from 'zod';
import { pageOf } from '../../../contract/lists.ts';
import { incomingItem, messageSearch, outgoingItem } from '../../../contract/messages.ts';
import { searchMessages } from '../../../logs/search-messages.ts';
import { recordLookUp } from '../../../team/record-look-up.ts';
import type { ApiDeps } from '../../deps.ts';
import { json } from '../json.ts';
import { refuseFields } from '../read-input.ts';
import type { Api } from '../route.ts';

const READ = { permission: 'messages:read' } as const;

export function searchMessagesRoute(api: Api, deps: ApiDeps): void {
  api.route({
    method: 'post',
    path: '/messages/search',
    summary: 'Search a log by phone number or by words',
    access: READ,
    body: json(messageSearch),
    looksUp: (search) => search.phoneNumber !== undefined,
    status: 200,
    response: json(z.union([pageOf(incomingItem), pageOf(outgoingItem)])),
    async handler({ input: { body }, audit }) {
      const result = await searchMessages(deps, body);
      if (result.kind === 'refused') refuseFields([result.problem]);
      const [first] = result.page.items;
      if (body.phoneNumber !== undefined)
        await recordLookUp(deps, audit, {
          place: 'messages',
          userId: first?.userId ?? null,
          found: first !== undefined,
        });
      return result.page;
    },
  });
}
