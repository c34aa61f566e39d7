import { messageIdIn } from '../carrier/callback.ts';
import type { Hash, StatusReport } from '../carrier/webhook.ts';
import { visible } from '../platform/odd-text.ts';
import { carrierId, readForm, type Form } from './form-fields.ts';
import type { FormFields } from './signature.ts';

/**
 * Twilio's status form -> report. The message is named by our own query parameter `m`, which Twilio signs with the rest,
 * so a report is understood even before its send was recorded. Refuses nothing: what cannot be read is left empty.
 */
export function statusFrom(fields: FormFields, query: URLSearchParams, hash: Hash): StatusReport {
  const form = readForm(fields);
  const id = carrierId(form, hash);
  const code = form.one('ErrorCode').trim();
  const isCode = /^[1-9]\d{2,5}$/.test(code);
  return {
    messageId: messageIdIn(query),
    sid: id?.regular === true ? id.id : '',
    status: visible(form.one('MessageStatus', 'SmsStatus'), 100),
    errorCode: isCode ? Number(code) : null,
    oddErrorCode: isCode || /^0*$/.test(code) ? null : visible(code, 40),
    price: priceOf(form),
  };
}

function priceOf(form: Form): StatusReport['price'] {
  const amount = form.one('Price').trim();
  if (!/^-?\d{1,6}(?:\.\d{1,6})?$/.test(amount)) return null;
  const unit = form.one('PriceUnit').trim().toUpperCase();
  return { amount: amount.replace('-', ''), currency: /^[A-Z]{3}$/.test(unit) ? unit : 'USD' };
}
