/** The options of `setStatus`. */
export interface SetStatusOptions {
  /** Cancels the call, which then rejects with the signal's reason. A request that was already sent may be applied. */
  signal?: AbortSignal | undefined;
}

/**
 * Sets the status of the Push sources of one organization.
 *
 * Use one client for a whole process. It sends the calls for each source in the order in which they were made. While
 * the service throttles one call, the others wait too.
 */
export class StatusClient {
  /**
   * Checks every option. Sends nothing.
   *
   * @throws {StatusError} `invalid_argument`; `argument` names the option
   */
  constructor(options: StatusClientOptions);
  /**
   * Sends nothing. Returns the request that `setStatus` would send, as plain data with the token masked.
   *
   * @throws {StatusError} `invalid_argument` or `closed`
   */
  request(sourceId: string, statusType: StatusType): StatusRequest;
  /**
   * Sets the status of one source. A failed request is tried again if that may help.
   *
   * @returns the change that the service has applied; rejects with a `StatusError`, or with the signal's reason
   */
  setStatus(sourceId: string, statusType: StatusType, options?: SetStatusOptions): Promise<StatusUpdate>;
  /**
   * Sets the status of many sources. A change that fails or is invalid does not stop the others.
   *
   * @returns one result for each change, in the same order; rejects only with `invalid_argument` or `closed`, or with
   * the signal's reason
   */
  setStatuses(changes: readonly StatusChange[], options?: SetStatusesOptions): Promise<StatusResult[]>;
  /**
   * Runs an activity: sets the active status, calls the work and waits for it, and then sets `IDLE`, even if the work
   * throws or is aborted.
   *
   * @param sourceId - one source or several; the work starts only if the active status could be set for all of them,
   * unless `onActivationFailure` is `"continue"`
   * @returns the value of the work; rejects with the error that the work threw, with the signal's reason, or with a
   * `StatusError`; if `IDLE` could not be set, that is `left_active`, or an `AggregateError` if something else had
   * failed before
   */
  runActivity<T>(
    sourceId: string | readonly string[],
    statusType: ActiveStatusType,
    work: (context: ActivityContext) => T | PromiseLike<T>,
    options?: RunActivityOptions,
  ): Promise<T>;
  /**
   * Starts an activity around work that is not a function: sets the active status, and sets `IDLE` when the activity is
   * ended or aborted. Its work gets no grace period.
   *
   * @param sourceId - one source or several; the activity starts only if the active status could be set for all of them
   * @returns the activity, once its sources are active; rejects with a `StatusError`, or with the signal's reason
   */
  startActivity(
    sourceId: string | readonly string[],
    statusType: ActiveStatusType,
    options?: StartActivityOptions,
  ): Promise<Activity>;
  /**
   * Closes the client. Its activities end, calls that were already made go on, and every later use fails with `closed`.
   * It may be called again.
   *
   * @returns once the last activity has ended, the last call has settled, and the journal has been written
   */
  close(): Promise<void>;
  /** Closes the client like {@link close}, without waiting. */
  free(): void;
  /** Closes the client like {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

declare global {
  /** Older TypeScript libraries do not declare this symbol. In newer ones, the two declarations merge. */
  interface SymbolConstructor {
    readonly asyncDispose: unique symbol;
  }
}
