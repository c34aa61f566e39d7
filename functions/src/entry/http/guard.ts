import { PERMISSIONS, type Permission } from '../../contract/permissions.ts';
import { AppError } from '../../platform/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { NOBODY, type Caller, type KnownCaller } from './caller.ts';
import { isSameOrigin } from './origin-check.ts';
import type { Access } from './route.ts';
import { verifierFor, type Verifier } from './verifier.ts';

function isFromConsole({ headers, method }: Request): boolean {
  return isSameOrigin(method, {
    origin: headers.get('origin'),
    secFetchSite: headers.get('sec-fetch-site'),
    forwardedHost: headers.get('x-forwarded-host'),
    host: headers.get('host'),
  });
}

/**
 * What is checked before it is known whether there is such a route: CROSS_SITE_REFUSED, and CREDENTIALS_MIXED, since of
 * two credentials it would be anybody's guess which one counts. Answers who verifies the credentials; null for none.
 * Without a program's credentials the origin is checked also where there is no cookie, for signing in.
 */
export function checkAtTheDoor(verifiers: readonly Verifier[], request: Request): Verifier | null {
  const verifier = verifierFor(verifiers, request.headers);
  const ofProgram = verifier !== null && verifier !== 'mixed' && verifier.of === 'program';
  if (!ofProgram && !isFromConsole(request)) throw new AppError('CROSS_SITE_REFUSED');
  if (verifier === 'mixed') throw new AppError('CREDENTIALS_MIXED');
  return verifier;
}

/** Throws PERMISSION_DENIED: to an operator with the lowest role that would do, to a program with the scope. */
export function refuse(caller: KnownCaller, permission: Permission): never {
  const needs = caller.kind === 'operator' ? PERMISSIONS[permission] : permission;
  throw new AppError('PERMISSION_DENIED', { details: { needs } });
}

/**
 * Who calls. Lets a call through or throws: NOT_SIGNED_IN and whatever else the verifier refuses, PERMISSION_DENIED.
 * Nobody on public routes, whoever it is.
 */
export async function admit(
  deps: ApiDeps,
  access: Access,
  { verifier, headers, now }: { verifier: Verifier | null; headers: Headers; now: Date },
): Promise<Caller> {
  if (access === 'public') return NOBODY;
  if (verifier === null) throw new AppError('NOT_SIGNED_IN');
  const verified = await verifier.verify(deps, headers, now);
  if (verified.kind === 'refused') throw new AppError(verified.code);
  const { caller } = verified;
  if (access.by === 'operator' && caller.kind !== 'operator')
    throw new AppError('PERMISSION_DENIED', { message: 'Only an operator does this, in the console.' });
  if (!caller.scopes.has(access.permission)) refuse(caller, access.permission);
  return caller;
}
