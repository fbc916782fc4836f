import { RestartBackoff } from './backoff';

/** What the server is doing, as the status bar shows it. */
export type ServerState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'restarting'; readonly reason: string; readonly delayMs: number; readonly failures: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly runtimeHelps: boolean };

/** A server that is being started: `ready` settles once it answered `initialize` or could not be started. */
export interface Launch {
  readonly ready: Promise<void>;
  /** Ends the server, also one that is not ready yet. Never rejects. */
  stop(): Promise<void>;
}

/** There is nothing that could be started, so trying again by itself is of no use. */
export class ServerUnavailableError extends Error {
  /** @param runtimeHelps Whether installing the .NET runtime is a way out. */
  constructor(message: string, readonly runtimeHelps: boolean) {
    super(message);
  }
}

export interface SupervisorPorts {
  /** Starts one server. `closed` is to be called when its connection ends, for whatever reason. */
  launch(closed: (reason: string) => void): Launch | Promise<Launch>;
  stateChanged(state: ServerState): void;
  /** A monotonic clock in milliseconds. */
  now(): number;
  /** Calls back once after that many milliseconds; the returned function cancels. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** Keeps one server running: starts it, and after a crash starts it again with growing delays, without ever giving up. */
export class Supervisor {
  private readonly backoff: RestartBackoff;
  private current: ServerState = { kind: 'stopped' };
  private launch: Launch | undefined;
  private cancelTimer: (() => void) | undefined;
  /** Moves on with every start and stop; whatever an older generation still reports is ignored. */
  private generation = 0;

  constructor(private readonly ports: SupervisorPorts) {
    this.backoff = new RestartBackoff(() => ports.now());
  }

  get state(): ServerState {
    return this.current;
  }

  /** Starts the server, or starts it anew when it is running. Settles when it runs or the first attempt has failed. */
  async restart(): Promise<void> {
    this.backoff.reset();
    // Of several requests at once only the last one starts a server.
    if (await this.endCurrent()) await this.attempt();
  }

  async stop(): Promise<void> {
    if (await this.endCurrent()) this.enter({ kind: 'stopped' });
  }

  /** Ends what runs or is about to. False when, meanwhile, somebody else has asked for a start or a stop. */
  private async endCurrent(): Promise<boolean> {
    const generation = ++this.generation;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    const launch = this.launch;
    this.launch = undefined;
    await launch?.stop();
    return generation === this.generation;
  }

  private async attempt(): Promise<void> {
    const generation = ++this.generation;
    const isCurrent = (): boolean => generation === this.generation;
    this.enter({ kind: 'starting' });
    try {
      const launch = await this.ports.launch((reason) => {
        if (isCurrent()) this.crashed(reason);
      });
      if (!isCurrent()) {
        launch.ready.catch(() => {});
        await launch.stop();
        return;
      }
      this.launch = launch;
      await launch.ready;
      if (!isCurrent()) return;
      this.backoff.started();
      this.enter({ kind: 'running' });
    } catch (error) {
      if (!isCurrent()) return;
      const reason = error instanceof Error ? error.message : String(error);
      if (error instanceof ServerUnavailableError) this.enter({ kind: 'failed', reason, runtimeHelps: error.runtimeHelps });
      else this.crashed(reason);
    }
  }

  private crashed(reason: string): void {
    const launch = this.launch;
    this.launch = undefined;
    this.generation++;
    // A server whose connection is gone may still be alive, for instance when it closed its standard output.
    void launch?.stop();
    const delayMs = this.backoff.crashed();
    this.enter({ kind: 'restarting', reason, delayMs, failures: this.backoff.consecutiveFailures });
    this.cancelTimer = this.ports.schedule(() => void this.attempt(), delayMs);
  }

  private enter(state: ServerState): void {
    this.current = state;
    this.ports.stateChanged(state);
  }
}
