/** One change of `setStatuses`. */
export interface StatusChange {
  /** The id of the source. */
  readonly sourceId: string;
  /** The status to set. */
  readonly statusType: StatusType;
}

/** The result of one change of `setStatuses`. */
export type StatusResult =
  | {
      /** The status was set. */
      readonly ok: true;
      /** The id of the source. */
      readonly sourceId: string;
      /** The status that the source has now. */
      readonly statusType: StatusType;
      /** The change that the service has applied. */
      readonly update: StatusUpdate;
      readonly error?: undefined;
    }
  | {
      /** The status was not set, or may not have been. */
      readonly ok: false;
      /** The id of the source, as it was given. */
      readonly sourceId: string;
      /** The status that was to be set, as it was given. */
      readonly statusType: StatusType;
      /** The reason. */
      readonly error: StatusError;
      readonly update?: undefined;
    };

/** The progress of `setStatuses` after one more result. */
export interface StatusProgress {
  /** The newest result. */
  readonly result: StatusResult;
  /** The number of changes that have a result, including failed ones. */
  readonly done: number;
  /** The number of changes that have failed. */
  readonly failed: number;
  /** The number of all changes. */
  readonly total: number;
}

/** The options of `setStatuses`. */
export interface SetStatusesOptions {
  /** Cancels the changes that have no result yet. The call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called with each result as it comes. Errors that it throws are ignored. */
  onProgress?: ((progress: StatusProgress) => void) | undefined;
}
