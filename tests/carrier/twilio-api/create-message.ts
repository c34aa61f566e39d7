import type { Exchange } from '../http/router.ts';
import type { Carrier } from '../carrier.ts';
import type { CarrierMessage } from '../message.ts';
import { CarrierError } from '../carrier-error.ts';
import { deliver } from '../delivery.ts';
import { newMessage } from '../new-message.ts';
import { readForm } from '../http/read-body.ts';
import { sendJson } from '../http/answers.ts';
import { toE164 } from '../numbers.ts';
import { breakConnection } from './connection-trouble.ts';
import { checkCreate } from './check-create.ts';
import { messageResource } from './representation.ts';

/** `POST Messages.json`, with the trouble that the dials ask for. The caller has been authenticated. */
export async function createMessage({ request, response }: Exchange, carrier: Carrier): Promise<void> {
  const { dials, settings } = carrier;
  const form = await readForm(request);
  const handset = toE164(form.get('To') ?? '') ?? '';
  const trouble = dials.take('connectionTrouble', handset);
  if (trouble?.accepted === false) {
    breakConnection(response, trouble.kind, {});
    return;
  }
  const failure = dials.take('failNextWith', handset);
  if (failure) throw refusalOf(failure);

  const message = accept(form, carrier);
  const hurry = dials.for(message.to).callbackBeforeAnswer;
  if (hurry) await deliver(message, carrier.deps, true);
  const resource = messageResource(settings.accountSid, message);
  if (trouble) breakConnection(response, trouble.kind, resource);
  else sendJson(response, 201, resource);
  if (!hurry) carrier.deps.run(() => deliver(message, carrier.deps));
}

function accept(form: URLSearchParams, { deps, dueWork, settings, store }: Carrier): CarrierMessage {
  const send = checkCreate(form, settings, store);
  const message = newMessage(
    {
      ...send,
      direction: 'outbound-api',
      media: send.mediaUrls.map((url) => ({ url, contentType: 'application/octet-stream' })),
    },
    deps.now(),
  );
  store.add(message);
  deps.changed(message);
  dueWork.noteSent();
  return message;
}

/** Twilio's own codes stand in where the dial names none. */
function refusalOf(failure: {
  status: number;
  code?: number | undefined;
  message?: string | undefined;
}): CarrierError {
  const { status } = failure;
  const code =
    failure.code ?? (status === 429 ? 20429 : status >= 500 ? 20500 + (status === 503 ? 3 : 0) : 20001);
  const message =
    failure.message ??
    (status === 429
      ? 'Too Many Requests'
      : status >= 500
        ? 'Service is unavailable'
        : 'Refused by the carrier');
  return new CarrierError(status, code, message);
}
