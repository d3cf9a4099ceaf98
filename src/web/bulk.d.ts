/** One change of a bulk call. */
export interface StatusChange {
  /** The source. */
  readonly sourceId: string;
  /** The status that it is to get. */
  readonly statusType: StatusType;
}

/** How one change of a bulk call went. */
export type StatusResult =
  | {
      /** The status was set. */
      readonly ok: true;
      /** The source. */
      readonly sourceId: string;
      /** The status that it has now. */
      readonly statusType: StatusType;
      /** What the service applied. */
      readonly update: StatusUpdate;
    }
  | {
      /** The status was not set, or may not have been. */
      readonly ok: false;
      /** The source, as it was given. */
      readonly sourceId: string;
      /** The status that it was to get, as it was given. */
      readonly statusType: StatusType;
      /** Why. */
      readonly error: StatusError;
    };

/** How far a bulk call has come, told with each result. */
export interface StatusProgress {
  /** The result that has just come. */
  readonly result: StatusResult;
  /** How many changes have a result, failed ones included. */
  readonly done: number;
  /** How many changes have failed. */
  readonly failed: number;
  /** How many changes there are. */
  readonly total: number;
}

/** The options of a bulk call. */
export interface SetStatusesOptions {
  /** Takes back the changes that have no result yet; the call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Told each result as it comes. What it throws is ignored. */
  onProgress?: ((progress: StatusProgress) => void) | undefined;
}
