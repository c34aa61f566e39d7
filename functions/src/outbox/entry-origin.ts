import type { HistorySource } from '../contract/delivery.ts';
import { DocumentShapeError } from '../contract/live.ts';
import type { OutgoingItem } from '../contract/messages.ts';
import { labelOf, type Origin } from './origin.ts';

/** How an origin is kept in an entry: its `kind` and its author; `originId` is what neither of them nor the id tells. */
export function originFields(origin: Origin) {
  const { kind } = origin;
  const author = { kind, operatorId: kind === 'operator' ? origin.id : null, operator: labelOf(origin) };
  return kind === 'operator' || kind === 'auto_reply' ? author : { ...author, originId: origin.id };
}

/** The inverse; entries of every version have what it needs. Throws DocumentShapeError. */
export function originFrom(
  { id, operatorId, operator }: Pick<OutgoingItem, 'id' | 'operatorId' | 'operator'>,
  { kind, originId }: Readonly<Record<string, unknown>>,
): Origin {
  if (operatorId !== null) return { kind: 'operator', id: operatorId, label: operator };
  if (kind === 'auto_reply') return { kind, inboundId: id.replace(/^r_/, '') };
  if (typeof originId !== 'string') throw new DocumentShapeError('originId');
  if (kind === 'program') return { kind, id: originId, label: operator };
  if (kind === 'campaign' || kind === 'event' || kind === 'verification') return { kind, id: originId };
  throw new DocumentShapeError('kind');
}

/** Who accepted it, as its history says: the console or API, the answer to a text, or Parley's own work. */
export function sourceOf({ kind }: Origin): HistorySource {
  if (kind === 'auto_reply') return kind;
  return kind === 'operator' || kind === 'program' ? 'operator' : 'worker';
}
