/** One line of the report: what was measured, the figure with its unit, and what it should be at most or at least. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** `null` for figures that are only there for comparison. */
  readonly limit: { readonly kind: 'at most' | 'at least'; readonly value: number } | null;
  readonly note?: string;
}

export function atMost(name: string, value: number, unit: string, limit: number, note?: string): Figure {
  return {
    name,
    value,
    unit,
    limit: { kind: 'at most', value: limit },
    ...(note === undefined ? {} : { note }),
  };
}

export function atLeast(name: string, value: number, unit: string, limit: number, note?: string): Figure {
  return {
    name,
    value,
    unit,
    limit: { kind: 'at least', value: limit },
    ...(note === undefined ? {} : { note }),
  };
}

export function told(name: string, value: number, unit: string, note?: string): Figure {
  return { name, value, unit, limit: null, ...(note === undefined ? {} : { note }) };
}

export function holds({ value, limit }: Figure): boolean {
  if (limit === null) return true;
  return limit.kind === 'at most' ? value <= limit.value : value >= limit.value;
}

/** The value below which `share` of the samples lie (0.5 for the median). The samples must not be empty. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
  return sorted[Math.max(0, index)] ?? Number.NaN;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs `work` for each item, at most `width` at a time; the answers are in the items' order. */
export async function inParallel<T, R>(
  width: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) answers[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return answers;
}
