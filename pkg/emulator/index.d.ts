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
 * Starts a local stand-in for the part of the Push API that connectors use: the status of a source, its documents one by one
 * and in batches, the streams of catalogs. It listens on a port of 127.0.0.1. By default, it accepts any organization,
 * source and access token.
 *
 * @param options - The address, and the ids and tokens that exist.
 * @returns The running emulator. It keeps the process alive until it is closed.
 * @throws As a rejection: TypeError if an option is unknown or invalid; an error of the system, such as `EADDRINUSE` if the
 * port is taken.
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
   * The address or name to listen on. Beyond loopback, other machines and containers can read what was pushed; the emulator
   * itself has no secrets.
   *
   * @default "127.0.0.1"
   */
  host?: string | undefined;
  /** The organizations that exist. A call for another one is answered 404. @default any exists */
  organizations?: readonly (string | DeclaredOrganization)[] | undefined;
  /** The sources that exist. A call for another one is answered 404. @default any exists, as a Push source */
  sources?: readonly (string | DeclaredSource)[] | undefined;
  /** The valid access tokens. A call with another one, or with none, is answered 401. @default any is valid, but one is needed */
  tokens?: readonly (string | DeclaredToken)[] | undefined;
  /**
   * Lets pages and other programs read the logs and plan faults, below {@link Emulator.controlUrl}:
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
  /** The number of requests to keep, the latest ones. Limit it for an emulator that runs for days. @default Infinity */
  requestLogLimit?: number | undefined;
  /** Called with each request when its answer is decided. An error that it throws is an uncaught exception. */
  onRequest?: ((record: RequestRecord) => void) | undefined;
}

/** An organization that exists. */
export interface DeclaredOrganization {
  /** Compared case-sensitively, as all ids are. */
  id: string;
  /** Makes it inactive: its calls are answered 400 `ORGANIZATION_IS_PAUSED`. @default false */
  paused?: boolean | undefined;
}

/** A source that exists. */
export interface DeclaredSource {
  /** Its id. */
  id: string;
  /** `false` if it is no Push source: its calls are answered 412. @default true */
  push?: boolean | undefined;
  /** The organization that has it. Calls for it in another one are answered 404. @default all have it */
  organizationId?: string | undefined;
}

/** A valid access token. */
export interface DeclaredToken {
  /** The token. */
  token: string;
  /** Its privileges. Without `"push"`, a call is answered 403 `ACCESS_DENIED`. @default ["push"] */
  privileges?: readonly string[] | undefined;
}

/** A running emulator. */
export interface Emulator {
  /** The endpoint for clients: `http://127.0.0.1:{port}/push/v1`, or with the other host. */
  readonly endpoint: string;
  /** The address of the control surface, `http://127.0.0.1:{port}/emulator`, if {@link EmulatorOptions.control} is on. */
  readonly controlUrl: string | undefined;
  /** The requests, oldest first: also other paths and preflights, but not the control surface. A new array. */
  readonly requests: readonly RequestRecord[];
  /** The sources whose status was set, in the order of their first status. */
  readonly sourceIds: string[];
  /** The planned faults. */
  readonly faults: PlannedFaults;
  /** The activity log of a source as the console would show it, oldest first. A new array. */
  activities(sourceId: string): Activity[];
  /**
   * The documents that a source holds, by document id. Pushes are processed at once. An older push (`orderingId`) never
   * replaces a newer one. A new map of frozen documents, empty if nothing was pushed.
   */
  documents(sourceId: string): Map<string, HeldDocument>;
  /**
   * Redirects this process's calls of the global `fetch` from `https://….coveo.com` to this emulator, until it is disposed of.
   * It is for clients without an option for the endpoint. It does not affect axios, `node:http`, a reference to the old
   * `fetch`, or other processes.
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
   * Makes calls fail. Each fault waits for a matching call. A call meets the first fault that matches it, before the call
   * itself is checked. Throws a TypeError if a fault is invalid, and adds none then.
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
   * Makes a share of the calls fail from now on. It replaces an earlier share. Faults of `failNext` come first. Seed and
   * source decide: the n-th call of a source meets the same fault in every run, whatever other sources do. Throws a
   * TypeError if an option is invalid.
   */
  failRandomly(options: RandomFaults): void;
  /** Removes all planned faults. Stalled requests stay stalled. */
  clearFaults(): void;
  /** Forgets all requests and activities, ongoing ones too, but not the documents. */
  clearLog(): void;
  /** Forgets all documents, file containers and streams. */
  clearDocuments(): void;
  /** Lets all present file containers expire, as they would after 60 minutes. */
  expireFiles(): void;
  /** Stops listening, and ends every connection at once. May be called again. The logs can still be read. */
  close(): Promise<void>;
  /** The same as {@link Emulator.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** An interception of `fetch`: see {@link Emulator.interceptFetch}. */
export interface FetchInterception {
  /** Ends the interception. May be called again. Closing the emulator does not end it. */
  dispose(): void;
  /** The same, for `using`. */
  [Symbol.dispose](): void;
}
