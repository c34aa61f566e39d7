import type { Firestore } from '@google-cloud/firestore';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { inject } from 'vitest';
import type { TestStack } from '../../functions/cli/lib/test-stack.ts';
import { databaseOf } from './emulator.ts';

// Tests that go through the functions share one running stack, its project and its demo data, so their files run one after
// another. Each makes its own people and operators, looks only at what belongs to them, and never clears. The carrier's
// dials concern everybody: a test that turns one turns it back in `afterEach`.

/** Addresses and settings of the running Parley. */
export function stack(): TestStack {
  return inject('parley');
}

/** The database that the functions use, with the rights of an administrator. */
export function sharedDatabase(): Firestore {
  return databaseOf(stack().projectId);
}

/** Runs the scheduled function once, as Cloud Scheduler would. */
export async function runDueWork(): Promise<void> {
  const { urls, projectId } = stack();
  const response = await fetch(
    `${urls.functions}/functions/projects/${projectId}/triggers/us-central1-runDueWork-0`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    },
  );
  if (!response.ok) throw new Error(`runDueWork answered ${response.status}: ${await response.text()}`);
}

export interface WebhookAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/**
 * Posts a webhook as Twilio does, signed by Twilio's own SDK over the configured address.
 * @param path What follows the configured address, e.g. `/inbound` or `/status?m=m_1`.
 */
export async function twilioPosts(
  path: string,
  parameters: Readonly<Record<string, string>>,
  change: { readonly signature?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<WebhookAnswer> {
  const { settings, urls } = stack();
  const signature =
    change.signature ??
    getExpectedTwilioSignature(settings.TWILIO_AUTH_TOKEN, settings.WEBHOOK_URL + path, parameters);
  const response = await fetch(urls.webhook + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
      ...change.headers,
    },
    body: new URLSearchParams(parameters),
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}
