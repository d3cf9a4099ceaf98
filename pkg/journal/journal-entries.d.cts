/** What is in a journal, whose it is, and who has a source to themselves. */

import type { JournalEntry } from "push-source-status";

/**
 * `"live"`: its process, or a process of its group, is there, be it stopped or asleep. `"gone"`: none is, or the machine
 * has started since. `"unknown"`: that cannot be told from here.
 */
export type OwnerLife = "live" | "gone" | "unknown";

/** Whose a record is, as far as it says. */
export interface OwnerInfo {
  /** The process's id, in its own namespace. */
  readonly pid: number;
  /** The name of its machine, or of its container. */
  readonly host: string;
  /** The option `owner` of its journal. */
  readonly name?: string | undefined;
  /** The process group that its journal follows. */
  readonly group?: number | undefined;
}

/** An entry that is in a journal. */
export interface UnfinishedEntry extends Readonly<JournalEntry> {
  /** Names the record in its journal. */
  readonly id: string;
  /** Whether its owner is alive. */
  readonly owner: OwnerLife;
  /** Whose it is; not in the storage of a page. */
  readonly ownedBy?: OwnerInfo | undefined;
  /** It could be read. */
  readonly unreadable?: undefined;
}

/** A record that is incomplete, of another version, or not of a journal at all. It is left as it is. */
export interface UnreadableEntry {
  /** Names the record in its journal. */
  readonly id: string;
  /** Nothing can be told. */
  readonly owner: "unknown";
  /** Why it cannot be read. */
  readonly unreadable: string;
  /** The file; not in the storage of a page. */
  readonly file?: string | undefined;
}

/** Options of `claim`. */
export interface ClaimOptions {
  /**
   * After how many milliseconds a claim counts as given up whose owner cannot be judged, 0 or more.
   * @default Infinity
   */
  staleMs?: number | undefined;
}

/** Whether a source was taken, and if not, who has it. */
export type Claim =
  | {
      /** This journal has it. */
      readonly ok: true;
      /** The source. */
      readonly sourceId: string;
      /** Since when, in milliseconds since 1970. */
      readonly since: number;
      /** Gives the source back. It ends with the process in any case. */
      release(): void;
    }
  | {
      /** Somebody else has it, or this journal already. */
      readonly ok: false;
      /** The source. */
      readonly sourceId: string;
      /** Whether the one that has it is alive, or cannot be judged. */
      readonly owner: "live" | "unknown";
      /** Who has it, where that can be told. */
      readonly ownedBy?: OwnerInfo | undefined;
      /** Since when, in milliseconds since 1970, where that can be told. */
      readonly since?: number | undefined;
    };
