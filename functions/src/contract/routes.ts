import type { z } from 'zod';
import type * as audit from './audit.ts';
import type * as description from './description.ts';
import type * as health from './health.ts';
import type { Page } from './lists.ts';
import type * as messages from './messages.ts';
import type * as people from './people.ts';
import type * as limits from './send-limits.ts';
import type * as suppressions from './suppressions.ts';
import type * as team from './team.ts';
import type * as waiting from './waiting.ts';

/**
 * The route table: what each call of the API takes and answers, below `/api/v1`. Types alone, made from the schemas by
 * which the server reads and answers, so that the console needs neither casts nor the schema library. A test holds it
 * against the routes that are registered.
 */

/** A query as a caller writes it: what has a default may be left out, and numbers are numbers. */
type Query<S extends z.ZodObject> = {
  [K in keyof z.input<S>]: (K extends keyof z.output<S> ? z.output<S>[K] : never) | undefined;
};
type Body<S extends z.ZodType> = z.input<S>;
type Answer<S extends z.ZodType> = z.output<S>;
type PageQuery = Query<typeof team.operatorsQuery>;

export interface Routes {
  'GET /health': { answer: Answer<typeof health.healthAnswer> };
  'GET /health/findings': { answer: Answer<typeof health.findingsAnswer> };

  'GET /session': { answer: team.SessionAnswer };
  'POST /session': { body: Body<typeof team.signIn>; answer: team.SignInAnswer };
  'PATCH /session': { body: Body<typeof team.preferencesPatch>; answer: team.SessionAnswer };
  'DELETE /session': { answer: null };
  'POST /session/password': { body: Body<typeof team.changePassword>; answer: null };
  'GET /sessions': { query: Query<typeof team.sessionsQuery>; answer: Page<team.SessionItem> };
  'DELETE /sessions/{sessionId}': { answer: null };

  'GET /operators': { query: PageQuery; answer: Page<team.Operator> };
  'POST /operators': { body: Body<typeof team.inviteOperator>; answer: team.InvitedOperator };
  'PATCH /operators/{operatorId}': {
    body: Body<typeof team.operatorPatch>;
    answer: Answer<typeof team.changedOperator>;
  };
  'POST /operators/invitation': {
    body: Body<typeof team.acceptInvitation>;
    answer: Answer<typeof team.acceptedInvitation>;
  };

  'GET /people': { query: Query<typeof people.peopleQuery>; answer: Page<people.Person> };
  'POST /people': { body: Body<typeof people.personCreate>; answer: people.Person };
  'GET /people/{userId}': { answer: people.Person };
  'PATCH /people/{userId}': { body: Body<typeof people.personPatch>; answer: people.Person };
  'POST /people/search': { body: Body<typeof people.peopleSearch>; answer: Page<people.Person> };
  'POST /people/{userId}/reveal': {
    body: Body<typeof people.revealRequest>;
    answer: Answer<typeof people.revealAnswer>;
  };
  'GET /people/{userId}/consent': { query: PageQuery; answer: suppressions.ConsentHistory };

  'GET /suppressions': {
    query: Query<typeof suppressions.suppressionsQuery>;
    answer: Page<suppressions.SuppressionItem>;
  };
  'POST /suppressions': {
    body: Body<typeof suppressions.suppressionAdd>;
    answer: suppressions.SuppressionItem;
  };
  'POST /suppressions/search': {
    body: Body<typeof suppressions.suppressionSearch>;
    answer: Page<suppressions.SuppressionItem>;
  };
  'POST /suppressions/lift': { body: Body<typeof suppressions.suppressionLift>; answer: null };
  'POST /suppressions/backfill': {
    body: Body<typeof suppressions.backfillRequest>;
    answer: suppressions.BackfillAnswer;
  };
  'GET /suppressions/flagged': { query: PageQuery; answer: Page<suppressions.RevocationItem> };
  'POST /suppressions/flagged/{messageId}': {
    body: Body<typeof suppressions.revocationDecide>;
    answer: null;
  };

  'GET /settings/error-codes': { answer: suppressions.ErrorCodesAnswer };
  'PATCH /settings/error-codes': {
    body: Body<typeof suppressions.errorCodesPatch>;
    answer: suppressions.ErrorCodesAnswer;
  };
  'GET /settings/limits': { answer: limits.SendLimitsAnswer };
  'PATCH /settings/limits': {
    body: Body<typeof limits.sendLimitsPatch>;
    answer: limits.SendLimitsAnswer;
  };

  'GET /messages/incoming': {
    query: Query<typeof messages.incomingQuery>;
    answer: Page<messages.IncomingItem>;
  };
  'GET /messages/incoming/{messageId}': { answer: messages.IncomingItem };
  'GET /messages/outgoing': {
    query: Query<typeof messages.outgoingQuery>;
    answer: Page<messages.OutgoingItem>;
  };
  'GET /messages/outgoing/{messageId}': { answer: messages.OutgoingItem };
  /** Of the log that `in` names. */
  'POST /messages/search': {
    body: Body<typeof messages.messageSearch>;
    answer: Page<messages.IncomingItem> | Page<messages.OutgoingItem>;
  };
  'POST /messages': { body: Body<typeof messages.sendMessage>; answer: messages.MessageAccepted };
  'PATCH /messages/outgoing/{messageId}': {
    body: Body<typeof messages.outgoingPatch>;
    answer: messages.OutgoingItem;
  };
  'DELETE /messages/outgoing/{messageId}': { answer: messages.OutgoingItem };
  'POST /messages/outgoing/{messageId}/resolve': {
    body: Body<typeof messages.resolveMessage>;
    answer: messages.OutgoingItem;
  };
  'GET /waiting': { answer: waiting.WaitingAnswer };

  'GET /openapi.json': { answer: description.ApiDescription };
  'GET /audit': { query: Query<typeof audit.auditQuery>; answer: Page<audit.AuditItem> };
}

export type RouteName = keyof Routes;
export type AnswerOf<N extends RouteName> = Routes[N]['answer'];

/** The names in the braces of a route. */
type ParamsIn<N extends string> = N extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamsIn<Rest>
  : never;

/** What a call of a route must give; undefined in a query is left out. */
export type InputOf<N extends RouteName> = Omit<Routes[N], 'answer' | 'query'> &
  (Routes[N] extends { query: infer Q } ? (object extends Q ? { query?: Q } : { query: Q }) : unknown) &
  ([ParamsIn<N>] extends [never] ? unknown : { params: Readonly<Record<ParamsIn<N>, string>> });
