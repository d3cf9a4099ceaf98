/**
 * A local stand-in for the service, for the tests of a connector.
 *
 * @module push-source-status/emulator
 */

declare global {
  interface SymbolConstructor {
    /** Declared here too, since `lib.es2022` does not know it; it merges with other declarations. */
    readonly asyncDispose: unique symbol;
  }
}

/**
 * Starts a local stand-in for one operation of the Push API, "Set the status of a Push source", on a port of
 * 127.0.0.1. Unless told otherwise, any organization, source and access token is good.
 *
 * @param options - What exists and is enforced.
 * @returns The running emulator. It keeps the process alive until it is closed.
 * @throws As a rejection: TypeError when an option is unknown or not valid; `EADDRINUSE` when the port is taken.
 * @example
 * ```js
 * const emulator = await startEmulator();
 * await runMyConnector({ endpoint: emulator.endpoint });
 * emulator.activities("my-source"); // [{ statusType: "REBUILD", state: "completed", … }]
 * ```
 */
export declare function startEmulator(options?: EmulatorOptions): Promise<Emulator>;

/** A value that the query parameter `statusType` may have. */
export type StatusType = "REBUILD" | "REFRESH" | "INCREMENTAL" | "IDLE";

/** Options of {@link startEmulator}. `undefined` counts as not given. */
export interface EmulatorOptions {
  /** The TCP port to listen on. @default 0, a free one */
  port?: number | undefined;
  /** The organizations that exist; a call for another is answered 404. @default any exists */
  organizations?: readonly (string | DeclaredOrganization)[] | undefined;
  /** The sources that exist; a call for another is answered 404. @default any exists, as a Push source */
  sources?: readonly (string | DeclaredSource)[] | undefined;
  /** The access tokens that are good; another, or none, is answered 401. @default any is good, but one is needed */
  tokens?: readonly (string | DeclaredToken)[] | undefined;
  /**
   * Whether pages and other programs may read the logs and plan faults, below {@link Emulator.controlUrl}:
   *
   * | request | what it does |
   * |---|---|
   * | `GET activities` | `{ [sourceId]: Activity[] }`; of some sources alone with `?sourceId=…` |
   * | `GET requests` | `RequestRecord[]`; those after one of them with `?after={id}` |
   * | `GET faults` | {@link PlannedFaults}; `times` is `null` where it is `Infinity` |
   * | `POST faults` | `{ "next": NextFault or NextFault[] }` or `{ "random": RandomFaults }` |
   * | `DELETE faults` | as {@link Emulator.clearFaults} |
   * | `DELETE log` | as {@link Emulator.clearLog} |
   *
   * @default false
   */
  control?: boolean | undefined;
  /** How many requests are kept, the latest ones; for an emulator that runs for days. @default Infinity */
  requestLogLimit?: number | undefined;
  /** Called with each request once its answer is decided. What it throws is an uncaught exception, so it is seen. */
  onRequest?: ((record: RequestRecord) => void) | undefined;
}

/** An organization that exists. */
export interface DeclaredOrganization {
  /** Compared case-sensitively, as all ids are. */
  id: string;
  /** Whether it is inactive, so that its calls are answered 400 `ORGANIZATION_IS_PAUSED`. @default false */
  paused?: boolean | undefined;
}

/** A source that exists. */
export interface DeclaredSource {
  /** Its id. */
  id: string;
  /** Whether it is a Push source; a call for one that is not is answered 412. @default true */
  push?: boolean | undefined;
  /** The organization that has it; in another one it is answered 404. @default every one has it */
  organizationId?: string | undefined;
}

/** An access token that is known. */
export interface DeclaredToken {
  /** The token. */
  token: string;
  /** What it allows; without `"push"` a call is answered 403 `ACCESS_DENIED`. @default ["push"] */
  privileges?: readonly string[] | undefined;
}

/** A running emulator. */
export interface Emulator {
  /** What to give a client as its endpoint: `http://127.0.0.1:{port}/push/v1`. */
  readonly endpoint: string;
  /** Where the control surface is, `http://127.0.0.1:{port}/emulator`, if {@link EmulatorOptions.control} is on. */
  readonly controlUrl: string | undefined;
  /** What came in, oldest first: other paths and browsers' preflights too, the control surface not. A new array. */
  readonly requests: readonly RequestRecord[];
  /** The sources whose status was set, in the order in which each was first seen. */
  readonly sourceIds: string[];
  /** The faults that are still to come. */
  readonly faults: PlannedFaults;
  /** The activity log of a source as the console would show it, oldest first. A new array. */
  activities(sourceId: string): Activity[];
  /**
   * Makes status calls fail: each fault waits for a call that fits it, and a call meets the first that does, before
   * it is checked itself. Throws a TypeError when a fault is not valid; none is added then.
   * @example
   * ```js
   * emulator.failNext({ status: 429, retryAfter: 1 });
   * emulator.failNext({ status: 500, applied: true, statusType: "IDLE", times: 3 });
   * emulator.failNext({ reset: true, sourceId: "my-source" }, { stall: true, sourceId: "my-source" });
   * ```
   */
  failNext(...faults: NextFault[]): void;
  /**
   * Makes a share of the status calls fail from now on, in place of an earlier share; faults of `failNext` come
   * first. Seed and source decide what fails: a source's n-th call meets the same fate in every run, whatever other
   * sources do in between. Throws a TypeError when an option is not valid.
   */
  failRandomly(options: RandomFaults): void;
  /** Plans no more faults. Requests that are stalled already stay so. */
  clearFaults(): void;
  /** Forgets all requests and activities, ongoing ones too. */
  clearLog(): void;
  /** Stops listening and ends every connection at once. May be called again; the logs can still be read. */
  close(): Promise<void>;
  /** The same as {@link Emulator.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
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

/** A request that came in. Frozen. No token is in it: where one was, it reads `****`. */
export interface RequestRecord {
  /** 1, 2, 3 … in the order of arrival. */
  readonly id: number;
  /** When it had arrived as a whole, in milliseconds since 1970. */
  readonly at: number;
  /** The HTTP method. */
  readonly method: string;
  /** Path and query, as they came. */
  readonly path: string;
  /** Decoded from the path of a status call; `null` for other calls. */
  readonly organizationId: string | null;
  /** Decoded from the path of a status call; `null` for other calls. */
  readonly sourceId: string | null;
  /** The query parameter of a status call, valid or not; `null` where it is missing or given twice. */
  readonly statusType: string | null;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** As text; at most its first 64 KiB. */
  readonly body: string;
  /** The status that it was answered with; `null` where it was stalled or its connection reset. */
  readonly httpStatus: number | null;
  /** The fault that it met, by the field that names it; `null` if it met none. */
  readonly fault: "status" | "redirect" | "stall" | "reset" | "delayMs" | null;
  /** Whether the status was set, whatever the caller was told. */
  readonly applied: boolean;
}

/** What goes wrong with a call. The field without a question mark names it, and excludes the other ones. */
export type Fault = AnswerFault | RedirectFault | StallFault | ResetFault | DelayFault;

/** A {@link Fault}, how many calls meet it, and which. */
export type NextFault = Fault & {
  /** How many calls meet it, at least 1, or `Infinity`. @default 1 */
  times?: number | undefined;
  /** Only calls for this source meet it. @default calls for any */
  sourceId?: string | undefined;
  /** Only calls that set this status meet it. @default calls that set any */
  statusType?: StatusType | undefined;
};

/** Fields that faults share. */
export interface FaultFields {
  /** By how many milliseconds the answer is late. What the call sets is set when it arrives. @default 0 */
  delayMs?: number | undefined;
  /**
   * Whether the status is set although the caller hears nothing of it, or the contrary: not for an answer that
   * refuses (a 4xx but 408) or redirects. A call that the service would refuse sets nothing in any case.
   *
   * @default false; true for an answer below 300
   */
  applied?: boolean | undefined;
  /** More headers. They win over those that the emulator sets, CORS included. */
  headers?: { readonly [name: string]: string } | undefined;
}

/** Fields that a fault does not have. */
export type Without<Name extends string> = { [Field in Name]?: undefined };

/** An answer with this status in place of the service's own. */
export interface AnswerFault extends FaultFields, Without<"redirect" | "stall" | "reset"> {
  /** 200 to 599; for 300 to 399 see {@link RedirectFault}. */
  status: number;
  /** @default the documented code; where there is none, the reason phrase of HTTP in capitals */
  errorCode?: string | undefined;
  /** @default the reason phrase of HTTP */
  message?: string | undefined;
  /**
   * The whole body: text and bytes as they are, any other value as JSON.
   *
   * @default errorCode and message as JSON; a page for 502, 503 and 504, as of a gateway; `{}` for success
   */
  body?: unknown;
  /** The header `Retry-After`: a number of seconds, or any text as it is. */
  retryAfter?: number | string | undefined;
}

/** A redirect. Nothing is set. */
export interface RedirectFault extends Omit<FaultFields, "applied">, Without<"stall" | "reset" | "applied"> {
  /** The header `Location`, as it is. */
  redirect: string;
  /** @default 302 */
  status?: 301 | 302 | 303 | 307 | 308 | undefined;
}

/** No answer, until the client gives up or the emulator is closed. */
export type StallFault = {
  /** The fault. */
  stall: true;
} & Pick<FaultFields, "applied"> &
  Without<"status" | "redirect" | "reset" | "delayMs" | "headers">;

/** A reset in place of an answer. Chromium repeats a call by itself on a connection used before. */
export type ResetFault = {
  /** The fault. */
  reset: true;
} & Pick<FaultFields, "applied" | "delayMs"> &
  Without<"status" | "redirect" | "stall" | "headers">;

/** The service's own answer, but late. */
export type DelayFault = {
  /** How late, in milliseconds. */
  delayMs: number;
} & Without<"status" | "redirect" | "stall" | "reset" | "headers" | "applied">;

/** Options of {@link Emulator.failRandomly}. */
export interface RandomFaults {
  /** The share of the calls that fail, 0 to 1. */
  rate: number;
  /** @default 1 */
  seed?: number | string | undefined;
  /** The faults to choose from, each as likely as the others. @default status 429, 500, 503, and a reset */
  faults?: readonly Fault[] | undefined;
}

/** The faults that are still to come. */
export interface PlannedFaults {
  /** Those of {@link Emulator.failNext}, with the number of `times` that is left. */
  readonly next: readonly NextFault[];
  /** What {@link Emulator.failRandomly} set last; `null` if nothing. */
  readonly random: RandomFaults | null;
}
