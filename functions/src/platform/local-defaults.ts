/**
 * What a run on one laptop uses where nothing else is set. None of these is a secret, and so none is accepted outside
 * the emulator: config.ts refuses them there.
 */
export const LOCAL_DEFAULTS = {
  SMS_MODE: 'simulation',
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001',
  TWILIO_AUTH_TOKEN: 'parley-local-auth-token',
  TWILIO_FROM_NUMBER: '+15005550006',
  TWILIO_MESSAGING_SERVICE_SID: '',
  TWILIO_API_URL: 'http://127.0.0.1:5010',
  WEBHOOK_URL: 'http://127.0.0.1:5001/demo-parley/us-central1/webhook',
  PHONE_KEYS: 'local:bG9jYWwtcGhvbmUta2V5LW5vdC1hLXNlY3JldC0wMDE=',
  PHONE_HASH_KEY: 'bG9jYWwtaGFzaC1rZXktLW5vdC1hLXNlY3JldC0wMDE=',
  SESSION_KEYS: 'local:bG9jYWwtc2Vzc2lvbi1rZXktLW5vdC1zZWNyZXQtMDE=',
  AUDIT_KEY: 'bG9jYWwtYXVkaXQta2V5LW5vdC1zZWNyZXQtMDAwMDE=',
  DEFAULT_COUNTRY: 'US',
  ACK_TEXT: 'Your number is recognized. Message received.',
  AUTO_REPLIES_PER_HOUR: '20',
  EXTRA_STOP_WORDS: '',
  CONSOLE_HOSTS: '',
} as const;
