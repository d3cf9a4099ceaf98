/** The properties of every event. */
export interface StatusEventBase {
  /**
   * The number of the call, counted from 1 in each client. 0 for an activity that was never ended and is now garbage.
   */
  readonly callId: number;
  /** The id of the source. */
  readonly sourceId: string;
  /** The status to set. */
  readonly statusType: StatusType;
  /** The number of requests that have been sent for the call so far. */
  readonly attempt: number;
  /** The time of the event, in milliseconds since 1970. */
  readonly at: number;
}

/** An event in the life of a call, as plain data without the token. All durations are in milliseconds. */
export type StatusEvent = StatusEventBase &
  (
    | {
        /** A request is being sent. */
        readonly type: "attempt";
      }
    | {
        /** An answer came. */
        readonly type: "reply";
        /** Its HTTP status, or 0 for a redirect that the browser hides. */
        readonly httpStatus: number;
        /** The time from the request to the answer's headers. */
        readonly durationMs: number;
      }
    | {
        /** The attempt failed, and another one follows. */
        readonly type: "retry";
        /** The time until the next attempt. */
        readonly delayMs: number;
        /** The kind of failure. */
        readonly reason: StatusErrorCode;
      }
    | {
        /** The service throttles. The client's other calls wait too. */
        readonly type: "throttled";
        /** The time that they wait from now on. */
        readonly delayMs: number;
      }
    | {
        /** The status was set. */
        readonly type: "done";
        /** The HTTP status of the answer. */
        readonly httpStatus: number;
        /** The time from the call to the answer. */
        readonly elapsedMs: number;
      }
    | {
        /** The status was not set, or may not have been. */
        readonly type: "failed";
        /** The kind of failure, or `"cancelled"` if the caller cancelled the call. */
        readonly code: StatusErrorCode | "cancelled";
        /** A description of the failure. */
        readonly message: string;
      }
    | {
        /** The source is now active, for the first of its activities; or it is now idle, after the last of them. */
        readonly type: "activity_started" | "activity_ended";
      }
    | {
        /** The last activity of the source has ended, and the source may still be active. */
        readonly type: "left_active";
        /** The complete shell command that sets the source to `IDLE`. */
        readonly hint: string;
      }
    | {
        /** The journal could not be written, or not within 2000 ms. The call goes on. */
        readonly type: "journal_failed";
        /** A description of the failure. */
        readonly message: string;
      }
  );
