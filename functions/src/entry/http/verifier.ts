import type { ErrorCode } from '../../contract/errors.ts';
import type { ApiDeps } from '../deps.ts';
import type { KnownCaller } from './caller.ts';

export type Verified = { kind: 'caller'; caller: KnownCaller } | { kind: 'refused'; code: ErrorCode };

/** Knows one kind of credentials: whether a request carries them, and whom they speak for. One a file. */
export interface Verifier {
  /** A program's credentials are never sent by a browser on its own, so that they need no check of the origin. */
  of: 'operator' | 'program';
  /** Whether a request carries credentials of this kind, right or wrong. */
  carriedBy(headers: Headers): boolean;
  /** Asked only where they are carried, and only by routes that are not public. */
  verify(deps: ApiDeps, headers: Headers, now: Date): Promise<Verified>;
}

/** The verifier of the credentials that a request carries: null for none, 'mixed' for more than one kind. */
export function verifierFor(verifiers: readonly Verifier[], headers: Headers): Verifier | 'mixed' | null {
  const [verifier, ...more] = verifiers.filter((each) => each.carriedBy(headers));
  return more.length > 0 ? 'mixed' : (verifier ?? null);
}
