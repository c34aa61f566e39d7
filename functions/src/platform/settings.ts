import { defineSecret, defineString } from 'firebase-functions/params';
import type { RawSettings } from './config.ts';

/**
 * Every setting of a deployment, declared so that `firebase deploy` asks for what is missing and gives each function
 * only the secrets that it names. Values are read at run time, never while this module loads.
 */
const strings = {
  SMS_MODE: defineString('SMS_MODE', {
    default: 'disabled',
    description: 'disabled, simulation (emulator only) or live',
  }),
  TWILIO_ACCOUNT_SID: defineString('TWILIO_ACCOUNT_SID', { default: '', description: 'Starts with AC' }),
  TWILIO_FROM_NUMBER: defineString('TWILIO_FROM_NUMBER', {
    default: '',
    description: 'E.164; or set TWILIO_MESSAGING_SERVICE_SID',
  }),
  TWILIO_MESSAGING_SERVICE_SID: defineString('TWILIO_MESSAGING_SERVICE_SID', {
    default: '',
    description: 'Starts with MG',
  }),
  TWILIO_API_URL: defineString('TWILIO_API_URL', { default: 'https://api.twilio.com' }),
  WEBHOOK_URL: defineString('WEBHOOK_URL', {
    default: '',
    description: 'Public address of the webhook function, as Twilio calls it',
  }),
  DEFAULT_COUNTRY: defineString('DEFAULT_COUNTRY', {
    default: 'US',
    description: 'ISO 3166-1 alpha-2, for numbers without a country code',
  }),
  ACK_TEXT: defineString('ACK_TEXT', { default: 'Your number is recognized. Message received.' }),
  AUTO_REPLIES_PER_HOUR: defineString('AUTO_REPLIES_PER_HOUR', { default: '20' }),
  EXTRA_STOP_WORDS: defineString('EXTRA_STOP_WORDS', {
    default: '',
    description: 'Words that opt out as STOP does, with commas between them',
  }),
  CONSOLE_HOSTS: defineString('CONSOLE_HOSTS', {
    default: '',
    description: 'Own domains of the console, with commas between them',
  }),
};

export const SECRETS = {
  TWILIO_AUTH_TOKEN: defineSecret('TWILIO_AUTH_TOKEN'),
  PHONE_KEYS: defineSecret('PHONE_KEYS'),
  PHONE_HASH_KEY: defineSecret('PHONE_HASH_KEY'),
  SESSION_KEYS: defineSecret('SESSION_KEYS'),
  AUDIT_KEY: defineSecret('AUDIT_KEY'),
};

/** The settings of the running function. Secrets stay functions: one that the function did not declare reads as ''. */
export function runtimeSettings(): RawSettings {
  const read = (name: keyof typeof strings) => strings[name].value();
  return {
    SMS_MODE: read('SMS_MODE'),
    TWILIO_ACCOUNT_SID: read('TWILIO_ACCOUNT_SID'),
    TWILIO_FROM_NUMBER: read('TWILIO_FROM_NUMBER'),
    TWILIO_MESSAGING_SERVICE_SID: read('TWILIO_MESSAGING_SERVICE_SID'),
    TWILIO_API_URL: read('TWILIO_API_URL'),
    WEBHOOK_URL: read('WEBHOOK_URL'),
    DEFAULT_COUNTRY: read('DEFAULT_COUNTRY'),
    ACK_TEXT: read('ACK_TEXT'),
    AUTO_REPLIES_PER_HOUR: read('AUTO_REPLIES_PER_HOUR'),
    EXTRA_STOP_WORDS: read('EXTRA_STOP_WORDS'),
    CONSOLE_HOSTS: read('CONSOLE_HOSTS'),
    // Asked for a secret that the function does not have, the package writes a warning into the log.
    secret: (name) => (name in process.env ? SECRETS[name].value() : ''),
  };
}
