import { clockTime } from '../components/format-time.ts';

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

/**
 * Whether trying again cannot help: the refusal is about the person or the message itself. What passes are limits, lost
 * connections and troubles of the server.
 */
export function isFinal({ errorCode, status }: { errorCode: string; status: number }): boolean {
  if (errorCode === 'SMS_DISABLED') return true;
  return status >= 400 && status < 500 && status !== 401 && status !== 429;
}

/** Why a message was refused, and when it can be sent where a limit refused it (OUT-11). */
export function refusalWords({ errorCode, message, retryAfterSeconds }: Refusal, now: Date): string {
  if (!GUARDS.has(errorCode) || retryAfterSeconds === null) return message;
  return `${message} You can send it ${until(retryAfterSeconds, now)}.`;
}

function until(seconds: number, now: Date): string {
  if (seconds < 90) return `in ${String(Math.max(1, Math.ceil(seconds)))} seconds`;
  return `after ${clockTime(new Date(now.getTime() + Math.ceil(seconds / 60) * 60_000))}, in ${span(seconds)}`;
}

function span(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${String(minutes)} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'an hour' : `${String(hours)} hours`;
}
