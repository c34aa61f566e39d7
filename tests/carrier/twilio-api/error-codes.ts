/** Twilio's short words for what can go wrong with a message here; they go into `error_message`. */
const MESSAGE_ERRORS: Readonly<Record<number, string>> = {
  11200: 'HTTP retrieval failure',
  11205: 'HTTP connection failure',
  12100: 'Document parse failure',
  12300: 'Invalid Content-Type',
  30001: 'Queue overflow',
  30002: 'Account suspended',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
  30032: 'Toll-free number has not been verified',
  30034: 'Message from an unregistered number',
  30410: 'Provider timeout error',
  30450: 'Message blocked by SMS pumping protection',
  30610: 'Message blocked during quiet hours',
};

export function errorMessage(code: number | null): string | null {
  return code === null ? null : (MESSAGE_ERRORS[code] ?? 'Unknown error');
}
