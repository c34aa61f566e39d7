import { countSegments } from '../../src/contract/segments.ts';
import { decideInbound } from '../../src/inbound/inbound-decision.ts';
import type { Delivery } from '../../src/outbox/delivery-status.ts';
import { autoReplyId } from '../../src/inbound/auto-reply.ts';
import type { NewIncoming } from '../../src/inbound/incoming-store.ts';
import { detectKeyword } from '../../src/inbound/keywords.ts';
import { withinLastHour } from '../../src/limits/send-guards.ts';
import { sendTimeOf } from '../../src/outbox/send-time.ts';
import { operatorDelivery, replyDelivery, scheduledDelivery } from './deliveries.ts';
import { everydayMoments, fixedMoments, type Moment } from './moments.ts';
import type { SeededRandom } from './random.ts';
import type { Later, Turn } from './turns.ts';

/** A demo person as the history needs them. */
export interface Actor {
  /** Last digits of the number. */
  who: string;
  userId: string;
  label: string;
  firstName: string;
  active: boolean;
  suppressed: boolean;
}

export interface Stranger {
  who: string;
  hash: string;
}

export interface Writer {
  id: string;
  name: string;
}

export interface DemoOutgoing {
  id: string;
  queuedAt: Date;
  userId: string;
  recipient: string;
  body: string;
  /** Null for an automatic reply. */
  by: Writer | null;
  /** When it leaves; null for what has left. */
  due: { at: Date; timeZone: string } | null;
  delivery: Delivery;
  /** The carrier's id of it, where the carrier has it. Parley does not know it where the answer was lost. */
  carrierId: string | null;
}

/** What a conversation and a number come to at the end of the history. */
export interface Standing {
  lastText: string;
  lastAt: Date | null;
  lastDirection: 'in' | 'out' | null;
  unread: number;
  autoReplies: Date[];
  operatorTexts: Date[];
  optedOut: Date | null;
}

export interface History {
  incoming: NewIncoming[];
  outgoing: DemoOutgoing[];
  /** By user id. */
  standings: Map<string, Standing>;
  /** Times at which unregistered numbers opted out, by hash. */
  strangersOptedOut: Map<string, Date>;
  /** Every STOP and START that changed something: of a person, or else of a stranger's hash. */
  consent: DemoConsent[];
}

export interface DemoConsent {
  at: Date;
  userId: string | null;
  hash: string | null;
  change: 'added' | 'lifted';
  /** The text. */
  messageId: string;
}

export interface HistoryCast {
  actors: readonly Actor[];
  strangers: readonly Stranger[];
  operators: { owner: Writer; operator: Writer };
  ackText: string;
  autoRepliesPerHour: number;
  /** When the history ends: now. */
  end: Date;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The demo history: every message of every scene, decided and delivered by the rules that real ones go by. */
export function demoHistory(cast: HistoryCast, random: SeededRandom): History {
  const now = cast.end;
  const history: History = {
    incoming: [],
    outgoing: [],
    standings: new Map(),
    strangersOptedOut: new Map(),
    consent: [],
  };
  for (const actor of cast.actors) history.standings.set(actor.userId, emptyStanding());
  const moments = [...fixedMoments(now, random), ...everydayMoments(cast.actors, now, random)];
  for (const moment of moments.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const actor = cast.actors.find(({ who }) => who === moment.who);
    if (actor !== undefined) play(cast, history, actor, moment, random);
    else playStranger(cast, history, moment, random);
  }
  return history;
}

function emptyStanding(): Standing {
  const said = { lastText: '', lastAt: null, lastDirection: null, unread: 0 };
  return { ...said, autoReplies: [], operatorTexts: [], optedOut: null };
}

function play(
  cast: HistoryCast,
  history: History,
  actor: Actor,
  { at, turn }: Moment,
  random: SeededRandom,
): void {
  const standing = history.standings.get(actor.userId) ?? emptyStanding();
  if ('in' in turn) playIncoming(cast, history, actor, standing, { at, turn }, random);
  // Nobody writes to somebody who must not be texted.
  else if (standing.optedOut === null && actor.active)
    playOutgoing(cast, history, actor, standing, { at, turn }, random);
}

type Said<T> = { at: Date; turn: T };

function playIncoming(
  cast: HistoryCast,
  history: History,
  actor: Actor,
  standing: Standing,
  { at, turn }: Said<Extract<Turn, { in: string }>>,
  random: SeededRandom,
): void {
  const keyword = detectKeyword(turn.in, null);
  const sender = { kind: 'person', active: actor.active, autoReplies: standing.autoReplies } as const;
  const { autoReplies, ...decision } = decideInbound(sender, keyword, cast.autoRepliesPerHour, at);
  const sid = `SM${random.id()}`;
  const responseId = decision.responded ? autoReplyId(sid) : null;
  history.incoming.push({
    ...textFields(sid, at, turn),
    ...decision,
    userId: actor.userId,
    senderHash: null,
    sender: actor.label,
    keyword,
    responseId,
  });
  const stands = standing.optedOut !== null;
  if (keyword === 'stop' && !stands) standing.optedOut = at;
  if (keyword === 'start') standing.optedOut = null;
  if (stands !== (standing.optedOut !== null)) {
    const change = stands ? 'lifted' : 'added';
    history.consent.push({ at, userId: actor.userId, hash: null, change, messageId: sid });
  }
  Object.assign(standing, {
    lastText: turn.in,
    lastAt: at,
    lastDirection: 'in',
    unread: standing.unread + 1,
    autoReplies,
  });
  if (responseId === null) return;
  const { segments } = countSegments(cast.ackText);
  const lost = turn.replyLost === true;
  const carrierId = `SM${random.id()}`;
  history.outgoing.push({
    id: responseId,
    queuedAt: at,
    userId: actor.userId,
    recipient: actor.label,
    body: cast.ackText,
    by: null,
    due: null,
    delivery: replyDelivery({ at, end: cast.end }, carrierId, segments, lost),
    carrierId: lost ? null : carrierId,
  });
}

function playOutgoing(
  cast: HistoryCast,
  history: History,
  actor: Actor,
  standing: Standing,
  { at, turn }: Said<Extract<Turn, { out: string }>>,
  random: SeededRandom,
): void {
  const body = turn.out.replaceAll('{name}', actor.firstName || 'there');
  const { segments } = countSegments(body);
  const by = cast.operators[turn.by ?? 'operator'];
  const due = turn.later === undefined ? null : dueOf(turn.later, at);
  const outcome = turn.outcome ?? 'delivered';
  const carrierId = `SM${random.id()}`;
  history.outgoing.push({
    id: `m_${random.id()}`,
    queuedAt: at,
    userId: actor.userId,
    recipient: actor.label,
    body,
    by,
    due,
    delivery:
      due === null
        ? operatorDelivery(outcome, { queuedAt: at, end: cast.end }, carrierId, segments)
        : scheduledDelivery(at, due, canceledOf(turn.later, at, by)),
    carrierId: due !== null || outcome === 'blocked' || outcome === 'refused' ? null : carrierId,
  });
  standing.operatorTexts = [...withinLastHour(standing.operatorTexts, at), at];
  // What has not left is no part of the conversation yet; whoever wrote it has read what there was.
  if (due !== null) standing.unread = 0;
  else Object.assign(standing, { lastText: body, lastAt: at, lastDirection: 'out', unread: 0 });
}

function canceledOf(later: Later | undefined, at: Date, by: Writer): { at: Date; by: string } | null {
  if (later?.canceledAfter === undefined) return null;
  return { at: new Date(at.getTime() + later.canceledAfter * MINUTE), by: by.name };
}

function dueOf({ days, time, timeZone }: Later, at: Date): { at: Date; timeZone: string } {
  const day = new Date(at.getTime() + days * DAY).toISOString().slice(0, 10);
  const due = sendTimeOf({ local: `${day}T${time}`, timeZone }, at);
  if (!due.ok) throw new Error(`A demo text has an impossible time: ${due.message}`);
  return { at: due.at, timeZone };
}

function playStranger(
  cast: HistoryCast,
  history: History,
  { who, at, turn }: Moment,
  random: SeededRandom,
): void {
  const stranger = cast.strangers.find((each) => each.who === who);
  if (stranger === undefined || !('in' in turn)) throw new Error(`The demo history has nobody with ${who}.`);
  const keyword = detectKeyword(turn.in, null);
  const { autoReplies: _none, ...decision } = decideInbound(
    { kind: 'unknown' },
    keyword,
    cast.autoRepliesPerHour,
    at,
  );
  const sender = {
    userId: null,
    senderHash: stranger.hash,
    sender: `Unknown · ${stranger.hash.slice(0, 6)}`,
  };
  const sid = `SM${random.id()}`;
  history.incoming.push({
    ...textFields(sid, at, turn),
    ...decision,
    ...sender,
    keyword,
    responseId: null,
  });
  if (keyword !== 'stop') return;
  history.strangersOptedOut.set(stranger.hash, at);
  history.consent.push({ at, userId: null, hash: stranger.hash, change: 'added', messageId: sid });
}

function textFields(sid: string, receivedAt: Date, turn: Extract<Turn, { in: string }>) {
  return {
    sid: turn.media === undefined ? sid : sid.replace('SM', 'MM'),
    receivedAt,
    body: turn.in,
    segments: countSegments(turn.in).segments,
    media: (turn.media ?? []).map((contentType) => ({ contentType })),
    requestId: 'demo',
  };
}
