import type { AuditAction } from '../../../functions/src/contract/audit-actions.ts';
import type { AuditItem } from '../../../functions/src/contract/audit.ts';
import { ROLES } from '../../../functions/src/contract/permissions.ts';
import { utcTime } from './format-time.ts';
import type { IconName } from './icon.ts';
import { ROLE_WORDS } from './role-words.ts';

/** What can have been done, for the filter and beside each entry. */
export const ACTION_LOOKS: Readonly<Record<AuditAction, { words: string; icon: IconName }>> = {
  'session.started': { words: 'Signed in', icon: 'key' },
  'session.refused': { words: 'Sign-in refused', icon: 'lock' },
  'session.ended': { words: 'Session ended', icon: 'sign-out' },
  'operator.invited': { words: 'Operator invited', icon: 'team' },
  'operator.joined': { words: 'Operator joined', icon: 'team' },
  'operator.changed': { words: 'Operator changed', icon: 'team' },
  'operator.password_changed': { words: 'Password changed', icon: 'key' },
  'person.added': { words: 'Person added', icon: 'person' },
  'person.changed': { words: 'Person changed', icon: 'person' },
  'person.revealed': { words: 'Number revealed', icon: 'eye' },
  'consent.opted_out': { words: 'Opted out', icon: 'slash' },
  'consent.opted_in': { words: 'Opted in', icon: 'check' },
  'consent.suppressed': { words: 'Number suppressed', icon: 'slash' },
  'consent.unsuppressed': { words: 'Suppression lifted', icon: 'check' },
  'consent.dismissed': { words: 'Flag dismissed', icon: 'check' },
  'message.accepted': { words: 'Text sent', icon: 'send' },
  'message.edited': { words: 'Text changed', icon: 'compose' },
  'message.canceled': { words: 'Text canceled', icon: 'slash' },
  'message.resolved': { words: 'Outcome decided', icon: 'question' },
  'message.refused': { words: 'Text refused', icon: 'lock' },
  'settings.changed': { words: 'Settings changed', icon: 'check' },
  'system.seeded': { words: 'Demo data added', icon: 'plus' },
  'system.migrated': { words: 'Data migrated', icon: 'plus' },
  'system.exported': { words: 'Data exported', icon: 'eye' },
  'system.restored': { words: 'Data restored', icon: 'plus' },
  'system.keys_rotated': { words: 'Keys rotated', icon: 'key' },
};

/** What ids are called, as far as the page knows; null where it does not. */
export interface AuditNames {
  operator: (id: unknown) => string | null;
  /** Only where somebody has asked for it; lists say "a person". */
  person?: (id: unknown) => string | null;
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  phoneNumber: 'number',
  firstName: 'first name',
  lastName: 'last name',
  tags: 'tags',
  customFields: 'own fields',
  timeZone: 'time zone',
  language: 'language',
  notes: 'notes',
  consent: 'consent record',
  status: 'status',
  role: 'role',
  name: 'name',
  undoSeconds: 'time to undo',
};

const KEY_WORDS: Readonly<Record<string, string>> = {
  again: 'Made again',
  as: 'Decided as',
  code: 'Why',
  dailySpend: 'Dollars within a day',
  dueAt: 'Leaves at',
  encoding: 'Encoding',
  errorCode: 'Error code',
  fields: 'What changed',
  incoming: 'Incoming texts',
  length: 'Characters',
  locked: 'Locked for a while',
  operatorId: 'Operator',
  operatorPerMinute: 'Texts of an operator within a minute',
  operators: 'Operators',
  optedOut: 'Opted out before',
  outgoing: 'Outgoing texts',
  people: 'People',
  personPerHour: 'Texts to a person within an hour',
  reason: 'Reason',
  role: 'Role',
  segments: 'Segments',
  sessionsEnded: 'Sessions ended',
  source: 'How',
  status: 'Status',
  undoSeconds: 'Seconds to undo',
  userId: 'Person',
};

const VALUE_WORDS: Readonly<Record<string, string>> = {
  transient: 'passes by itself',
  permanent: 'concerns the one text',
  suppress: 'suppresses the number',
  opt_out: 'means an opt-out',
  signed_out: 'signed out',
  ended: 'ended by hand',
  credentials: 'e-mail or password wrong',
  deactivated: 'deactivated',
  keyword: 'by a text such as STOP or START',
  carrier: 'told by the carrier',
  operator: 'by an operator',
  backfill: 'found in past failures',
  resend: 'to be sent again',
  PERSON_RATE_LIMITED: 'too many texts to this person within an hour',
  OPERATOR_RATE_LIMITED: 'too many texts of this operator within a minute',
  SPEND_LIMIT_REACHED: "the day's spend limit is reached",
};

const SETTINGS_WORDS: Readonly<Record<string, string>> = {
  limits: 'the limits of sending',
  errorCodes: 'what error codes mean',
};
/** Of these nothing set means no limit. */
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
  if (fields.includes('undoSeconds')) return 'chose how long a send of theirs can be undone';
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
 * One sentence: who did what to whom, e.g. `Olga Owner added a person`. Pure. People are called by name only where
 * `names.person` knows them; operators by the name they have now, or the one that the entry kept.
 */
export function auditSentence(item: AuditItem, names: AuditNames): string {
  const actor = item.actor.label;
  const self = item.actor.id !== null && item.actor.id === item.target.id;
  const operator = self ? 'themselves' : (names.operator(item.target.id) ?? 'an operator');
  const person = names.person?.(item.target.id) ?? 'a person';
  const { after } = item;
  const whom = names.person?.(after?.['userId']) ?? 'a person';
  switch (item.action) {
    case 'session.started':
      return `${actor} signed in`;
    case 'session.refused': {
      const known = names.operator(item.target.id);
      return `A sign-in${known ? ` as ${known}` : ' with an unknown e-mail'} was refused${after?.['locked'] === true ? ', and more are locked out for a while' : ''}`;
    }
    case 'session.ended': {
      if (after?.['reason'] === 'signed_out') return `${actor} signed out`;
      const whose =
        after?.['operatorId'] === item.actor.id
          ? 'another session of their own'
          : `a session of ${names.operator(after?.['operatorId']) ?? 'an operator'}`;
      return `${actor} ended ${whose}`;
    }
    case 'operator.invited': {
      const role = roleName(after?.['role']);
      return after?.['again'] === true
        ? `${actor} made a new link for ${operator}`
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
    case 'person.added':
      return `${actor} added ${person}`;
    case 'person.changed':
      return `${actor} ${personChange(item, person)}`;
    case 'person.revealed':
      return `${actor} revealed the number of ${person}`;
    case 'consent.opted_out':
      return item.actor.kind === 'operator'
        ? `${actor} opted ${person} out of texts`
        : `${capital(person)} opted out of texts`;
    case 'consent.opted_in':
      return item.actor.kind === 'operator'
        ? `${actor} lifted the opt-out of ${person}`
        : `${capital(person)} opted in to texts again`;
    case 'consent.suppressed':
      return `The number of ${person} was suppressed`;
    case 'consent.unsuppressed':
      return `${actor} lifted the suppression of the number of ${person}`;
    case 'consent.dismissed':
      return `${actor} decided that a text of ${person} was no opt-out`;
    case 'message.accepted':
      return `${actor} sent a text to ${whom}`;
    case 'message.edited':
      return `${actor} changed a text to ${whom} before it left`;
    case 'message.canceled':
      return `${actor} canceled a text to ${whom} before it left`;
    case 'message.resolved':
      return `${actor} decided what became of a text to ${whom}`;
    case 'message.refused':
      return `A text of ${actor} to ${whom} was refused`;
    case 'settings.changed':
      return `${actor} changed ${SETTINGS_WORDS[item.target.id ?? ''] ?? 'the settings'}`;
    case 'system.seeded':
      return `${actor} added the demo data`;
    case 'system.migrated':
      return `${actor} brought the data to a newer form`;
    case 'system.exported':
      return `${actor} exported the data`;
    case 'system.restored':
      return `${actor} restored the data from an export`;
    case 'system.keys_rotated':
      return `${actor} sealed numbers anew under the newest key`;
  }
}

function capital(text: string): string {
  return (text[0] ?? '').toUpperCase() + text.slice(1);
}

/** A key of `before` or `after` in words. */
export function auditKey(key: string): string {
  if (/^\d{5}$/.test(key)) return `Code ${key}`;
  return KEY_WORDS[key] ?? capital(key.replace(/([A-Z])/g, ' $1').toLowerCase());
}

/** A value of `before` or `after` in words. */
export function auditValue(key: string, value: unknown, names: AuditNames): string {
  if (value === null || value === undefined) return LIMIT_KEYS.has(key) ? 'No limit' : 'Nothing';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (key === 'fields') return capital(list.format(strings(value).map((name) => FIELD_WORDS[name] ?? name)));
  const known =
    key === 'operatorId'
      ? names.operator(value)
      : key === 'userId'
        ? names.person?.(value)
        : key === 'role'
          ? roleName(value)
          : null;
  if (known) return capital(known);
  if (key === 'dueAt' && typeof value === 'string') return utcTime(new Date(value));
  if (typeof value === 'string')
    return value in VALUE_WORDS || key === 'status' ? capital(VALUE_WORDS[value] ?? value) : value;
  return JSON.stringify(value);
}
