/**
 * Patterns of addresses: `/people/:userId/consent`. A segment is literal, a parameter (`:name`), or, at the end, a parameter
 * that may be missing (`:name?`). URLPattern is not in every browser that the console supports.
 */

/** The parameters that a pattern names. */
export type ParamsOf<P extends string> = P extends `${infer First}/${infer Rest}`
  ? ParamsOf<First> | ParamsOf<Rest>
  : P extends `:${infer Name}?`
    ? Name
    : P extends `:${infer Name}`
      ? Name
      : never;

export type Params = Readonly<Record<string, string>>;

/** A slash at the end or twice is none; an encoded one belongs to its segment. */
const segments = (path: string): string[] => path.split('/').filter((part) => part !== '');

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What a path says under a pattern, and how closely it fits: the lower `rank`, as text, is the closer; null for no fit. */
export function matchPattern(pattern: string, path: string): { params: Params; rank: string } | null {
  const parts = segments(path);
  const wanted = segments(pattern);
  if (parts.length > wanted.length) return null;
  const params: Record<string, string> = {};
  let rank = '';
  for (const [index, want] of wanted.entries()) {
    const part = parts[index];
    const [, name, optional] = /^:(\w+)(\??)$/.exec(want) ?? [];
    if (part === undefined) {
      if (optional !== '?') return null;
      rank += 'c';
    } else if (name === undefined) {
      if (part !== want) return null;
      rank += 'a';
    } else {
      params[name] = decode(part);
      rank += 'b';
    }
  }
  return { params, rank };
}

/** The pattern that fits a path most closely, the first of several that fit alike; a literal is closer than a parameter. */
export function closest(
  patterns: readonly string[],
  path: string,
): { pattern: string; params: Params } | null {
  const fitting = patterns.flatMap((pattern) => {
    const match = matchPattern(pattern, path);
    return match ? [{ pattern, ...match }] : [];
  });
  const [best] = fitting.sort((one, other) => (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0));
  return best ? { pattern: best.pattern, params: best.params } : null;
}
