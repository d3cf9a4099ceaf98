/**
 * The one error class. Its text says what happened, to which source and status, at which host, after how many
 * attempts, whether the change may have been applied, and one thing to do. It never holds the token.
 */
export class StatusError extends Error {
  private constructor();
  /** The class's own name, also where code was made smaller. */
  readonly name: "StatusError";
  /** What kind of failure it was. */
  readonly code: StatusErrorCode;
  /** The source whose status was to change. */
  readonly sourceId?: string;
  /** The sources, where the error is about several (`left_active`). */
  readonly sourceIds?: readonly string[];
  /** The status that it was to get. */
  readonly statusType?: StatusType;
  /** The argument or option that is not acceptable, as its path: `"retry.attempts"`. */
  readonly argument?: string;
  /** The status of the activity that is in the way (`busy`). */
  readonly activeStatusType?: StatusType;
  /** What the work of the activity gave (`left_active`); not enumerable. */
  readonly value?: unknown;
  /** The HTTP status of the last answer. */
  readonly httpStatus?: number;
  /** The service's own code, verbatim: `"ACCESS_DENIED"`. */
  readonly errorCode?: string;
  /** How many requests were sent. */
  readonly attempts: number;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Whether the change may have been applied: the worst of the attempts. */
  readonly outcome: StatusOutcome;
  /** The one thing to do. */
  readonly hint?: string;
  /** What `fetch` or the token function threw, as plain data without the token. */
  readonly cause?: StatusErrorCause;
  /** The error as plain data, its text included. */
  toJSON(): Record<string, unknown>;
}
