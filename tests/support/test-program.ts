import { isScope, type Scope } from '../../functions/src/contract/permissions.ts';
import type { ProgramCaller } from '../../functions/src/entry/http/caller.ts';
import type { Verifier } from '../../functions/src/entry/http/verifier.ts';

/** A program for tests, and the credentials with which it comes. */
export interface TestProgram {
  kind: ProgramCaller['kind'];
  id: string;
  label: string;
  scopes: readonly Scope[];
}

const SCHEMES = { key: 'Test-Key', token: 'Test-Token' } as const;

/** The headers of a program's request: its credentials name all of it, since nothing is to be kept from it here. */
export function credentialsOf({ kind, id, label, scopes }: TestProgram): { authorization: string } {
  return { authorization: `${SCHEMES[kind]} ${id} ${scopes.join(',')} ${label}` };
}

/** Stands in the place of the verifier of API keys, or of access tokens; believes what it is told. */
export function testVerifier(kind: ProgramCaller['kind']): Verifier {
  const partsOf = (headers: Headers) => {
    const [scheme, id = '', scopes = '', ...label] = (headers.get('authorization') ?? '').split(' ');
    return scheme === SCHEMES[kind] ? { id, scopes, label: label.join(' ') } : null;
  };
  return {
    of: 'program',
    carriedBy: (headers) => partsOf(headers) !== null,
    async verify(_deps, headers) {
      const parts = partsOf(headers);
      if (parts === null || parts.id === '') return { kind: 'refused', code: 'NOT_SIGNED_IN' };
      const scopes = new Set(parts.scopes.split(',').filter(isScope));
      return { kind: 'caller', caller: { kind, id: parts.id, label: parts.label, scopes } };
    },
  };
}
