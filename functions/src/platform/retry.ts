import { AppError } from './errors.ts';

/** Waits between tries, in milliseconds: doubling from 5 to at most 200, each shortened at random so that rivals part. */
function pause(attempt: number): Promise<void> {
  const longest = Math.min(200, 5 * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}

/**
 * Runs `work` again while it fails with something that `isTransient` knows, at most `tries` times; the last failure is
 * thrown. For optimistic commits that lost a race.
 */
export async function retrying<T>(
  tries: number,
  isTransient: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt + 1 >= tries || !isTransient(error)) throw error;
      await pause(attempt);
    }
  }
}

/** Fails with UNAVAILABLE when `work` has not ended after `milliseconds`. The work itself goes on and must bear that. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('UNAVAILABLE', { cause: new Error('deadline passed') })),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
