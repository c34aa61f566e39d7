import { INCOMING_STATUSES } from '../contract/delivery.ts';
import type { SearchWord } from '../contract/fold.ts';
import type { Page } from '../contract/lists.ts';
import { incomingFromDocument, outgoingFromDocument } from '../contract/live.ts';
import type { IncomingItem, MessageSearch, OutgoingItem } from '../contract/messages.ts';
import { searchWordsOf } from '../contract/search-words.ts';
import { findPhoneKey } from '../people/phone-keys-store.ts';
import { parsePhoneNumber } from '../people/phone-number.ts';
import { isSenderName } from '../people/sender-name.ts';
import type { Config } from '../platform/config.ts';
import { cursorScope } from '../platform/cursor.ts';
import type { PhoneVault } from '../platform/phone-vault.ts';
import type { LogFilter } from './logs-store.ts';
import { timesOf } from './list-incoming.ts';
import { readLog, type LogDeps } from './read-log.ts';
import { termFor } from '../platform/words.ts';

export interface SearchDeps extends LogDeps {
  vault: Pick<PhoneVault, 'hashes'>;
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
 * Searches one log by the address of somebody or by words (LOG-2). The address is a phone number in any writing, or a
 * sender that is none: a short code, a name; it is hashed here and goes no further. A message is found by the beginnings
 * of its words, in any order and case, and one that came in also by the name or the short code that sent it. Throws
 * BAD_CURSOR.
 */
export async function searchMessages(deps: SearchDeps, search: MessageSearch): Promise<SearchResult> {
  const problem = misfit(search);
  if (problem !== null) return { kind: 'refused', problem };
  return search.phoneNumber === undefined
    ? byWords(deps, search, search.words ?? '')
    : byAddress(deps, search, search.phoneNumber);
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
  const sought = searchWordsOf(text);
  const word = termFor(sought);
  if (word === null) {
    const message = 'There is no word in this. Search for a phone number in its own field.';
    return { kind: 'refused', problem: { path: 'words', message } };
  }
  // The short code or the name of a sender is found as what it wrote is: nobody thinks of another field for it.
  const isSender = search.in === 'incoming' && isSenderName(text);
  const sender = isSender ? { sender: deps.vault.hashes(text) } : {};
  return find(deps, search, { word, ...sender }, { sought, scope: cursorScope('search', search) });
}

async function byAddress(deps: SearchDeps, search: MessageSearch, text: string): Promise<SearchResult> {
  const number = parsePhoneNumber(text, deps.config.defaultCountry);
  if (!number.ok && (number.problem === 'shortened' || !isSenderName(text)))
    return { kind: 'refused', problem: { path: 'phoneNumber', message: number.message } };
  const hashes = deps.vault.hashes(number.ok ? number.e164 : text);
  const { phoneKey } = await findPhoneKey(deps.db, hashes);
  const scope = cursorScope('search', { ...search, phoneNumber: hashes[0] });
  return find(deps, search, { phone: { userId: phoneKey?.userId ?? null, hashes } }, { scope });
}

async function find(
  deps: SearchDeps,
  search: MessageSearch,
  sought: LogFilter,
  rest: { sought?: readonly SearchWord[]; scope: string },
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
