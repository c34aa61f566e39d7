import type { AuditItem } from '../contract/audit.ts';
import type { AuditEntry } from './audit-store.ts';

/** What an entry's ids are called now; an id that is not in there is unknown, or gone. */
export interface KnownNames {
  people: ReadonlyMap<string, string>;
  operators: ReadonlyMap<string, string>;
  /** Whom a message is to, by the message's id. */
  recipients: ReadonlyMap<string, string>;
}

type Named = Pick<AuditEntry, 'actor' | 'action' | 'target' | 'after'>;

const idIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The message whose own entry must say whom it is to, since the audit entry does not. */
export function messageToAsk({ target, after }: Named): string | null {
  return target.kind === 'message' && idIn(after?.['userId']) === null ? target.id : null;
}

/** The person whom an entry concerns. */
export function personOf({ target, after }: Named, recipients: KnownNames['recipients']): string | null {
  if (target.kind === 'person' && target.id !== null) return target.id;
  if (target.kind === 'operator' || target.kind === 'session') return null;
  return (
    idIn(after?.['userId']) ?? (target.kind === 'message' ? (recipients.get(target.id ?? '') ?? null) : null)
  );
}

/** The operator whom an entry is done to. Of a session it is whose it is; one that starts is the actor's own. */
export function operatorOf({ actor, target, after }: Named): string | null {
  if (target.kind === 'operator') return target.id;
  if (target.kind !== 'session') return null;
  return idIn(after?.['operatorId']) ?? (actor.kind === 'operator' ? actor.id : null);
}

/** The target with its name, and the person concerned. */
export function withNames(entry: Named, known: KnownNames): Pick<AuditItem, 'target' | 'about'> {
  const userId = personOf(entry, known.recipients);
  const person = userId === null ? null : (known.people.get(userId) ?? null);
  const operatorId = operatorOf(entry);
  const label = operatorId === null ? person : (known.operators.get(operatorId) ?? null);
  return {
    target: { ...entry.target, label: entry.target.kind === 'system' ? null : label },
    about: userId === null || person === null ? null : { userId, label: person },
  };
}
