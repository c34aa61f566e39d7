import type { Context } from 'hono';
import { z } from 'zod';
import type { Log } from '../../platform/log.ts';
import type { ApiDeps } from '../deps.ts';
import { auditContext, type Caller } from './caller.ts';
import { admit } from './guard.ts';
import { logFailure } from './errors.ts';
import type { Answer } from './kinds.ts';
import { admitLookUp } from './look-up.ts';
import { parseInput, readQuery } from './read-input.ts';
import type { Access, Call, RouteSpec } from './route.ts';
import { turnstile, type Turn } from './turn.ts';
import type { Verifier } from './verifier.ts';

/** What the frame keeps of a request. */
export interface Env {
  Bindings: { address: string; viaHosting?: boolean };
  Variables: { requestId: string; now: Date; log: Log; verifier: Verifier | null; route?: string };
}

const noQuery = z.strictObject({});

function logOf(caller: Caller, log: Log): Log {
  if (caller.kind === 'nobody') return log;
  return log.with(caller.kind === 'operator' ? { operatorId: caller.id } : { programId: caller.id });
}

/**
 * One call of one route: caller and permission first, so that nobody learns more without them; then the input; then,
 * where it holds a phone number, the limit on looking numbers up; then the handler; then the answer, of the kind that the
 * route names.
 */
async function serveRoute<A extends Access, P extends z.ZodObject, Q extends z.ZodObject, B, R>(
  deps: ApiDeps,
  spec: RouteSpec<A, P, Q, B, R>,
  c: Context<Env>,
  turn: Turn,
): Promise<Answer> {
  const { requestId, now, verifier } = c.var;
  const { address } = c.env;
  const caller = await admit(deps, spec.access, { verifier, headers: c.req.raw.headers, now });
  const params = spec.params === undefined ? undefined : parseInput(spec.params, c.req.param());
  const query = parseInput(spec.query ?? noQuery, readQuery(new URL(c.req.url).searchParams));
  const body = await spec.body?.read(c.req.raw);
  const audit = caller.kind === 'nobody' ? null : auditContext(caller, address, requestId);
  if (caller.kind !== 'nobody' && audit !== null && body !== undefined && spec.looksUp?.(body) === true)
    await admitLookUp(deps, { caller, audit, now });
  const log = logOf(caller, c.var.log);
  const call = {
    input: { params, query, body },
    caller,
    audit,
    address,
    requestId,
    now,
    signal: turn.signal,
    log,
    header: (name: string) => c.req.header(name) ?? null,
    setHeader: (name: string, value: string) => c.header(name, value),
    // The parts are put together by the very spec that types the handler; only the optional ones blur it.
  } as Call<A, z.output<P>, z.output<Q>, B>;
  const failed = (error: unknown) => logFailure(log, error);
  return spec.response.write(await spec.handler(call), { caller, turn, failed });
}

/** Answers calls of one route, within its limits. Work that outlasts its deadline keeps its place until it ends. */
export function serving<A extends Access, P extends z.ZodObject, Q extends z.ZodObject, B, R>(
  deps: ApiDeps,
  spec: RouteSpec<A, P, Q, B, R>,
): (c: Context<Env>) => Promise<Response> {
  const enter = turnstile(spec);
  return async (c) => {
    const turn = enter(c.req.raw.signal);
    const work = serveRoute(deps, spec, c, turn);
    work.then(({ streams }) => {
      if (!streams) turn.end();
    }, turn.end);
    const { body, headers } = await turn.within(work);
    return c.newResponse(body, spec.status, headers);
  };
}
