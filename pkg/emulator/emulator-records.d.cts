/** What the emulator tells of the calls that came, and of what they did. */

/** A value that the query parameter `statusType` may have. */
export type StatusType = "REBUILD" | "REFRESH" | "INCREMENTAL" | "IDLE";

/**
 * What is emulated of the Push API, each below `…/organizations/{organizationId}`:
 *
 * | name | request |
 * |---|---|
 * | `set-status` | `POST /sources/{sourceId}/status` |
 * | `put-document` | `PUT /sources/{sourceId}/documents` |
 * | `delete-document` | `DELETE /sources/{sourceId}/documents` |
 * | `delete-old-documents` | `DELETE /sources/{sourceId}/documents/olderthan` |
 * | `create-file` | `POST /files` |
 * | `upload-file` | `PUT {uploadUri}` |
 * | `push-batch` | `PUT /sources/{sourceId}/documents/batch` |
 * | `open-stream` | `POST /sources/{sourceId}/stream/open` |
 * | `add-chunk` | `POST /sources/{sourceId}/stream/{streamId}/chunk` |
 * | `close-stream` | `POST /sources/{sourceId}/stream/{streamId}/close` |
 * | `update-stream` | `PUT /sources/{sourceId}/stream/update` |
 * | `merge-stream` | `PUT /sources/{sourceId}/stream/merge` |
 */
export type Operation =
  | "set-status"
  | "put-document"
  | "delete-document"
  | "delete-old-documents"
  | "create-file"
  | "upload-file"
  | "push-batch"
  | "open-stream"
  | "add-chunk"
  | "close-stream"
  | "update-stream"
  | "merge-stream";

/** A document as it was pushed. Frozen. A token that went astray into it reads `****`. */
export interface HeldDocument {
  /** Its id, from the query of a single push, from the item of a batch. */
  readonly documentId: string;
  /** What else was pushed of it: any JSON, `compressionType` from the query of a single push included. */
  readonly [field: string]: unknown;
}

/** A line of a source's activity log. Times are in milliseconds since 1970. */
export interface Activity {
  /** The status that began it. */
  statusType: "REBUILD" | "REFRESH" | "INCREMENTAL";
  /** When it began, in milliseconds since 1970. */
  startedAt: number;
  /** When it ended, in milliseconds since 1970; `null` while it is ongoing. */
  endedAt: number | null;
  /**
   * `"completed"` by `IDLE`. `"superseded"` by another active status, be it the same one, which creates an activity
   * of its own: what becomes of the first, the service does not document.
   */
  state: "ongoing" | "completed" | "superseded";
}

/** A request that came in, as of the moment at which it is read. Frozen. Where a token was, it reads `****`. */
export interface RequestRecord {
  /** 1, 2, 3 … in the order of arrival. */
  readonly id: number;
  /** When it had arrived as a whole, in milliseconds since 1970. */
  readonly at: number;
  /** The HTTP method. */
  readonly method: string;
  /** Path and query, as they came. */
  readonly path: string;
  /** What it asked for; `null` where that is nothing that is emulated. */
  readonly operation: Operation | null;
  /** Decoded from the path; `null` where there is none in it, as for an upload. */
  readonly organizationId: string | null;
  /** Decoded from the path; `null` where there is none in it, as for a file container. */
  readonly sourceId: string | null;
  /** The query parameter of a status call, valid or not; `null` where it is missing or given twice. */
  readonly statusType: string | null;
  /** The age of a push that would be accepted, given or its time of arrival; `null` for others. */
  readonly orderingId: number | null;
  /**
   * The activity of its source during which a push came, as the log shows it by now; `null` for a push outside any.
   * It is left out for what is no push to a source: status calls, file containers, uploads, unknown calls. So
   * `requests.filter(({ activity }) => activity === null)` is what a connector pushed without saying so.
   */
  readonly activity?: Activity | null;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** As text; at most its first 64 KiB. */
  readonly body: string;
  /** The status that it was answered with; `null` where it was stalled or its connection reset. */
  readonly httpStatus: number | null;
  /** The fault that it met, by the field that names it; `null` if it met none. */
  readonly fault: "status" | "redirect" | "stall" | "reset" | "delayMs" | null;
  /** Whether what it asked for was done, whatever the caller was told. */
  readonly applied: boolean;
}
