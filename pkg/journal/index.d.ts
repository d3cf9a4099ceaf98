/**
 * A journal of the sources that may be active: after SIGKILL, a power cut or a crashed tab nothing can run, so what may be
 * active is written down before the request leaves, and struck when `IDLE` is known to be set. Whoever comes next reads it.
 *
 * @module push-source-status/journal
 */

import type { JournalEntry, StatusClient, StatusJournal, StatusUpdate } from "push-source-status";
import type { Claim, ClaimOptions, UnfinishedEntry, UnreadableEntry } from "./journal-entries.cjs";

export type { JournalEntry, StatusJournal } from "push-source-status";
export * from "./journal-entries.cjs";

/** A journal that tells what is in it: one of this module, or one of your own, in a database for example. */
export interface ReadableJournal extends StatusJournal {
  /**
   * What is in the journal, the oldest first, and then what cannot be read.
   *
   * @param sourceId - Of this source alone. What cannot be read may be left out then.
   */
  entries(sourceId?: string): Promise<readonly (UnfinishedEntry | UnreadableEntry)[]>;
  /** Removes an entry, whoever its owner is. Nothing, if it is not there any more. */
  strike(entry: { readonly id: string }): Promise<void>;
  /** Takes a source, so that nobody else who asks gets it: of several that ask at the same instant, one does. */
  claim?(sourceId: string, options?: ClaimOptions): Promise<Claim>;
  /** Whether this journal has the source by `claim` at the moment. */
  holds?(sourceId: string): boolean;
}

/** A journal whose sources can be claimed. */
export interface ClaimingJournal extends ReadableJournal {
  /** Takes a source, so that nobody else who asks gets it: of several that ask at the same instant, one does. */
  claim(sourceId: string, options?: ClaimOptions): Promise<Claim>;
  /** Whether this journal has the source by {@link ClaimingJournal.claim} at the moment. */
  holds(sourceId: string): boolean;
}

/** Options of {@link fileJournal}. `undefined` counts as not given. */
export interface FileJournalOptions {
  /**
   * The folder, on a local disk. It is made when it is first needed, with mode 0700.
   *
   * @default `push-source-status` in `$XDG_STATE_HOME` or `~/.local/state`; in `~/Library/Application Support` on macOS; in
   * `%LOCALAPPDATA%` on Windows
   */
  directory?: string | undefined;
  /**
   * A name for jobs of which never two run at once, as their scheduler sees to (`concurrencyPolicy: Forbid`). Where processes
   * cannot be compared, in a new container for example, a record with the journal's own name counts as gone.
   *
   * @default none: such a record is of an unknown owner
   */
  owner?: string | undefined;
  /**
   * A variable that the owner's program has in its environment, as `NAME=value`, with a value that no other has. A process
   * with it keeps the owner alive until {@link FileJournal.follow} is called: so nothing is lost where the owner is killed
   * in the instant between. It takes the `/proc` of Linux.
   *
   * @default none
   */
  mark?: string | undefined;
}

/**
 * A journal in a folder, one small file for each source and owner, with mode 0600. It never holds a token. Give each
 * client a journal of its own; they may have one folder.
 */
export interface FileJournal extends ClaimingJournal {
  /** The folder, as an absolute path. Throws where there is no home folder to find it in. */
  readonly directory: string;
  /** Writes, durably and before it returns. Throws what the file system says; what can be written is written. */
  opened(entries: readonly JournalEntry[]): void;
  /**
   * Strikes this journal's own records of these sources, and those of owners that are gone. Throws what the file system
   * says.
   */
  closed(entries: readonly JournalEntry[]): void;
  /**
   * From now on the owner of what is open, and of what is claimed, is alive too while a process of this group is: of a
   * program that was started, for example, and that works on when its starter is killed.
   *
   * @param group - The id of a process group, or of a process that leads none: then it alone counts.
   */
  follow(group: number): void;
  /** Writes a file and removes it. Throws what the file system says where the journal cannot be kept. */
  check(): void;
}

/** A journal in a storage of the browser. Its owner is the page, for as long as that lives, by a Web Lock. */
export interface StorageJournal extends ClaimingJournal {
  /** Writes before it returns; the first time, once the page has its lock. */
  opened(entries: readonly JournalEntry[]): void | Promise<void>;
}

/** What is needed of a storage: `localStorage` has it. */
export interface JournalStorage {
  /** How many items there are. */
  readonly length: number;
  /** The key of an item. */
  key(index: number): string | null;
  /** The item of a key. */
  getItem(key: string): string | null;
  /** Sets an item. */
  setItem(key: string, value: string): void;
  /** Removes an item. */
  removeItem(key: string): void;
}

/**
 * A journal in files, for Node. Nothing is read or written before it is used, so that a folder which cannot be used stops
 * nothing at its start: {@link FileJournal.check} says it.
 *
 * @throws TypeError when an option is unknown or not valid; in a browser.
 * @example
 * ```js
 * const journal = fileJournal();
 * const client = new StatusClient({ organizationId, accessToken, journal });
 * await recoverUnfinished(client, journal); // what a run before this one has left
 * ```
 */
export declare function fileJournal(options?: FileJournalOptions): FileJournal;

/**
 * A journal in a storage of the browser. It holds for a closed or a crashed tab; not for private windows, for a browser
 * whose data is cleared, or for a power cut. Where the page has no Web Locks (it came by http), every other owner is
 * unknown.
 *
 * @throws TypeError when it is not a storage.
 */
export declare function storageJournal(storage: JournalStorage): StorageJournal;

/** Options of {@link recoverUnfinished}. `undefined` counts as not given. */
export interface RecoveryOptions {
  /**
   * After how many milliseconds an activity counts as over whose owner is unknown, 0 or more. More than the longest run.
   * @default Infinity
   */
  staleMs?: number | undefined;
  /** These sources alone. @default all of the client's organization and endpoint */
  sourceIds?: readonly string[] | undefined;
  /** Takes back what is under way: the outcome is `failed` then, with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** What became of an entry. */
export type RecoveryResult =
  | {
      /** The entry. */
      readonly entry: UnfinishedEntry;
      /** `IDLE` is set, and the record is struck; so is that of an earlier call on the source, which the activity replaced. */
      readonly outcome: "ended";
      /** How it was set. */
      readonly update: StatusUpdate;
    }
  | {
      /** The entry. */
      readonly entry: UnfinishedEntry;
      /** The service knows no such source (404), and the record is struck. */
      readonly outcome: "forgotten";
      /** What the service said. */
      readonly error: unknown;
    }
  | {
      /** The entry. */
      readonly entry: UnfinishedEntry;
      /** The record stays. */
      readonly outcome: "failed";
      /** Why: of the service, of the network, of the journal. */
      readonly error: unknown;
    }
  | {
      /** The entry. */
      readonly entry: UnfinishedEntry;
      /** Nothing was sent for it. */
      readonly outcome: "kept";
      /**
       * `"live"`, `"unknown"`: its owner is. `"in_use"`: another owner, who is not gone, has the same source. `"call"`: what
       * was set by a call may be what somebody wanted; so may what was set by a later one. `"claimed"`: somebody has the
       * source to themselves.
       */
      readonly reason: "live" | "unknown" | "in_use" | "call" | "claimed";
    };

/**
 * Sets `IDLE` for the activities whose owner is gone, of the client's organization and endpoint, and strikes their records.
 * Calls of `setStatus` are not ended, and nothing is sent where somebody is at work on the source. Each source is claimed
 * while it is recovered, where the journal can do that, so that several may do this at once.
 *
 * @returns One result for each entry of the client's organization and endpoint that is still there when its turn comes,
 * those of one source together.
 * @throws As a rejection: TypeError when an option is not valid; what the journal says where it cannot be read.
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
