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
  /** Messages that Parley sent after this run began and before the next one did. */
  sent: number;
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
  #running = false;
  /** Messages since the run that is under way began. */
  #sent = 0;

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
    this.#running = true;
    this.#sent = 0;
    const outcome = await this.#call(asOf ?? started);
    const run: DueWorkRun = {
      startedAt: started.toISOString(),
      asOf: (asOf ?? started).toISOString(),
      jump: asOf !== undefined,
      ...outcome,
      milliseconds: Math.round(performance.now() - began),
      sent: this.#sent,
    };
    this.#running = false;
    this.#runs = [run, ...this.#runs].slice(0, MAX_RUNS);
    this.#changed();
    return run;
  }

  /** Notes a message that Parley sent. What is due goes out through a queue, so it comes during the run or soon after. */
  noteSent(): void {
    if (this.#running) this.#sent += 1;
    const [newest] = this.#runs;
    if (this.#running || newest === undefined) return;
    newest.sent += 1;
    this.#changed();
  }

  async #call(asOf: Date): Promise<Pick<DueWorkRun, 'status' | 'error'>> {
    try {
      let answer = await this.#post(this.#settings.dueWorkUrl, asOf);
      const moved = answer.status === 404 ? movedTo(this.#settings.dueWorkUrl, answer.text) : null;
      if (moved !== null) answer = await this.#post(moved, asOf);
      return { status: answer.status, error: problemOf(answer) };
    } catch (error) {
      return { status: null, error: reasonOf(error) };
    }
  }

  async #post(url: string, asOf: Date): Promise<{ status: number; text: string }> {
    const answer = await fetch(url, {
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
    return { status: answer.status, text: await answer.text() };
  }
}

/**
 * The emulator ends a trigger's name with a number that grows when its declaration changes (`…-0`, `…-1`), and lists the
 * names that it has in its 404.
 */
function movedTo(url: string, text: string): string | null {
  const stem = /\/([^/]+)-\d+$/.exec(url)?.[1];
  const names = text
    .split(/[\s,]+/)
    .filter((name) => stem !== undefined && name.replace(/-\d+$/, '') === stem && name !== stem);
  const newest = names.toSorted((one, other) => generation(other) - generation(one)).at(0);
  return newest === undefined ? null : new URL(newest, url).href;
}

function generation(name: string): number {
  return Number(/\d+$/.exec(name)?.[0] ?? 0);
}

/** The emulator answers 204 where background functions are turned off; a scheduled function that ran answers 200. */
function problemOf({ status, text }: { status: number; text: string }): string | null {
  if (status === 204) return 'the emulator has background functions turned off';
  return status >= 200 && status < 300 ? null : text.slice(0, 300) || `HTTP ${String(status)}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause;
  if (!(cause instanceof Error && 'code' in cause)) return error.message;
  return cause.code === 'ECONNREFUSED'
    ? 'nothing answers at the address of the functions emulator'
    : String(cause.code);
}
