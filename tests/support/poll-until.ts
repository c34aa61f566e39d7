export interface PollOptions {
  /** Milliseconds until it gives up; 10 seconds when left out. */
  readonly within?: number;
  /** Milliseconds between two looks. */
  readonly every?: number;
  /** What is waited for, for the error. */
  readonly what?: string;
}

/**
 * Waits until `look` answers something truthy and answers that. A throw of `look` counts as "not yet"; the last one is
 * the cause of the error that ends the wait.
 */
export async function pollUntil<T>(
  look: () => Promise<T> | T,
  { within = 10_000, every = 50, what = 'the condition' }: PollOptions = {},
): Promise<Exclude<T, null | undefined | false | 0 | ''>> {
  const deadline = performance.now() + within;
  for (;;) {
    let last: unknown;
    try {
      const seen = await look();
      if (seen) return seen as Exclude<T, null | undefined | false | 0 | ''>;
      last = seen;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= deadline) {
      const shown = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`Waited ${within} ms for ${what}; last seen: ${shown}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
