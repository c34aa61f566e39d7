import { randomBytes } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { inject } from 'vitest';

// Tests on the Firestore emulator and nothing else: the emulator keeps projects apart, so each test has an empty, isolated
// database, which nothing wipes and nobody else sees, and their files run side by side. What goes through the functions
// takes the stack that all share (stack.ts).

/** An empty database that belongs to the caller alone, and the id of its project. */
export function freshDatabase(): { db: Firestore; projectId: string } {
  const projectId = `demo-${randomBytes(8).toString('hex')}`;
  return { db: databaseOf(projectId), projectId };
}

/** Host and port of the Firestore emulator. */
export function firestoreHost(): string {
  return inject('firestore');
}

/** A database of the emulator, with the rights of an administrator. */
export function databaseOf(projectId: string): Firestore {
  return new Firestore({
    projectId,
    host: firestoreHost(),
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });
}

/** A MessageSid that nobody else has. */
export function newMessageSid(): string {
  return `SM${randomBytes(16).toString('hex')}`;
}
