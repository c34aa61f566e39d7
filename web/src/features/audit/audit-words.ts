import type { AuditAction } from '../../../../functions/src/contract/audit-actions.ts';
import type { AuditItem } from '../../../../functions/src/contract/audit.ts';
import { ROLES } from '../../../../functions/src/contract/permissions.ts';
import { utcTime } from '../../components/format-time.ts';
import type { IconName } from '../../components/icon.ts';
import { ROLE_WORDS } from '../../components/role-words.ts';

/** What can have been done, for the filter and beside each entry. */
export const ACTION_LOOKS: Readonly<Record<AuditAction, { words: string; icon: IconName }>> = {
  'session.started': { words: 'Signed in', icon: 'key' },
  'session.refused': { words: 'Sign-in refused', icon: 'lock' },
  'session.ended': { words: 'Session ended', icon: 'sign-out' },
  'operator.invited': { words: 'Operator invited', icon: 'team' },
  'operator.joined': { words: 'Operator joined', icon: 'team' },
  'operator.changed': { words: 'Operator changed', icon: 'team' },
  'operator.password_changed': { words: 'Password changed', icon: 'key' },
  'operator.unlocked': { words: 'Operator unlocked', icon: 'key' },
  'person.added': { words: 'Person added', icon: 'person' },
  'person.changed': { words: 'Person changed', icon: 'person' },
  'person.revealed': { words: 'Number revealed', icon: 'eye' },
  'person.looked_up': { words: 'Number looked up', icon: 'eye' },
  'person.lookup_limited': { words: 'Look-ups limited', icon: 'lock' },
  'consent.opted_out': { words: 'Opted out', icon: 'slash' },
  'consent.opted_in': { words: 'Opted in', icon: 'check' },
  'consent.suppressed': { words: 'Number suppressed', icon: 'slash' },
  'consent.unsuppressed': { words: 'Suppression lifted', icon: 'check' },
  'consent.dismissed': { words: 'Opt-out request dismissed', icon: 'check' },
  'message.accepted': { words: 'Message sent', icon: 'send' },
  'messages.accepted': { words: 'Messages sent', icon: 'send' },
  'message.edited': { words: 'Message changed', icon: 'compose' },
  'message.canceled': { words: 'Message canceled', icon: 'slash' },
  'message.resolved': { words: 'Delivery resolved', icon: 'question' },
  'message.refused': { words: 'Message refused', icon: 'lock' },
  'settings.changed': { words: 'Settings changed', icon: 'check' },
  'system.seeded': { words: 'Demo data added', icon: 'plus' },
  'system.migrated': { words: 'Data migrated', icon: 'plus' },
  'system.exported': { words: 'Data exported', icon: 'eye' },
  'system.restored': { words: 'Data restored', icon: 'plus' },
  'system.keys_rotated': { words: 'Keys rotated', icon: 'key' },
};

const FIELD_WORDS: Readonly<Record<string, string>> = {
  phoneNumber: 'number',
  firstName: 'first name',
  lastName: 'last name',
  tags: 'tags',
  customFields: 'custom fields',
  timeZone: 'time zone',
  language: 'language',
  notes: 'notes',
  consent: 'consent record',
  status: 'status',
  role: 'role',
  name: 'name',
  undoSeconds: 'undo time',
};

const KEY_WORDS: Readonly<Record<string, string>> = {
  again: 'New link for an earlier invitation',
  as: 'Decided as',
  code: 'Why',
  dailySpend: 'Daily spending limit, $',
  dueAt: 'Sends at',
  encoding: 'Encoding',
  errorCode: 'Error code',
  fields: 'What changed',
  incoming: 'Incoming messages',
  length: 'Characters',
  locked: 'Sign-in locked',
  operatorId: 'Operator',
  operatorPerMinute: 'Messages per operator per minute',
  operators: 'Operators',
  optedOut: 'Opted out before',
  outgoing: 'Outgoing messages',
  people: 'People',
  personPerHour: 'Messages per person per hour',
  reason: 'Reason',
  role: 'Role',
  segments: 'Segments',
  sessionsEnded: 'Sessions ended',
  source: 'Source',
  status: 'Status',
  undoSeconds: 'Undo time, seconds',
  userId: 'Person',
};

const VALUE_WORDS: Readonly<Record<string, string>> = {
  transient: 'temporary',
  permanent: 'affects only that message',
  suppress: 'suppresses the number',
  opt_out: 'opts the person out',
  signed_out: 'signed out',
  ended: 'ended by an operator',
  credentials: 'e-mail or password wrong',
  deactivated: 'deactivated',
  keyword: 'texted a keyword such as STOP or START',
  carrier: 'reported by the carrier',
  operator: 'by an operator',
  backfill: 'found in past failures',
  resend: 'send again',
  canceled: 'canceled',
  PERSON_RATE_LIMITED: 'too many messages to this person within an hour',
  OPERATOR_RATE_LIMITED: 'too many messages by this operator within a minute',
  SPEND_LIMIT_REACHED: 'the daily spending limit was reached',
};

const SETTINGS_WORDS: Readonly<Record<string, string>> = {
  limits: 'the sending limits',
  errorCodes: 'what happens after error codes',
};
/** For these, nothing set means no limit. */
const LIMIT_KEYS: ReadonlySet<string> = new Set(['personPerHour', 'operatorPerMinute', 'dailySpend']);

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function changedFields(item: AuditItem): string {
  const words = strings(item.after?.['fields']).map(
    (name) => FIELD_WORDS[name] ?? name.replace(/^customFields\./, ''),
  );
  return words.length === 0 ? 'details' : list.format(words);
}

function roleName(value: unknown): string | null {
  const role = ROLES.find((each) => each === value);
  return role ? ROLE_WORDS[role].name.toLowerCase() : null;
}

const aRole = (name: string): string => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;

function operatorChange(item: AuditItem, who: string): string {
  const fields = strings(item.after?.['fields']);
  const status = item.after?.['status'];
  if (fields.includes('undoSeconds')) return 'changed how long they can undo a message';
  if (fields.includes('status')) return `${status === 'deactivated' ? 'deactivated' : 'activated'} ${who}`;
  const role = roleName(item.after?.['role']);
  if (fields.includes('role') && role) return `made ${who} ${aRole(role)}`;
  return fields.includes('name') ? `renamed ${who}` : `changed ${who}`;
}

function personChange(item: AuditItem, person: string): string {
  const fields = strings(item.after?.['fields']);
  if (fields.length === 1 && fields[0] === 'status')
    return `${item.after?.['status'] === 'inactive' ? 'deactivated' : 'activated'} ${person}`;
  return `changed the ${changedFields(item)} of ${person}`;
}

/**
 * One sentence: who did what to whom, e.g. `Olga Owner added Ada Lovelace`. Pure. People and operators have the names that
 * the API found for them; who is gone is "a person" or "an operator".
 */
export function auditSentence(item: AuditItem): string {
  const actor = item.actor.label;
  const self = item.actor.id !== null && item.actor.id === item.target.id;
  const operator = self ? 'themselves' : (item.target.label ?? 'an operator');
  const person = item.about?.label ?? 'a person';
  const { after } = item;
  const whom = person;
  switch (item.action) {
    case 'session.started':
      return `${actor} signed in`;
    case 'session.refused': {
      const known = item.target.label;
      return `A sign-in${known === null ? ' with an unknown e-mail' : ` as ${known}`} was refused${after?.['locked'] === true ? ', and sign-in is locked for a while' : ''}`;
    }
    case 'session.ended': {
      if (after?.['reason'] === 'signed_out') return `${actor} signed out`;
      const whose =
        after?.['operatorId'] === item.actor.id
          ? 'another of their own sessions'
          : `a session of ${item.target.label ?? 'an operator'}`;
      return `${actor} ended ${whose}`;
    }
    case 'operator.invited': {
      const role = roleName(after?.['role']);
      return after?.['again'] === true
        ? `${actor} made a new invitation link for ${operator}`
        : `${actor} invited ${operator}${role ? ` as ${aRole(role)}` : ''}`;
    }
    case 'operator.joined':
      return `${actor} joined the team`;
    case 'operator.changed':
      return `${actor} ${operatorChange(item, operator)}`;
    case 'operator.password_changed':
      return self || item.target.id === null
        ? `${actor} changed their password`
        : `${actor} changed the password of ${operator}`;
    case 'operator.unlocked':
      return `${actor} lifted the sign-in lock of ${operator}`;
    case 'person.added':
      return `${actor} added ${person}`;
    case 'person.changed':
      return `${actor} ${personChange(item, person)}`;
    case 'person.revealed':
      return `${actor} revealed the number of ${person}`;
    case 'person.looked_up':
      return after?.['found'] !== true
        ? `${actor} looked up a phone number and found nothing`
        : item.target.id === null
          ? `${actor} looked up a phone number that nobody is registered with`
          : `${actor} looked up a phone number and found ${person}`;
    case 'person.lookup_limited':
      return after?.['of'] === 'reveal'
        ? `${actor} was refused more revealed numbers for a while`
        : `${actor} was refused more number look-ups for a while`;
    case 'consent.opted_out':
      return item.actor.kind === 'operator' ? `${actor} opted ${person} out` : `${capital(person)} opted out`;
    case 'consent.opted_in':
      return item.actor.kind === 'operator'
        ? `${actor} lifted the opt-out of ${person}`
        : `${capital(person)} opted in again`;
    case 'consent.suppressed':
      return `${capital(possessive(person))} number was suppressed`;
    case 'consent.unsuppressed':
      return `${actor} lifted the suppression of ${possessive(person)} number`;
    case 'consent.dismissed':
      return `${actor} decided that a message from ${person} was not an opt-out`;
    case 'message.accepted':
      return `${actor} ${typeof after?.['dueAt'] === 'string' ? 'scheduled' : 'sent'} a message to ${whom}`;
    case 'messages.accepted':
      return `${actor} sent ${typeof after?.['messages'] === 'number' ? String(after['messages']) : 'several'} messages at once`;
    case 'message.edited':
      return `${actor} changed a message to ${whom} before it was sent`;
    case 'message.canceled':
      return `${actor} canceled a message to ${whom} before it was sent`;
    case 'message.resolved':
      return `${actor} resolved an unconfirmed message to ${whom}`;
    case 'message.refused':
      return `A message by ${actor} to ${whom} was refused`;
    case 'settings.changed':
      return `${actor} changed ${SETTINGS_WORDS[item.target.id ?? ''] ?? 'the settings'}`;
    case 'system.seeded':
      return `${actor} added the demo data`;
    case 'system.migrated':
      return `${actor} migrated the data to a newer version`;
    case 'system.exported':
      return `${actor} exported the data`;
    case 'system.restored':
      return `${actor} restored the data from an export`;
    case 'system.keys_rotated':
      return `${actor} re-encrypted numbers with the newest key`;
  }
}

function possessive(name: string): string {
  return `${name}'s`;
}

function capital(text: string): string {
  return (text[0] ?? '').toUpperCase() + text.slice(1);
}

/** A key of `before` or `after` in words. */
export function auditKey(key: string): string {
  if (/^\d{5}$/.test(key)) return `Code ${key}`;
  return KEY_WORDS[key] ?? capital(key.replace(/([A-Z])/g, ' $1').toLowerCase());
}

/** The name that an entry has for one of its ids. */
function nameIn({ actor, target, about, after }: AuditItem, id: unknown): string | null {
  if (id === about?.userId) return about?.label ?? null;
  if (id === actor.id) return actor.label;
  return id === target.id || id === after?.['operatorId'] ? target.label : null;
}

/** A value of `before` or `after` of an entry in words. */
export function auditValue(item: AuditItem, key: string, value: unknown): string {
  if (value === null || value === undefined) return LIMIT_KEYS.has(key) ? 'No limit' : 'Nothing';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (key === 'fields') return capital(list.format(strings(value).map((name) => FIELD_WORDS[name] ?? name)));
  const known = key === 'role' ? roleName(value) : nameIn(item, value);
  if (known) return capital(known);
  if (key === 'dueAt' && typeof value === 'string') return utcTime(new Date(value));
  if (typeof value === 'string')
    return value in VALUE_WORDS || key === 'status' ? capital(VALUE_WORDS[value] ?? value) : value;
  return JSON.stringify(value);
}
