import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CarrierMemory } from './message-store.ts';

const status = z.enum([
  'accepted',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'receiving',
  'received',
]);

const memory = z.strictObject({
  version: z.literal(1),
  optedOut: z.array(z.string()),
  messages: z.array(
    z.strictObject({
      sid: z.string(),
      direction: z.enum(['inbound', 'outbound-api', 'outbound-reply']),
      from: z.string(),
      to: z.string(),
      messagingServiceSid: z.string().nullable(),
      body: z.string(),
      segments: z.number(),
      media: z.array(z.strictObject({ url: z.string(), contentType: z.string() })),
      status,
      errorCode: z.number().nullable(),
      createdAt: z.string(),
      updatedAt: z.string(),
      sentAt: z.string().nullable(),
      statusCallback: z.string().nullable(),
      callbacks: z.array(z.strictObject({ status, at: z.string(), answered: z.number().nullable() })),
    }),
  ),
});

/** What was kept at the last stop; null when nothing was. @throws Error when the file is not one of the carrier's. */
export async function readMemory(path: string): Promise<CarrierMemory | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return memory.parse(JSON.parse(text));
}

/** Writes beside the file and renames, so that a cut leaves the old one. Real numbers are in it: only its owner reads it. */
export async function writeMemory(path: string, kept: CarrierMemory): Promise<void> {
  const draft = `${path}.${String(process.pid)}.new`;
  await writeFile(draft, JSON.stringify({ version: 1, ...kept }), { mode: 0o600 });
  await rename(draft, path);
}
