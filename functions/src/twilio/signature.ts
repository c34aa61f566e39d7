// The webhook module alone: the root of the SDK costs twenty times as much at a cold start.
import webhooks from 'twilio/lib/webhooks/webhooks.js';

/** Form fields as they came; a field that came several times is a list, which Twilio signs sorted and without doubles. */
export type FormFields = Record<string, string | string[]>;

/** Splits `application/x-www-form-urlencoded` bytes into fields, in UTF-8. Never throws. */
export function parseForm(body: Buffer): FormFields {
  return gather(new URLSearchParams(body.toString('utf8')));
}

/**
 * The ways to read a form: in UTF-8, as Twilio writes it, and in Windows-1252 where it is not valid UTF-8. The signature,
 * which is over the characters, says which one was meant.
 */
export function formReadings(body: Buffer): FormFields[] {
  const utf8 = parseForm(body);
  const broken = Object.entries(utf8).some((pair) => pair.flat().some((text) => text.includes('\ufffd')));
  return broken ? [utf8, gather(latinPairs(body.toString('latin1')))] : [utf8];
}

const latin = new TextDecoder('windows-1252');

function latinPairs(body: string): [name: string, value: string][] {
  const decode = (text: string) => {
    const bytes = text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    return latin.decode(Buffer.from(bytes, 'latin1'));
  };
  return body
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? [decode(pair), '']
        : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

function gather(pairs: Iterable<[name: string, value: string]>): FormFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

/**
 * Whether `signature` (the X-Twilio-Signature header) is that of Twilio for this request: base64 of HMAC-SHA1, keyed with
 * the auth token, over the public URL followed by the sorted fields. `url` is put together from the configured address,
 * never from what the request says of its host (IN-1).
 */
export function isSignedByTwilio(
  authToken: string,
  signature: string | undefined,
  url: string,
  fields: FormFields,
): boolean {
  // The SDK would mend a URL that lacks a slash; an address that needs mending is not the configured one.
  if (signature === undefined || signature === '' || !/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
    return false;
  return webhooks.validateRequest(authToken, signature, url, fields);
}
