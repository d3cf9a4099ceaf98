/** What every event has. */
export interface StatusEventBase {
  /** Which call of the client; 0 for an activity that was not ended and that nobody holds any more. */
  readonly callId: number;
  /** The source. */
  readonly sourceId: string;
  /** The status that it is to get. */
  readonly statusType: StatusType;
  /** How many requests were sent for the call so far. */
  readonly attempt: number;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** What happened to a call: plain data, without the token. All durations are in milliseconds. */
export type StatusEvent = StatusEventBase &
  (
    | {
        /** A request goes out. */
        readonly type: "attempt";
      }
    | {
        /** An answer came. */
        readonly type: "reply";
        /** Its HTTP status; 0 for a redirect that the browser hides. */
        readonly httpStatus: number;
        /** The time from the request to the answer's headers. */
        readonly durationMs: number;
      }
    | {
        /** The attempt failed, and another one follows. */
        readonly type: "retry";
        /** The time until then. */
        readonly delayMs: number;
        /** What kind of failure it was. */
        readonly reason: StatusErrorCode;
      }
    | {
        /** The service throttles: the client's other calls wait too. */
        readonly type: "throttled";
        /** For how long. */
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
        /** What kind of failure it was; `"cancelled"` when the caller took the call back. */
        readonly code: StatusErrorCode | "cancelled";
        /** What happened, in words. */
        readonly message: string;
      }
    | {
        /** The source is active: the first of its activities has begun; or idle: the last one has ended. */
        readonly type: "activity_started" | "activity_ended";
      }
    | {
        /** The last activity of the source has ended, and the source may be active still. */
        readonly type: "left_active";
        /** The complete command that repairs it. */
        readonly hint: string;
      }
    | {
        /** The journal could not be written, or not within 2000 ms. The call goes on. */
        readonly type: "journal_failed";
        /** What happened, in words. */
        readonly message: string;
      }
  );
