/**
 * A journal of the sources that may be active. After SIGKILL, a power cut or a crashed tab, nothing can run and set `IDLE`. So a
 * client records a source before the request leaves, and strikes the record when `IDLE` is known to be set. The next run
 * reads the journal.
 *
 * @module push-source-status/journal
 */

import type { JournalEntry, StatusClient, StatusJournal, StatusUpdate } from "push-source-status";
import type {
  Claim,
  ClaimOptions,
  ClaimPlace,
  UnfinishedEntry,
  UnreadableEntry,
} from "./journal-entries.cjs";

export type { JournalEntry, StatusJournal } from "push-source-status";
export * from "./journal-entries.cjs";

/** A journal that can be read: one of this module, or your own, for example in a database. */
export interface ReadableJournal extends StatusJournal {
  /**
   * Returns the entries, the oldest first, and then the unreadable ones.
   *
   * @param sourceId - Returns the entries of this source alone. Unreadable ones may be left out then.
   */
  entries(sourceId?: string): Promise<readonly (UnfinishedEntry | UnreadableEntry)[]>;
  /** Removes an entry, whoever its owner is. Does nothing if it is missing. */
  strike(entry: { readonly id: string }): Promise<void>;
  /** Takes a source, so that nobody else who asks gets it: of several that ask at the same instant, one does. */
  claim?(sourceId: string, options?: ClaimOptions): Promise<Claim>;
  /** Returns whether this journal holds a claim on the source, at that place if one is given. */
  holds?(sourceId: string, place?: ClaimPlace): boolean;
}

/** A journal with claims on sources. */
export interface ClaimingJournal extends ReadableJournal {
  /** Takes a source, so that nobody else who asks gets it: of several that ask at the same instant, one does. */
  claim(sourceId: string, options?: ClaimOptions): Promise<Claim>;
  /** Returns whether this journal holds a claim on the source, at that place if one is given. */
  holds(sourceId: string, place?: ClaimPlace): boolean;
}

/** Options of {@link fileJournal}. `undefined` counts as not given. */
export interface FileJournalOptions {
  /**
   * The folder, on a local disk. It is made at its first use, with mode 0700.
   *
   * @default `push-source-status` in `$XDG_STATE_HOME` or `~/.local/state`; in `~/Library/Application Support` on macOS; in
   * `%LOCALAPPDATA%` on Windows
   */
  directory?: string | undefined;
  /**
   * A name for a job that never runs twice at once, because its scheduler sees to that (`concurrencyPolicy: Forbid`). If
   * processes cannot be compared, for example from a new container, the owner of a record with the same name counts as gone.
   *
   * @default none: such an owner is unknown
   */
  owner?: string | undefined;
  /**
   * A variable in the environment of the program that the owner starts, as `NAME=value`, with a unique value. A process with it
   * keeps the owner alive until {@link FileJournal.follow} is called. So the owner stays alive if its process is killed in
   * between. This needs the `/proc` of Linux.
   *
   * @default none
   */
  mark?: string | undefined;
}

/**
 * A journal in a folder: one small file for each source and owner, with mode 0600. It never holds a token. Give each client
 * its own journal. Journals may share a folder.
 */
export interface FileJournal extends ClaimingJournal {
  /** The folder, as an absolute path. Throws if it is the default one and there is no home folder. */
  readonly directory: string;
  /** Writes the entries durably before it returns. Throws the first error of the file system, after it has tried each entry. */
  opened(entries: readonly JournalEntry[]): void;
  /**
   * Strikes this journal's own records of these sources, and the records of owners that are gone. Throws the first error of the
   * file system.
   */
  closed(entries: readonly JournalEntry[]): void;
  /**
   * Adds a process group to the owner of the open entries and claims. The owner is alive while a process of the group is. That
   * is for a program that outlives the process which started it.
   *
   * @param group - The id of a process group; or of a process that leads none, which then counts with what has
   * the mark in its group.
   */
  follow(group: number): void;
  /** Writes a file and removes it. Throws the error of the file system if the journal cannot be kept. */
  check(): void;
}

/** A journal in a storage of the browser. Its owner is the page, which holds a Web Lock as long as it lives. */
export interface StorageJournal extends ClaimingJournal {
  /** Writes before it returns; the first time, after the page has got its lock. */
  opened(entries: readonly JournalEntry[]): void | Promise<void>;
}

/** The members of a storage that are used: `localStorage` has them. */
export interface JournalStorage {
  /** The number of items. */
  readonly length: number;
  /** Returns the key of an item. */
  key(index: number): string | null;
  /** Returns the item of a key. */
  getItem(key: string): string | null;
  /** Sets an item. */
  setItem(key: string, value: string): void;
  /** Removes an item. */
  removeItem(key: string): void;
}

/**
 * Makes a journal in files, for Node. It reads and writes nothing before its first use, so an unusable folder is no error here.
 * {@link FileJournal.check} finds it.
 *
 * @throws TypeError if an option is unknown or invalid, and in a browser.
 * @example
 * ```js
 * const journal = fileJournal();
 * const client = new StatusClient({ organizationId, accessToken, journal });
 * await recoverUnfinished(client, journal); // IDLE for what an earlier run has left
 * ```
 */
export declare function fileJournal(options?: FileJournalOptions): FileJournal;

/**
 * Makes a journal in a storage of the browser. It survives a closed or crashed tab, but not a private window, cleared browser
 * data or a power cut. If the page has no Web Locks (it came by http), every other owner is unknown.
 *
 * @throws TypeError if it is not a storage.
 */
export declare function storageJournal(storage: JournalStorage): StorageJournal;

/** Options of {@link recoverUnfinished}. `undefined` counts as not given. */
export interface RecoveryOptions {
  /**
   * The age at which an activity of an unknown owner counts as over, in milliseconds, 0 or more. Give more than the longest
   * run takes.
   * @default Infinity
   */
  staleMs?: number | undefined;
  /** The sources to recover. @default all of the client's organization and endpoint */
  sourceIds?: readonly string[] | undefined;
  /** Cancels the recovery. The outcome of the rest is `failed`, with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The outcome for an entry. */
export type RecoveryResult =
  | {
      /** The entry. */
      readonly entry: UnfinishedEntry;
      /** `IDLE` is set, and the record is struck. The record of an earlier call on the source is struck too. */
      readonly outcome: "ended";
      /** The result of the call. */
      readonly update: StatusUpdate;
    }
  | {
      /** The entry. */
      readonly entry: UnfinishedEntry;
      /** The service has no such source (404), and the record is struck. */
      readonly outcome: "forgotten";
      /** The error of the call. */
      readonly error: unknown;
    }
  | {
      /** The entry. */
      readonly entry: UnfinishedEntry;
      /** The source could not be set to `IDLE`, and the record stays. */
      readonly outcome: "failed";
      /** The error of the service, of the network or of the journal. */
      readonly error: unknown;
    }
  | {
      /** The entry. */
      readonly entry: UnfinishedEntry;
      /** Nothing was sent, and the record stays. */
      readonly outcome: "kept";
      /**
       * `"live"`, `"unknown"`: the owner is live or unknown. `"in_use"`: another owner, who is not gone, has the same source.
       * `"call"`: the status was set by a call, or by a later call, and may be wanted. `"claimed"`: another owner has claimed
       * the source.
       */
      readonly reason: "live" | "unknown" | "in_use" | "call" | "claimed";
    };

/**
 * Sets `IDLE` for the activities whose owner is gone, of the client's organization and endpoint, and strikes their records.
 * It does not end calls of `setStatus`, and sends nothing for a source with a live owner. Each source is claimed meanwhile, if
 * the journal has claims, so that several recoveries may run at once.
 *
 * @returns One result for each entry of the client's organization and endpoint that still exists when its turn comes, grouped
 * by source.
 * @throws As a rejection: TypeError if an option is invalid; the journal's error if it cannot be read.
 * @example
 * ```js
 * for (const { entry, outcome, error } of await recoverUnfinished(client, journal)) {
 *   console.log(`${entry.sourceId}: ${outcome}`, error ?? "");
 * }
 * ```
 */
export declare function recoverUnfinished(
  client: Pick<StatusClient, "request" | "setStatus">,
  journal: ReadableJournal,
  options?: RecoveryOptions,
): Promise<RecoveryResult[]>;
