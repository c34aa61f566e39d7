import type { InboundMessage } from '../messaging/receive-inbound.ts';
import type { StatusReport } from '../messaging/record-status.ts';
import { AppError } from '../platform/errors.ts';
import type { FormFields } from '../twilio/signature.ts';

/** What a text may hold beyond Twilio's 1,600 characters before it is taken for an attack rather than a message. */
const MAX_BODY = 10_000;
const MAX_MEDIA = 10;

function one(fields: FormFields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function count(fields: FormFields, name: string): number | null {
  const text = one(fields, name);
  return /^\d{1,3}$/.test(text) ? Number(text) : null;
}

function required(fields: FormFields, name: string, shape: RegExp): string {
  const text = one(fields, name);
  if (!shape.test(text))
    throw new AppError('BAD_REQUEST', { message: `The field ${name} is missing or not right.` });
  return text;
}

/** Twilio's inbound form -> message. Unknown fields are left alone: Twilio adds some without notice. Throws BAD_REQUEST. */
export function inboundFrom(fields: FormFields): InboundMessage {
  const body = one(fields, 'Body');
  if (body.length > MAX_BODY) throw new AppError('BAD_REQUEST', { message: 'The field Body is too long.' });
  const mediaCount = Math.min(count(fields, 'NumMedia') ?? 0, MAX_MEDIA);
  const optOutType = one(fields, 'OptOutType');
  return {
    sid: required(fields, 'MessageSid', /^(?:SM|MM)[0-9a-fA-F]{32}$/),
    from: required(fields, 'From', /^[\x21-\x7e]{1,64}$/),
    body,
    segments: count(fields, 'NumSegments'),
    media: Array.from({ length: mediaCount }, (_, index) => ({
      contentType: one(fields, `MediaContentType${String(index)}`).slice(0, 100),
    })),
    optOutType: optOutType === '' ? null : optOutType,
  };
}

/**
 * Twilio's status form -> report. The message is named by our own query parameter `m`, which Twilio signs with the rest,
 * so a report is understood even before its send was recorded. Throws BAD_REQUEST.
 */
export function statusFrom(fields: FormFields, query: URLSearchParams): StatusReport {
  const messageId = query.get('m') ?? '';
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(messageId)) {
    throw new AppError('BAD_REQUEST', { message: 'The query parameter m is missing or not right.' });
  }
  const errorCode = one(fields, 'ErrorCode');
  const amount = one(fields, 'Price');
  return {
    messageId,
    sid: required(fields, 'MessageSid', /^(?:SM|MM)[0-9a-fA-F]{32}$/),
    status: required(fields, 'MessageStatus', /^[a-z_]{1,32}$/),
    errorCode: /^[1-9]\d{4}$/.test(errorCode) ? Number(errorCode) : null,
    price: /^-?\d{1,6}(?:\.\d{1,6})?$/.test(amount)
      ? { amount: amount.replace('-', ''), currency: one(fields, 'PriceUnit').slice(0, 3) || 'USD' }
      : null,
  };
}
