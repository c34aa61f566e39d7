import { createHmac } from 'node:crypto';

/** The parameters of a webhook, in the order in which they are sent. */
export type FormFields = Readonly<Record<string, string>>;

/**
 * Twilio's signature of a form-encoded webhook: base64(HMAC-SHA1(auth token, URL + key + value of each parameter, sorted
 * by key)). A fragment is an instruction to Twilio and never part of the URL that is signed.
 */
export function signWebhook(authToken: string, url: string, fields: FormFields): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((data, key) => data + key + (fields[key] ?? ''), withoutFragment(url));
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}
