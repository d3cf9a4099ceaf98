/**
 * A local stand-in for the service, for the tests of a connector.
 *
 * @module push-source-status/emulator
 */

import type { NextFault, PlannedFaults, RandomFaults } from "./emulator-faults.cjs";
import type { Activity, HeldDocument, RequestRecord } from "./emulator-records.cjs";

export * from "./emulator-faults.cjs";
export * from "./emulator-records.cjs";

declare global {
  interface SymbolConstructor {
    /** Declared here too, since `lib.es2022` does not know it; it merges with other declarations. */
    readonly asyncDispose: unique symbol;
    /** The same. */
    readonly dispose: unique symbol;
  }
}

/**
 * Starts a local stand-in for the Push API, as a connector uses it: the status of a source, its documents singly and in
 * batches, the streams of catalogs. It listens on a port of 127.0.0.1. Unless told otherwise, any organization, source
 * and access token is good.
 *
 * @param options - What exists and is enforced.
 * @returns The running emulator. It keeps the process alive until it is closed.
 * @throws As a rejection: TypeError when an option is unknown or not valid; an error of the system, such as `EADDRINUSE`
 * when the port is taken.
 * @example
 * ```js
 * const emulator = await startEmulator();
 * await runMyConnector({ endpoint: emulator.endpoint });
 * emulator.activities("my-source"); // [{ statusType: "REBUILD", state: "completed", … }]
 * ```
 */
export declare function startEmulator(options?: EmulatorOptions): Promise<Emulator>;

/** Options of {@link startEmulator}. `undefined` counts as not given. */
export interface EmulatorOptions {
  /** The TCP port to listen on, 0 to 65535. @default 0, a free one */
  port?: number | undefined;
  /**
   * The address or name to listen on. Any other than a loopback one lets other machines and containers in: the
   * emulator has no secrets, but whoever reaches it can read what was pushed.
   *
   * @default "127.0.0.1"
   */
  host?: string | undefined;
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
   * | `GET documents` | `{ [sourceId]: { [documentId]: HeldDocument } }`; of some sources alone with `?sourceId=…` |
   * | `GET requests` | `RequestRecord[]`; those after one of them with `?after={id}` |
   * | `GET faults` | {@link PlannedFaults}; `times` is `null` where it is `Infinity` |
   * | `POST faults` | `{ "next": NextFault or NextFault[] }` or `{ "random": RandomFaults }` |
   * | `DELETE faults` | as {@link Emulator.clearFaults} |
   * | `DELETE log` | as {@link Emulator.clearLog} |
   * | `DELETE documents` | as {@link Emulator.clearDocuments} |
   * | `DELETE files` | as {@link Emulator.expireFiles} |
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
  /** What to give a client as its endpoint: `http://127.0.0.1:{port}/push/v1`, or the other host. */
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
   * What a source would hold once everything that was pushed has been processed, by document id: here that is at
   * once. An older push (`orderingId`) never wins over a newer one. A new map of frozen documents, empty where nothing
   * was pushed.
   */
  documents(sourceId: string): Map<string, HeldDocument>;
  /**
   * Brings what this process calls by the global `fetch` to this emulator instead of `https://….coveo.com`, until that
   * is disposed of: for clients without an option for the endpoint. It does not reach axios, `node:http`, a `fetch`
   * that was kept before, nor other processes.
   * @example
   * ```js
   * const interception = emulator.interceptFetch();
   * try {
   *   await new PushSource("any-key", "any-organization").setSourceStatus("my-source", "REBUILD");
   * } finally {
   *   interception.dispose();
   * }
   * ```
   */
  interceptFetch(): FetchInterception;
  /**
   * Makes calls fail: each fault waits for a call that fits it, and a call meets the first that does, before
   * it is checked itself. Throws a TypeError when a fault is not valid; none is added then.
   * @example
   * ```js
   * emulator.failNext({ status: 429, retryAfter: 1 });
   * emulator.failNext({ status: 500, applied: true, statusType: "IDLE", times: 3 });
   * emulator.failNext({ status: 503, operation: ["create-file", "push-batch"] });
   * emulator.failNext({ reset: true, sourceId: "my-source" }, { stall: true, sourceId: "my-source" });
   * ```
   */
  failNext(...faults: NextFault[]): void;
  /**
   * Makes a share of the calls fail from now on, in place of an earlier share; faults of `failNext` come
   * first. Seed and source decide what fails: a source's n-th call meets the same fate in every run, whatever other
   * sources do in between. Throws a TypeError when an option is not valid.
   */
  failRandomly(options: RandomFaults): void;
  /** Plans no more faults. Requests that are stalled already stay so. */
  clearFaults(): void;
  /** Forgets all requests and activities, ongoing ones too; not the documents. */
  clearLog(): void;
  /** Forgets all documents, file containers and streams. */
  clearDocuments(): void;
  /** Lets every file container expire that there is by now, as it would 60 minutes after it was made. */
  expireFiles(): void;
  /** Stops listening and ends every connection at once. May be called again; the logs can still be read. */
  close(): Promise<void>;
  /** The same as {@link Emulator.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What {@link Emulator.interceptFetch} gives. */
export interface FetchInterception {
  /** Lets calls go to the real hosts again. May be called again. Closing the emulator does not do it. */
  dispose(): void;
  /** The same, for `using`. */
  [Symbol.dispose](): void;
}
