import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { KeyRing } from '../platform/key-ring.ts';

const ALGORITHM = 'HS256';
const ISSUER = 'parley';
const claims = z.object({ sid: z.string().min(1).max(64), sub: z.string().min(1).max(64) });

export interface SessionClaims {
  sessionId: string;
  operatorId: string;
}

/** Signs the token that the session cookie carries, under the newest key of the ring. Times are whole seconds. */
export function signSessionToken(
  ring: KeyRing,
  session: SessionClaims & { startedAt: Date; endsAt: Date },
): Promise<string> {
  return new SignJWT({ sid: session.sessionId })
    .setProtectedHeader({ alg: ALGORITHM, kid: ring[0].id })
    .setIssuer(ISSUER)
    .setSubject(session.operatorId)
    .setIssuedAt(session.startedAt)
    .setExpirationTime(session.endsAt)
    .sign(ring[0].bytes);
}

/** The last character of a signature holds bits that readers skip: one token has one writing, and no other passes. */
function isCanonical(token: string): boolean {
  const signature = token.split('.')[2] ?? '';
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

export type TokenReading =
  { kind: 'valid'; claims: SessionClaims } | { kind: 'expired' } | { kind: 'invalid' };

/**
 * Reads a session token as of `now`. The algorithm is pinned, so neither `none` nor an asymmetric one passes; the key
 * is the ring's by `kid`, and a token without one, or under a key that left the ring, is invalid.
 */
export async function readSessionToken(ring: KeyRing, token: string, now: Date): Promise<TokenReading> {
  const keyOf = (header: { kid?: string }) => {
    const key = ring.find((candidate) => candidate.id === header.kid);
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key.bytes;
  };
  if (!isCanonical(token)) return { kind: 'invalid' };
  try {
    const options = {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      currentDate: now,
      requiredClaims: ['exp', 'iat', 'sub'],
    };
    const { payload } = await jwtVerify(token, keyOf, options);
    const { sid, sub } = claims.parse(payload);
    return { kind: 'valid', claims: { sessionId: sid, operatorId: sub } };
  } catch (error) {
    // The signature is checked first: an expired token is one that this server once gave out.
    return { kind: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
}
