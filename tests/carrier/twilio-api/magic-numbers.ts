import { CarrierError } from '../carrier-error.ts';

type Refusal = (number: string, from: string) => [code: number, message: string];

/** Twilio's magic numbers for tests: texts to these are refused, each in its way. */
const TO: ReadonlyMap<string, Refusal> = new Map(
  Object.entries<Refusal>({
    '+15005550001': (to) => [21211, `The 'To' number ${to} is not a valid phone number.`],
    '+15005550002': (to, from) => [
      21612,
      `The 'To' phone number: ${to}, is not currently reachable using the 'From' phone number: ${from} via SMS.`,
    ],
    '+15005550003': (to) => [
      21408,
      `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}.`,
    ],
    '+15005550004': () => [21610, 'Attempt to send to unsubscribed recipient'],
    '+15005550009': (to) => [21614, `'To' number: ${to}, is not a valid mobile number`],
  }),
);

/** Texts from these are refused. */
const FROM: ReadonlyMap<string, Refusal> = new Map(
  Object.entries<Refusal>({
    '+15005550001': (from) => [
      21212,
      `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
    ],
    '+15005550007': (from) => [
      21606,
      `The From phone number ${from} is not a valid, SMS-capable inbound phone number or short code for your account.`,
    ],
    '+15005550008': (from) => [
      21611,
      `This 'From' number ${from} has exceeded the maximum number of queued messages.`,
    ],
  }),
);

/** Always a good sender. */
export const MAGIC_SENDER = '+15005550006';

/** @throws CarrierError 400 with Twilio's code where the sender is a magic number. */
export function refuseMagicSender(from: string): void {
  refuse(FROM.get(from)?.(from, from));
}

/** @throws CarrierError 400 with Twilio's code where the recipient is a magic number. */
export function refuseMagicRecipient(to: string, from: string): void {
  refuse(TO.get(to)?.(to, from));
}

function refuse(refusal: [number, string] | undefined): void {
  if (refusal) throw new CarrierError(400, refusal[0], refusal[1]);
}
