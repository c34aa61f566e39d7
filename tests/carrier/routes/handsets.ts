import { z } from 'zod';
import type { Carrier } from '../carrier.ts';
import type { CarrierMessage } from '../message.ts';
import type { HandsetText } from '../handset-text.ts';
import type { Route } from '../http/router.ts';
import { CarrierError, badRequest } from '../carrier-error.ts';
import { MAX_BODY_LENGTH } from '../twilio-api/check-create.ts';
import { handsetText, isOnHandset } from '../handset-text.ts';
import { readJson } from '../http/read-body.ts';
import { receiveText } from '../inbound.ts';
import { sendJson } from '../http/answers.ts';
import { toE164 } from '../numbers.ts';

/** Longer than Twilio's limit on purpose, so that Twilio's own code is the answer. */
const textInput = z.strictObject({
  body: z.string(),
  media: z
    .array(
      z.strictObject({
        contentType: z
          .string()
          .regex(/^[\w.+-]+\/[\w.+-]+$/, 'This is not a media type such as image/png.')
          .max(100),
      }),
    )
    .max(10)
    .default([]),
});

const textsQuery = z.strictObject({ all: z.enum(['true', 'false']).default('false') });

/** The people's side: texting, and reading what came. */
export function handsetRoutes(carrier: Carrier): Route[] {
  const { settings, store } = carrier;
  return [
    {
      method: 'GET',
      path: '/handsets',
      handle: ({ response }) => {
        const handsets = store.handsets().map((number) => {
          const texts = inOrder(store.ofHandset(number).filter(isOnHandset));
          return {
            number,
            texts: texts.length,
            last: texts.at(-1) ?? null,
            optedOut: store.isOptedOut(number),
          };
        });
        sendJson(response, 200, {
          parleyNumber: settings.fromNumber,
          phoneBook: settings.phoneBook,
          handsets,
        });
      },
    },
    {
      method: 'DELETE',
      path: '/handsets',
      handle: ({ response }) => {
        store.clear();
        carrier.events.send('cleared', {});
        response.writeHead(204).end();
      },
    },
    {
      method: 'GET',
      path: '/handsets/:number/texts',
      handle: ({ response, url, params }) => {
        const number = numberOf(params['number'], carrier);
        const query = textsQuery.safeParse(Object.fromEntries(url.searchParams));
        if (!query.success)
          throw badRequest('The only parameter is all=true, which adds messages that were not delivered.');
        const texts = store
          .ofHandset(number)
          .filter((message) => query.data.all === 'true' || isOnHandset(message));
        sendJson(response, 200, { number, optedOut: store.isOptedOut(number), texts: inOrder(texts) });
      },
    },
    {
      method: 'POST',
      path: '/handsets/:number/texts',
      handle: async ({ request, response, params }) => {
        const number = numberOf(params['number'], carrier);
        const text = await readJson(request, textInput);
        const body = text.body.toWellFormed();
        if (body.length > MAX_BODY_LENGTH)
          throw new CarrierError(
            400,
            21617,
            'The concatenated message body exceeds the 1600 character limit',
          );
        sendJson(response, 201, await receiveText(number, { ...text, body }, carrier.deps));
      },
    },
  ];
}

/** By the time of sending or arriving, which is not always the order of making. */
function inOrder(messages: readonly CarrierMessage[]): HandsetText[] {
  return messages.map(handsetText).toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

function numberOf(text: string | undefined, carrier: Carrier): string {
  const number = toE164(text ?? '');
  if (number === null)
    throw new CarrierError(400, 21211, 'A handset has a number in E.164, such as +12025550101.');
  if (number === carrier.settings.fromNumber)
    throw new CarrierError(400, 21266, 'This is the number of the carrier’s customer and not of a handset.');
  return number;
}
