/** The emulator's records of calls, and of their effects. */

/** A value of the query parameter `statusType`. */
export type StatusType = "REBUILD" | "REFRESH" | "INCREMENTAL" | "IDLE";

/**
 * The emulated operations of the Push API, each below `…/organizations/{organizationId}`:
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

/** A document as it was pushed. Frozen. A token in it is masked as `****`. */
export interface HeldDocument {
  /** Its id, from the query of a single push or from the item of a batch. */
  readonly documentId: string;
  /** Its other members: any JSON. A single push may add `compressionType` in its query. */
  readonly [field: string]: unknown;
}

/** A line of a source's activity log. Times are in milliseconds since 1970. */
export interface Activity {
  /** The status that started it. */
  statusType: "REBUILD" | "REFRESH" | "INCREMENTAL";
  /** Its start, in milliseconds since 1970. */
  startedAt: number;
  /** Its end, in milliseconds since 1970; `null` while it is ongoing. */
  endedAt: number | null;
  /**
   * `"completed"` by `IDLE`. `"superseded"` by another active status, or by the same one, which creates a new activity. The
   * service does not document what happens to the old one.
   */
  state: "ongoing" | "completed" | "superseded";
}

/** A request, as of the moment when the record is read. Frozen. Tokens are masked as `****`. */
export interface RequestRecord {
  /** 1, 2, 3 … in the order of arrival. */
  readonly id: number;
  /** The time of its complete arrival, in milliseconds since 1970. */
  readonly at: number;
  /** The HTTP method. */
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly path: string;
  /** The operation; `null` if it is not emulated. */
  readonly operation: Operation | null;
  /** Decoded from the path; `null` if the path has none, as for an upload. */
  readonly organizationId: string | null;
  /** Decoded from the path; `null` if the path has none, as for a file container. */
  readonly sourceId: string | null;
  /** The query parameter of a status call, valid or not; `null` if it is missing or given twice. */
  readonly statusType: string | null;
  /** The `orderingId` of a valid push, given or the time of its arrival; `null` for other calls. */
  readonly orderingId: number | null;
  /**
   * The activity during which a push came, as the log shows it now; `null` for a push outside any activity. It is missing
   * for other calls: status calls, file containers, uploads, unknown calls. So
   * `requests.filter(({ activity }) => activity === null)` are the pushes for which a connector set no status.
   */
  readonly activity?: Activity | null;
  /** The headers, with names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** The body as text; at most its first 64 KiB. */
  readonly body: string;
  /** The status of the answer; `null` if the request was stalled or its connection was reset. */
  readonly httpStatus: number | null;
  /** The field that names the fault that it met; `null` if it met none. */
  readonly fault: "status" | "redirect" | "stall" | "reset" | "delayMs" | null;
  /** True if the call took effect, whatever the answer was. */
  readonly applied: boolean;
}
