/** A status that announces a run: every one but `IDLE`. */
export type ActiveStatusType = Exclude<StatusType, "IDLE">;

/** What an activity says of itself. */
export interface ActivityBase {
  /** Aborted when the work has to stop. */
  readonly signal: AbortSignal;
  /** The source; the first one, where there are several. */
  readonly sourceId: string;
  /** All sources, in the order in which they were given. */
  readonly sourceIds: readonly string[];
  /** The status that they have. */
  readonly statusType: ActiveStatusType;
}

/** What the work of an activity is given. */
export interface ActivityContext extends ActivityBase {
  /** The sources whose active status could not be set: none but with `onActivationFailure: "continue"`. */
  readonly inactive: readonly string[];
}

/** An activity under way. End it, or hold it with `await using`: its sources are set to `IDLE` then. */
export interface Activity extends ActivityBase {
  /**
   * Ends the activity.
   *
   * @returns when the sources are idle, the same promise each time; rejects with `left_active` if it could not be set
   */
  end(): Promise<void>;
  /** {@link end}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
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
