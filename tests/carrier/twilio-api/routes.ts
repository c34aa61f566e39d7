import type { Carrier } from '../carrier.ts';
import type { Handler, Route } from '../http/router.ts';
import { notFound } from '../carrier-error.ts';
import { sendJson } from '../http/answers.ts';
import { accountResource, phoneNumberResource } from './account.ts';
import { authenticate } from './authenticate.ts';
import { createMessage } from './create-message.ts';
import { filterMessages } from './list-messages.ts';
import { messageResource } from './representation.ts';
import { paginate } from './paging.ts';

const ROOT = '/2010-04-01/Accounts';

/** Twilio's REST API, as much of it as Parley uses; each route needs the account's credentials. */
export function twilioRoutes(carrier: Carrier): Route[] {
  const { settings, store } = carrier;
  const guarded =
    (handle: Handler): Handler =>
    (exchange) => {
      authenticate(exchange.request, exchange.params['account'], exchange.url.pathname, settings);
      return handle(exchange);
    };
  return [
    {
      method: 'POST',
      path: `${ROOT}/:account/Messages.json`,
      handle: guarded((exchange) => createMessage(exchange, carrier)),
    },
    {
      method: 'GET',
      path: `${ROOT}/:account/Messages.json`,
      handle: guarded(({ response, url }) => {
        const { items, envelope } = paginate(
          filterMessages(store.all(), url.searchParams),
          url.pathname,
          url.searchParams,
        );
        sendJson(response, 200, {
          ...envelope,
          messages: items.map((item) => messageResource(settings.accountSid, item)),
        });
      }),
    },
    {
      method: 'GET',
      path: `${ROOT}/:account/Messages/:sid.json`,
      handle: guarded(({ response, url, params }) => {
        const message = store.get(params['sid'] ?? '');
        if (!message) throw notFound(url.pathname);
        sendJson(response, 200, messageResource(settings.accountSid, message));
      }),
    },
    {
      method: 'GET',
      path: `${ROOT}/:account/IncomingPhoneNumbers.json`,
      handle: guarded(({ response, url }) => {
        const wanted = url.searchParams.get('PhoneNumber');
        const numbers = [phoneNumberResource(settings)].filter(
          (number) => wanted === null || number['phone_number'] === wanted,
        );
        const { items, envelope } = paginate(numbers, url.pathname, url.searchParams);
        sendJson(response, 200, { ...envelope, incoming_phone_numbers: items });
      }),
    },
    {
      method: 'GET',
      path: `${ROOT}/:account.json`,
      handle: guarded(({ response }) => sendJson(response, 200, accountResource(settings))),
    },
  ];
}
