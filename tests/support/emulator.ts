import { randomBytes } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { inject } from 'vitest';
import type { TestStack } from '../../functions/cli/lib/test-stack.ts';

// How tests keep apart on the one stack that they share:
// - A test that calls use cases or stores itself takes `freshDatabase()`: the Firestore emulator keeps projects apart,
//   so it gets an empty, isolated database, which nothing wipes and nobody else sees.
// - A test that goes through the functions shares `demo-parley` and its demo data with the others. It makes its own
//   people and operators, looks only at what belongs to them, and never clears. Files run one after the other.
// Setting the carrier's dials concerns everybody: a test that turns one turns it back in `afterEach`.

/** Addresses and settings of the running Parley. */
export function stack(): TestStack {
  return inject('parley');
}

/** The database that the functions use, with the rights of an administrator. */
export function sharedDatabase(): Firestore {
  return databaseOf(stack().projectId);
}

/** An empty database that belongs to the caller alone, and the id of its project. */
export function freshDatabase(): { db: Firestore; projectId: string } {
  const projectId = `demo-${randomBytes(8).toString('hex')}`;
  return { db: databaseOf(projectId), projectId };
}

/** Host and port of the Firestore emulator. */
export function firestoreHost(): string {
  return inject('firestore');
}

function databaseOf(projectId: string): Firestore {
  return new Firestore({
    projectId,
    host: firestoreHost(),
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
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

/** A MessageSid that nobody else has. */
export function newMessageSid(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}
