import { randomUUID } from 'node:crypto';
import type { CarrierSettings } from './settings.ts';
import type { Outcome } from './post-form.ts';
import type { FormFields } from './signature.ts';
import { signWebhook, withoutFragment } from './signature.ts';
import { limiter } from './limiter.ts';
import { postForm } from './post-form.ts';

/** Keeps a flood of callbacks from opening thousands of sockets at once. */
const AT_ONCE = 64;

/** One request of a webhook: the HTTP status, or why there is none. */
export interface Attempt {
  status: number | null;
  error: string | null;
  milliseconds: number;
}

/** What came back in the end; `status` is null when no attempt was answered. */
export interface WebhookAnswer {
  url: string;
  status: number | null;
  contentType: string;
  body: string;
  attempts: Attempt[];
}

type WebhookSettings = Pick<CarrierSettings, 'authToken' | 'webhookTimeoutMs'>;

const inTurn = limiter(AT_ONCE);

/**
 * Posts a signed form to a customer's address as Twilio does: 15 s in all, and one retry when the connection fails or the
 * answer is 5xx. A fragment such as `#rc=5&rp=all` on the address sets the number of retries and what is retried
 * (`ct` connecting, `rt` reading, `4xx`, `5xx`, `all`). Each retry carries the same idempotency token.
 */
export function postWebhook(
  settings: WebhookSettings,
  address: string,
  fields: FormFields,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  return inTurn(() => tryAll(settings, address, fields, signal));
}

async function tryAll(
  { authToken, webhookTimeoutMs }: WebhookSettings,
  address: string,
  fields: FormFields,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  const url = withoutFragment(address);
  const policy = retryPolicy(address);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'user-agent': 'TwilioProxy/1.1',
    accept: '*/*',
    'i-twilio-idempotency-token': randomUUID(),
    'x-twilio-signature': signWebhook(authToken, url, fields),
  };
  const body = new URLSearchParams(fields).toString();
  const deadline = performance.now() + webhookTimeoutMs;
  const attempts: Attempt[] = [];

  for (;;) {
    const began = performance.now();
    const outcome = await postForm(url, headers, body, Math.max(1, deadline - began), signal);
    const answered = outcome.kind === 'answered';
    attempts.push({
      status: answered ? outcome.status : null,
      error: answered ? null : outcome.error,
      milliseconds: Math.round(performance.now() - began),
    });
    if (attempts.length <= policy.count && policy.retries(outcome) && !signal.aborted) continue;
    return answered
      ? { url, status: outcome.status, contentType: outcome.contentType, body: outcome.body, attempts }
      : { url, status: null, contentType: '', body: '', attempts };
  }
}

function retryPolicy(address: string): { count: number; retries: (outcome: Outcome) => boolean } {
  const overrides = new URLSearchParams(address.split('#')[1] ?? '');
  const count = overrides.has('rc')
    ? Math.min(5, Math.max(0, Number.parseInt(overrides.get('rc') ?? '', 10) || 0))
    : 1;
  const kinds = new Set((overrides.get('rp') ?? 'ct,rt,5xx').split(','));
  return {
    count,
    retries(outcome) {
      if (outcome.kind === 'late') return false;
      if (outcome.kind !== 'answered')
        return kinds.has('all') || kinds.has(outcome.kind === 'connect' ? 'ct' : 'rt');
      const family = `${String(Math.floor(outcome.status / 100))}xx`;
      return outcome.status >= 400 && (kinds.has('all') || kinds.has(family));
    },
  };
}
