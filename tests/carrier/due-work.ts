import type { CarrierSettings } from './settings.ts';

/** One run of the scheduled function. Times are ISO 8601, UTC. */
export interface DueWorkRun {
  startedAt: string;
  /** The instant for which it was asked to run; in the future for a jump. */
  asOf: string;
  jump: boolean;
  /** HTTP status of the emulator's answer; null when there was none. */
  status: number | null;
  error: string | null;
  milliseconds: number;
}

const MAX_RUNS = 20;
const TIMEOUT_MS = 60_000;

/** Plays Cloud Scheduler, which the emulators leave out: calls the scheduled function as it would be called. */
export class DueWork {
  readonly #settings: CarrierSettings;
  readonly #now: () => Date;
  readonly #signal: AbortSignal;
  readonly #changed: () => void;
  #runs: DueWorkRun[] = [];

  constructor(settings: CarrierSettings, now: () => Date, signal: AbortSignal, changed: () => void) {
    this.#settings = settings;
    this.#now = now;
    this.#signal = signal;
    this.#changed = changed;
  }

  /** The last runs, newest first. */
  get runs(): readonly DueWorkRun[] {
    return this.#runs;
  }

  /** Runs what is due now, or what would be due at `asOf`. */
  async run(asOf?: Date): Promise<DueWorkRun> {
    const started = this.#now();
    const began = performance.now();
    const outcome = await this.#call(asOf ?? started);
    const run: DueWorkRun = {
      startedAt: started.toISOString(),
      asOf: (asOf ?? started).toISOString(),
      jump: asOf !== undefined,
      ...outcome,
      milliseconds: Math.round(performance.now() - began),
    };
    this.#runs = [run, ...this.#runs].slice(0, MAX_RUNS);
    this.#changed();
    return run;
  }

  async #call(asOf: Date): Promise<Pick<DueWorkRun, 'status' | 'error'>> {
    try {
      const answer = await fetch(this.#settings.dueWorkUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Google-Cloud-Scheduler',
          'x-cloudscheduler': 'true',
          'x-cloudscheduler-jobname': 'firebase-schedule-runDueWork-us-central1',
          'x-cloudscheduler-scheduletime': asOf.toISOString(),
        },
        body: '{}',
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      const text = await answer.text();
      return { status: answer.status, error: answer.ok ? null : text.slice(0, 300) || answer.statusText };
    } catch (error) {
      return { status: null, error: reasonOf(error) };
    }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
