const firstDelayMs = 1_000;
const maximumDelayMs = 60_000;
const stableAfterMs = 180_000;

/** Says how long to wait before a crashed server is started again: 1 s, 2 s, 4 s ... at most 60 s. */
export class RestartBackoff {
  private failures = 0;
  private runningSince: number | undefined;

  /** @param now A monotonic clock in milliseconds, so that a changed wall clock cannot shorten or stretch a delay. */
  constructor(private readonly now: () => number) {}

  /** How many times in a row the server ended without having run for three minutes. */
  get consecutiveFailures(): number {
    return this.failures;
  }

  /** Notes that the server is up; after three minutes of this the next crash counts as the first one again. */
  started(): void {
    this.runningSince = this.now();
  }

  /** Notes that the server ended or could not be started. Returns the delay in milliseconds before the next start. */
  crashed(): number {
    if (this.runningSince !== undefined && this.now() - this.runningSince >= stableAfterMs) this.failures = 0;
    this.runningSince = undefined;
    const delay = Math.min(maximumDelayMs, firstDelayMs * 2 ** this.failures);
    this.failures++;
    return delay;
  }

  /** Forgets all failures: a person asked for a start. */
  reset(): void {
    this.failures = 0;
    this.runningSince = undefined;
  }
}
