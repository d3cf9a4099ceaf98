/** A source that may be active. */
export interface JournalEntry {
  /** The id of the organization. */
  organizationId: string;
  /** The part of the service's URL before `/organizations`. */
  endpoint: string;
  /** The id of the source. */
  sourceId: string;
  /**
   * The status that the source may have, or `IDLE` if the source is closed without having been opened by this client.
   */
  statusType: StatusType;
  /** The origin of the status: an activity; or a call of `setStatus` or `setStatuses`, which may be meant to last. */
  kind: JournalEntryKind;
  /** The time of the entry, in milliseconds since 1970. */
  at: number;
}

/**
 * A record of the sources that may be active because of a client, so that they can be found after a crash. If it
 * throws, rejects or takes too long, the call goes on, and the event `journal_failed` reports it.
 */
export interface StatusJournal {
  /**
   * Adds sources that may be active from now on. Called before the first request for an active status is sent. A new
   * entry replaces the earlier one of its source. The request is sent when this returns or its promise settles, and
   * after 2000 ms at the latest.
   */
  opened(entries: readonly JournalEntry[]): void | Promise<void>;
  /**
   * Removes sources that are idle, or to which certainly nothing was applied. Only `close` waits for it, for at most
   * 2000 ms.
   */
  closed(entries: readonly JournalEntry[]): void | Promise<void>;
}
