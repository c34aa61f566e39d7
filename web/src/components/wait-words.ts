/** What is known of a refused request; an ApiProblem is one. */
interface Refusal {
  status: number;
  message: string;
  retryAfterSeconds: number | null;
}

/** What `problemState` shows. */
interface Problem {
  errorCode: string;
  message: string;
  requestId: string | null;
}

/**
 * Why a request was refused, with the time left where it was one too many: `You have looked up too many numbers. Try again
 * in 4 minutes.` Every other refusal says what it says.
 */
export function waitWords({ status, message, retryAfterSeconds }: Refusal): string {
  if (status !== 429 || retryAfterSeconds === null) return message;
  const reason = message.replace(/\s*Try again [^.]*\.$/, '');
  return `${reason} Try again in ${spanOf(retryAfterSeconds)}.`;
}

/** A refusal to show in place of the content, with the time left in its sentence. */
export function withWait(problem: Refusal & Problem): Problem {
  const { errorCode, requestId } = problem;
  return { errorCode, message: waitWords(problem), requestId };
}

/** `1 second`, `45 seconds`, `2 minutes`, `1 hour`; never less than what is left. */
function spanOf(left: number): string {
  const seconds = Math.max(1, Math.ceil(left));
  if (seconds <= 90) return counted(seconds, 'second');
  if (seconds <= 90 * 60) return counted(Math.ceil(seconds / 60), 'minute');
  return counted(Math.ceil(seconds / 3600), 'hour');
}

function counted(count: number, unit: string): string {
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
}
