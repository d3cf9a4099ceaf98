/** The options of a single call. */
export interface SetStatusOptions {
  /** Takes the call back: it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Sets the status of the Push sources of one organization.
 *
 * One client serves a whole process: it keeps the calls for each source in the order in which they were made, and
 * when the service throttles one call, the others wait too.
 */
export class StatusClient {
  /**
   * Checks every option; sends nothing.
   *
   * @throws {StatusError} `invalid_argument`, with the option's name in `argument`
   */
  constructor(options: StatusClientOptions);
  /**
   * Sends nothing. The request that `setStatus` would send, as plain data, with the token masked.
   *
   * @throws {StatusError} `invalid_argument` or `closed`
   */
  request(sourceId: string, statusType: StatusType): StatusRequest;
  /**
   * Sets the status of one source.
   *
   * @returns what the service applied; rejects with a `StatusError`, or with the signal's reason
   */
  setStatus(sourceId: string, statusType: StatusType, options?: SetStatusOptions): Promise<StatusUpdate>;
  /**
   * Sets the status of many sources. A change that fails, also one that is not acceptable, stops no other.
   *
   * @returns one result for each change, in the order of the input; rejects only with `invalid_argument` or
   * `closed`, or with the signal's reason
   */
  setStatuses(changes: readonly StatusChange[], options?: SetStatusesOptions): Promise<StatusResult[]>;
  /**
   * The whole procedure: sets the active status, waits for the work, and sets `IDLE` whatever happens.
   *
   * @param sourceId - one source, or several: then all are active when the work starts, or none
   * @returns what the work gave; rejects with what it threw, with the signal's reason, or with a `StatusError`:
   * `left_active` if `IDLE` could not be set (an `AggregateError` if something had failed before)
   */
  runActivity<T>(
    sourceId: string | readonly string[],
    statusType: ActiveStatusType,
    work: (context: ActivityContext) => T | PromiseLike<T>,
    options?: RunActivityOptions,
  ): Promise<T>;
  /**
   * The same for work that is no function: sets the active status, and `IDLE` when the activity is ended or aborted.
   */
  startActivity(
    sourceId: string | readonly string[],
    statusType: ActiveStatusType,
    options?: StartActivityOptions,
  ): Promise<Activity>;
  /**
   * Closes the client: its activities end, calls that were made go on, and every later use says `closed`. May be
   * called again.
   *
   * @returns when the last activity has ended and the last call has settled
   */
  close(): Promise<void>;
  /** The same as {@link close}, without waiting. */
  free(): void;
  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

declare global {
  /** Libraries before `esnext.disposable` do not know the symbol; with them, the two declarations are one. */
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}
