/** What is known of a refused send; an ApiProblem is one. */
interface Refusal {
  errorCode: string;
  message: string;
  retryAfterSeconds: number | null;
}

const GUARDS: ReadonlySet<string> = new Set([
  'PERSON_RATE_LIMITED',
  'OPERATOR_RATE_LIMITED',
  'SPEND_LIMIT_REACHED',
]);
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Why a text was not taken, and when it can be again where a guard held it back (OUT-11). */
export function refusalWords({ errorCode, message, retryAfterSeconds }: Refusal, now: Date): string {
  if (!GUARDS.has(errorCode) || retryAfterSeconds === null) return message;
  return `${message} It can be sent again ${until(retryAfterSeconds, now)}.`;
}

function until(seconds: number, now: Date): string {
  if (seconds < 90) return `in ${String(Math.max(1, Math.ceil(seconds)))} seconds`;
  return `from ${clock.format(new Date(now.getTime() + Math.ceil(seconds / 60) * 60_000))} on, in ${span(seconds)}`;
}

function span(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${String(minutes)} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'an hour' : `${String(hours)} hours`;
}
