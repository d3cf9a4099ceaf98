/** A source that may be active. */
export interface JournalEntry {
  /** The organization's id. */
  organizationId: string;
  /** Everything before `/organizations` in the address of its service. */
  endpoint: string;
  /** The source's id. */
  sourceId: string;
  /** The status that it may have. `IDLE` where a source was closed that this client had not opened. */
  statusType: StatusType;
  /** What made it active: an activity, or a call of `setStatus` or `setStatuses`, which may be meant to stay. */
  kind: JournalEntryKind;
  /** When, in milliseconds since 1970. */
  at: number;
}

/**
 * What is told which sources may be active because of a client, so that somebody can find out after a crash. What it
 * throws, rejects with or does not do in time is an event, `journal_failed`, and never the end of a call.
 */
export interface StatusJournal {
  /**
   * Sources may be active from now on: called before the first request with an active status leaves. A later entry of a
   * source replaces the one before. The request leaves when this has returned, or when its promise is settled, after
   * 2000 ms at the latest.
   */
  opened(entries: readonly JournalEntry[]): void | Promise<void>;
  /** Sources are idle, or for certain nothing was set. Nothing waits for it but the end of `close`, for 2000 ms at most. */
  closed(entries: readonly JournalEntry[]): void | Promise<void>;
}
