/**
 * The only error class of this package. Its text names the problem, the source, the status, the host and the number of
 * attempts. It states whether the change may have been applied, and suggests one remedy. It never contains the token.
 */
export class StatusError extends Error {
  private constructor();
  /** The name of the class, which a minifier does not change. */
  readonly name: "StatusError";
  /** The kind of error. */
  readonly code: StatusErrorCode;
  /** The id of the source whose status was to be set. */
  readonly sourceId?: string;
  /** The ids of the sources, if the error is about several (`left_active`). */
  readonly sourceIds?: readonly string[];
  /** The status that was to be set. */
  readonly statusType?: StatusType;
  /** The path of the invalid argument or option, for example `"retry.attempts"` (`invalid_argument`). */
  readonly argument?: string;
  /** The status of the activity that keeps the source busy (`busy`). */
  readonly activeStatusType?: StatusType;
  /** The value of the activity's work (`left_active`). It is not enumerable. */
  readonly value?: unknown;
  /** The HTTP status of the last answer. */
  readonly httpStatus?: number;
  /** The service's own error code, verbatim, for example `"ACCESS_DENIED"`. */
  readonly errorCode?: string;
  /** The number of requests sent, or 0 if nothing was sent. */
  readonly attempts: number;
  /** The wait that the service asks for, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Whether the change may have been applied by any of the attempts. */
  readonly outcome: StatusOutcome;
  /** One thing that you can do about it. */
  readonly hint?: string;
  /** The error that `fetch` or the token function threw, as plain data without the token. */
  readonly cause?: StatusErrorCause;
  /** Returns the error as plain data, including its text. */
  toJSON(): Record<string, unknown>;
}
