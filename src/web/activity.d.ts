/** An active status: every status but `IDLE`. */
export type ActiveStatusType = Exclude<StatusType, "IDLE">;

/** The properties of every activity. */
export interface ActivityBase {
  /** Aborted when the work has to stop. */
  readonly signal: AbortSignal;
  /** The id of the source, or of the first one if there are several. */
  readonly sourceId: string;
  /** The ids of all sources, in the order in which they were given. */
  readonly sourceIds: readonly string[];
  /** The active status of the sources. */
  readonly statusType: ActiveStatusType;
}

/** The argument of the work of `runActivity`. */
export interface ActivityContext extends ActivityBase {
  /**
   * The ids of sources whose active status could not be set. Always empty without `onActivationFailure: "continue"`.
   */
  readonly inactive: readonly string[];
}

/**
 * An activity that you end, with `end()` or at the end of an `await using` block. Its sources are then set to `IDLE`.
 */
export interface Activity extends ActivityBase {
  /**
   * Ends the activity, and sets its sources to `IDLE`. It may be called again, and then returns the same promise.
   *
   * @returns once the sources are idle; rejects with `left_active` if `IDLE` could not be set
   */
  end(): Promise<void>;
  /** Ends the activity like {@link end}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The options of `runActivity`. */
export interface RunActivityOptions {
  /** Aborts the work. The sources are set to `IDLE`, and the call rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * The time that the work has to stop once it is aborted: 0 to 2147483647 ms.
   * @default 5000
   */
  gracePeriodMs?: number | undefined;
  /**
   * Whether the work starts although the active status could not be set. With `"continue"` it does so after the errors
   * `throttled`, `unavailable`, `timeout` and `network`.
   * @default "stop"
   */
  onActivationFailure?: OnActivationFailure | undefined;
}

/** The options of `startActivity`. */
export interface StartActivityOptions {
  /** Ends the activity: its own signal is aborted, and its sources are set to `IDLE`. */
  signal?: AbortSignal | undefined;
}
