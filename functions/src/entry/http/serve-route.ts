import type { Context } from 'hono';
import { z } from 'zod';
import type { Log } from '../../platform/log.ts';
import type { ApiDeps } from '../deps.ts';
import { auditContext, type Caller } from './caller.ts';
import { admit } from './guard.ts';
import { admitLookUp, answerFor } from './look-up.ts';
import { readJson } from './read-body.ts';
import { parseInput, readQuery } from './read-input.ts';
import type { Access, Call, RouteSpec } from './route.ts';
import type { Verifier } from './verifier.ts';

/** What the frame keeps of a request. */
export interface Env {
  Bindings: { address: string; viaHosting?: boolean };
  Variables: { requestId: string; now: Date; log: Log; verifier: Verifier | null; route?: string };
}

const nothing = z.strictObject({});

function logOf(caller: Caller, log: Log): Log {
  if (caller.kind === 'nobody') return log;
  return log.with(caller.kind === 'operator' ? { operatorId: caller.id } : { programId: caller.id });
}

/**
 * One call of one route: caller and permission first, so that nobody learns more without them; then the input; then,
 * where it holds a phone number, the limit on looking numbers up; then the handler; then the answer, cut down to what its
 * schema names and the reader may see.
 */
export async function serveRoute<
  A extends Access,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
>(deps: ApiDeps, spec: RouteSpec<A, P, Q, B, R>, c: Context<Env>): Promise<Response> {
  const { requestId, now, log, verifier } = c.var;
  const { address } = c.env;
  const caller = await admit(deps, spec.access, { verifier, headers: c.req.raw.headers, now });
  const params = spec.params === undefined ? undefined : parseInput(spec.params, c.req.param());
  const query = parseInput(spec.query ?? nothing, readQuery(new URL(c.req.url).searchParams));
  const body = spec.body === undefined ? undefined : parseInput(spec.body, await readJson(c.req.raw));
  const audit = caller.kind === 'nobody' ? null : auditContext(caller, address, requestId);
  if (caller.kind !== 'nobody' && audit !== null && body !== undefined && spec.looksUp?.(body) === true)
    await admitLookUp(deps, { caller, audit, now });
  const call = {
    input: { params, query, body },
    caller,
    audit,
    address,
    requestId,
    now,
    log: logOf(caller, log),
    header: (name: string) => c.req.header(name) ?? null,
    setHeader: (name: string, value: string) => c.header(name, value),
    // The parts are put together by the very spec that types the handler; only the optional ones blur it.
  } as Call<A, z.output<P>, z.output<Q>, z.output<B>>;
  const answer = await spec.handler(call);
  if (spec.response === null) return c.body(null, 204);
  return c.body(answerFor(caller, spec.response.parse(answer)), spec.status === 204 ? 200 : spec.status, {
    'Content-Type': 'application/json',
  });
}
