import { INCOMING_STATUSES } from '../contract/delivery.ts';
import type { Page } from '../contract/lists.ts';
import { incomingFromDocument, outgoingFromDocument } from '../contract/live.ts';
import type { IncomingItem, MessageSearch, OutgoingItem } from '../contract/messages.ts';
import { readPhoneKey } from '../people/phone-keys-store.ts';
import { parsePhoneNumber } from '../people/phone-number.ts';
import type { Config } from '../platform/config.ts';
import { cursorScope } from '../platform/cursor.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import type { LogFilter } from './log-query.ts';
import { timesOf } from './list-incoming.ts';
import { readLog, type LogDeps } from './read-log.ts';
import { wordsOf } from './words.ts';

export interface SearchDeps extends LogDeps {
  vault: Pick<PhoneVault, 'hash'>;
  config: LogDeps['config'] & Pick<Config, 'defaultCountry'>;
}

/** A field of the search that cannot be used, and why, in words. */
export interface SearchProblem {
  path: 'phoneNumber' | 'words' | 'status' | 'sort' | 'operatorId';
  message: string;
}

export type SearchResult =
  | { kind: 'found'; page: Page<IncomingItem> | Page<OutgoingItem> }
  | { kind: 'refused'; problem: SearchProblem };

/**
 * Searches one log by phone number or by words (LOG-2). The number is hashed here and goes no further. A text is found
 * by whole words, in any order and case. Throws BAD_CURSOR.
 */
export async function searchMessages(deps: SearchDeps, search: MessageSearch): Promise<SearchResult> {
  const problem = misfit(search);
  if (problem !== null) return { kind: 'refused', problem };
  return search.phoneNumber === undefined
    ? byWords(deps, search, search.words ?? '')
    : byPhone(deps, search, search.phoneNumber);
}

/** What the other log has and this one has not. */
function misfit(search: MessageSearch): SearchProblem | null {
  const incoming = search.in === 'incoming';
  const isIncomingStatus = INCOMING_STATUSES.some((status) => status === search.status);
  if (search.status !== undefined && isIncomingStatus !== incoming)
    return { path: 'status', message: `The ${search.in} log has no such status.` };
  if (incoming && search.operatorId !== undefined)
    return { path: 'operatorId', message: 'The incoming log has no operators.' };
  if (incoming && search.sort.endsWith('operator'))
    return { path: 'sort', message: 'The incoming log has no operators.' };
  return null;
}

async function byWords(deps: SearchDeps, search: MessageSearch, text: string): Promise<SearchResult> {
  // The longest word is likely the rarest, so that the fewest entries are read for it.
  const [word, ...otherWords] = wordsOf(text).sort((a, b) => b.length - a.length);
  if (word === undefined) {
    const message = 'There is no word in this. A phone number is searched for in its own field.';
    return { kind: 'refused', problem: { path: 'words', message } };
  }
  return find(deps, search, { word }, { otherWords, scope: cursorScope('search', search) });
}

async function byPhone(deps: SearchDeps, search: MessageSearch, text: string): Promise<SearchResult> {
  const parsed = parsePhoneNumber(text, deps.config.defaultCountry);
  if (!parsed.ok) return { kind: 'refused', problem: { path: 'phoneNumber', message: parsed.message } };
  const hash = deps.vault.hash(parsed.e164);
  const phoneKey = await readPhoneKey(deps.db, hash);
  const scope = cursorScope('search', { ...search, phoneNumber: hash });
  return find(deps, search, { phone: { userId: phoneKey?.userId ?? null, hash } }, { scope });
}

async function find(
  deps: SearchDeps,
  search: MessageSearch,
  sought: LogFilter,
  rest: { otherWords?: readonly string[]; scope: string },
): Promise<SearchResult> {
  const { status, userId, operatorId, sort, limit, cursor } = search;
  const filter = { status, userId, operatorId, ...timesOf(search), ...sought };
  const request = { filter, sort, limit, cursor, ...rest };
  return search.in === 'incoming'
    ? {
        kind: 'found',
        page: await readLog(deps, { log: 'incoming', ...request, toItem: incomingFromDocument }),
      }
    : {
        kind: 'found',
        page: await readLog(deps, { log: 'outgoing', ...request, toItem: outgoingFromDocument }),
      };
}
