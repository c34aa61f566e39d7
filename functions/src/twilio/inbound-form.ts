import type { Hash, InboundMessage } from '../carrier/webhook.ts';
import { AppError } from '../platform/errors.ts';
import { asReceived, cutWell, mayHoldNumber } from '../platform/odd-text.ts';
import { carrierId, readForm, type Form } from './form-fields.ts';
import type { FormFields } from './signature.ts';

/** Twilio sends at most 1,600 characters. Longer bodies are kept as far as a document holds them: 300 KB in UTF-8. */
const MAX_BODY = 100_000;
/** Twilio sends at most 10. */
const MAX_MEDIA = 100;

/** What could not be read, by part; each as it may be kept. */
type Irregular = Record<string, string>;

/**
 * Twilio's inbound form -> message. Whatever is signed and has a message ID becomes one: parts that cannot be read are
 * noted in `irregular`, and unknown fields are left alone. Throws BAD_REQUEST where there is no message ID, since nothing
 * could tell the message from its repetition.
 */
export function inboundFrom(fields: FormFields, hash: Hash): InboundMessage {
  const form = readForm(fields);
  const id = carrierId(form, hash);
  if (id === null) throw new AppError('BAD_REQUEST', { message: 'The form has no message ID (MessageSid).' });
  const irregular: Irregular = id.odd === null ? {} : { messageSid: id.odd };
  const message = {
    sid: id.id,
    from: sender(form, irregular),
    body: body(form, irregular),
    segments: segments(form, irregular),
    media: media(form, irregular),
    optOutType: optOutType(form, irregular),
  };
  return { ...message, irregular };
}

/** Numbers, short codes and names as carriers have them. */
const REGULAR_SENDER = /^(?:\+[1-9]\d{6,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 &._+'-]{1,15})$/;

function sender(form: Form, irregular: Irregular): string {
  const values = form.all('From');
  // A plus that was not encoded is a space in a form.
  const from = (values[0] ?? '').replace(/^ (?=\d{7,15}$)/, '+').trim();
  if (values.length > 1 || !REGULAR_SENDER.test(from)) irregular['sender'] = asReceived(values.join(' '));
  return from;
}

function body(form: Form, irregular: Irregular): string {
  const values = form.all('Body');
  const whole = values.join('\n');
  if (whole.length > MAX_BODY) irregular['body'] = `Cut: ${String(whole.length)} characters.`;
  else if (values.length > 1)
    irregular['body'] = `Sent ${String(values.length)} times, with different words.`;
  else if (whole.includes('\ufffd')) irregular['body'] = 'Not all of it could be decoded.';
  return cutWell(whole, MAX_BODY);
}

function segments(form: Form, irregular: Irregular): number | null {
  const values = form.all('NumSegments');
  const text = (values[0] ?? '').trim();
  if (values.length <= 1 && /^\d{1,3}$/.test(text)) return Number(text);
  if (values.length > 0) irregular['segments'] = asReceived(values.join(' '));
  return null;
}

/** As many as the form counts or names, whichever is more. */
function media(form: Form, irregular: Irregular): InboundMessage['media'] {
  const stated = form.one('NumMedia').trim();
  const counted = /^\d{1,3}$/.test(stated) && Number(stated) <= MAX_MEDIA ? Number(stated) : null;
  const indices = form.names.map((name) => /^media(?:contenttype|url)(\d{1,3})$/.exec(name)?.[1]);
  const named = Math.max(0, ...indices.map((index) => (index === undefined ? 0 : Number(index) + 1)));
  const types = Array.from({ length: Math.min(MAX_MEDIA, Math.max(counted ?? 0, named)) }, (_, index) =>
    form.one(`MediaContentType${String(index)}`).trim(),
  );
  const odd = types.some((type) => !isMediaType(type));
  if (odd || named !== (counted ?? 0) || (stated !== '' && counted === null) || named > MAX_MEDIA)
    irregular['media'] = asReceived([stated, ...types].join(' ').trim());
  return types.map((type) => ({ contentType: isMediaType(type) ? type.slice(0, 100) : '' }));
}

function isMediaType(text: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+(?:;.*)?$/.test(text) && !mayHoldNumber(text);
}

/** Twilio's own verdict; one that is not known is left to the words. */
function optOutType(form: Form, irregular: Irregular): string | null {
  const type = form.one('OptOutType').trim();
  if (type !== '' && !/^(?:STOP|START|HELP)$/i.test(type)) irregular['optOutType'] = asReceived(type);
  return type === '' ? null : type;
}
