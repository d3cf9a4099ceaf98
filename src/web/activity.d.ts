/** A status that announces a run: every one but `IDLE`. */
export type ActiveStatusType = Exclude<StatusType, "IDLE">;

/** What the work of an activity is given. */
export interface ActivityContext {
  /** Aborted when the work has to stop. */
  readonly signal: AbortSignal;
  /** The source. */
  readonly sourceId: string;
  /** The status that it has. */
  readonly statusType: ActiveStatusType;
}

/** An activity under way. End it, or hold it with `await using`: the source is set to `IDLE` then. */
export interface Activity extends ActivityContext {
  /**
   * Ends the activity.
   *
   * @returns when the source is idle, the same promise each time; rejects with `left_active` if it could not be set
   */
  end(): Promise<void>;
  /** {@link end}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface StatusClient {
  /**
   * The whole procedure: sets the active status, waits for the work, and sets `IDLE` whatever happens.
   *
   * @returns what the work gave; rejects with what it threw, with the signal's reason, or with a `StatusError`:
   * `left_active` if `IDLE` could not be set (an `AggregateError` if something had failed before)
   */
  runActivity<T>(
    sourceId: string,
    statusType: ActiveStatusType,
    work: (context: ActivityContext) => T | PromiseLike<T>,
    options?: RunActivityOptions,
  ): Promise<T>;
  /**
   * The same for work that is no function: sets the active status, and `IDLE` when the activity is ended or aborted.
   */
  startActivity(
    sourceId: string,
    statusType: ActiveStatusType,
    options?: StartActivityOptions,
  ): Promise<Activity>;
}

/** The options of `runActivity`. */
export interface RunActivityOptions {
  /** Aborts the work; the source is set to `IDLE`, and the call rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * How long the work may take to stop once it is aborted: 0 to 2147483647 ms.
   * @default 5000
   */
  gracePeriodMs?: number | undefined;
  /**
   * Whether the work starts all the same when the service or the network keeps the active status from being set.
   * @default "stop"
   */
  onActivationFailure?: OnActivationFailure | undefined;
}

/** The options of `startActivity`. */
export interface StartActivityOptions {
  /** Ends the activity: its own signal is aborted, and the source is set to `IDLE`. */
  signal?: AbortSignal | undefined;
}
