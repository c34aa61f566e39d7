import type { z } from 'zod';
import type { AuditContext } from '../../audit/append.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { Log } from '../../platform/log.ts';
import type { ApiDeps } from '../deps.ts';
import type { KnownCaller, Nobody, OperatorCaller } from './caller.ts';
import type { Arrival } from './client-address.ts';
import type { AnswerKind, BodyKind } from './kinds.ts';
import type { RouteLimits } from './turn.ts';

/**
 * Who may call a route: anybody; or whoever has the permission among their scopes; with `by: 'operator'` only operators,
 * by their session, since the route is about that session or about what no program may do. No route can leave it out
 * (OP-3).
 */
export type Access = 'public' | { permission: Permission; by?: 'operator' };

/** The callers that a route with this access can have. */
export type CallerOf<A extends Access> = A extends 'public'
  ? Nobody
  : A extends { by: 'operator' }
    ? OperatorCaller
    : KnownCaller;

/** What a handler is given. Everything in `input` has passed its schema. */
export interface Call<A extends Access, Params, Query, Body> {
  input: { params: Params; query: Query; body: Body };
  caller: CallerOf<A>;
  /** Goes into every audit entry of this request; null on public routes, where nobody is known yet. */
  audit: A extends 'public' ? null : AuditContext;
  /** The client's network address, or '' where it is not known. */
  address: string;
  requestId: string;
  /** The instant at which the request was taken up; use it instead of asking the clock again. */
  now: Date;
  /** Aborted at the route's deadline, and when the caller goes away. */
  signal: AbortSignal;
  /** Every line carries the request id. */
  log: Log;
  /** A request header, or null. */
  header(name: string): string | null;
  /** Sets a header of a successful answer. */
  setHeader(name: string, value: string): void;
}

/** The schema of what a route does not take. */
export type NoFields = z.ZodObject<Record<never, never>>;

/** Describes one route and answers it. What `handler` returns as JSON is cut down to its schema: no field leaves unnamed. */
export interface RouteSpec<
  A extends Access,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body,
  Answer,
> extends RouteLimits {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, parameters in braces: `/people/{userId}`. */
  path: `/${string}`;
  /** One line for the API description. */
  summary: string;
  access: A;
  params?: Params;
  /** A strictObject: unknown query keys are refused, and without this schema all are. */
  query?: Query;
  /** `json(schema)` or `bytesIn(limits)`. Without it a body is not read. */
  body?: BodyKind<Body>;
  /**
   * Stands on every route whose body can hold a phone number, whole or its end: whether this one does. Then the call
   * needs `people:lookup` and counts as a look-up (PRIV-3).
   */
  looksUp?(body: Body): boolean;
  status: 200 | 201 | 202 | 204;
  /** `json(schema)`, `bytesOut(types)`, `streamOut(type)`, or `nothing` with status 204. */
  response: AnswerKind<Answer>;
  handler(call: Call<A, z.output<Params>, z.output<Query>, Body>): Promise<NoInfer<Answer>>;
}

/** A route as the tests list it. */
export interface RouteInfo {
  method: string;
  /** With `/api/v1`. */
  path: string;
  access: Access;
  takesBody: boolean;
  /** Whether it can be asked by a phone number. */
  looksUp: boolean;
}

/** Adds one route; each lies in a file of its own. */
export type AddRoute = (api: Api, deps: ApiDeps) => void;

/** What route files register with. */
export interface Api {
  readonly routes: readonly RouteInfo[];
  route<
    A extends Access,
    Params extends z.ZodObject = NoFields,
    Query extends z.ZodObject = NoFields,
    Body = undefined,
    Answer = void,
  >(
    spec: RouteSpec<A, Params, Query, Body, Answer>,
  ): void;
  /** Answers a request, always, in the one shape. Whoever calls in the same process need not come through Hosting. */
  fetch(request: Request, from?: Pick<Arrival, 'address'> & Partial<Arrival>): Promise<Response>;
  /** The OpenAPI 3.1 description of every registered route. */
  describe(): object;
}
