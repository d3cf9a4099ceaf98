/** The entries of a journal, their owners, and claims. */

import type { JournalEntry } from "push-source-status";

/**
 * `"live"`: its process or a process of its group exists, even if it is stopped or asleep. `"gone"`: none exists, or the
 * machine has started since. `"unknown"`: it cannot be seen from here.
 */
export type OwnerLife = "live" | "gone" | "unknown";

/** The owner of a record, as far as the record names it. */
export interface OwnerInfo {
  /** The id of the process, in its own namespace. */
  readonly pid: number;
  /** The name of its machine or container. */
  readonly host: string;
  /** The option `owner` of its journal. */
  readonly name?: string | undefined;
  /** The process group that its journal follows. */
  readonly group?: number | undefined;
  /** `true`: the process is gone, and the owner is live because of what the process has started. */
  readonly isProgramAlone?: boolean | undefined;
}

/** An entry of a journal. */
export interface UnfinishedEntry extends Readonly<JournalEntry> {
  /** Names the record in its journal. */
  readonly id: string;
  /** The life of its owner. */
  readonly owner: OwnerLife;
  /** Its owner; missing in the storage of a page. */
  readonly ownedBy?: OwnerInfo | undefined;
  /** Missing: the entry is readable. */
  readonly unreadable?: undefined;
}

/** A record that is incomplete, of another version, or not of a journal. It is left unchanged. */
export interface UnreadableEntry {
  /** Names the record in its journal. */
  readonly id: string;
  /** The owner is unknown. */
  readonly owner: "unknown";
  /** The reason. */
  readonly unreadable: string;
  /** The file; missing in the storage of a page. */
  readonly file?: string | undefined;
}

/** Options of `claim`. */
export interface ClaimOptions {
  /**
   * The age at which a claim of an unknown owner counts as released, in milliseconds, 0 or more.
   * @default Infinity
   */
  staleMs?: number | undefined;
  /**
   * The purpose of the claim: `"recovery"` for setting `IDLE` after somebody else, which is over soon. A refused claim names it.
   * @default "work"
   */
  purpose?: ClaimPurpose | undefined;
  /**
   * The organization and the endpoint of the source. Equal ids at two places are two sources. The storage of a page does not
   * distinguish them.
   * @default everywhere: excludes the claims of all places
   */
  place?: ClaimPlace | undefined;
}

/** The place of a claim on a source. */
export interface ClaimPlace {
  /** The id of the organization. */
  readonly organizationId: string;
  /** The part of the service's URL before `/organizations`. */
  readonly endpoint: string;
}

/** The purpose of a claim. */
export type ClaimPurpose = "work" | "recovery";

/** The outcome of a claim. */
export type Claim =
  | {
      /** This journal holds the claim. */
      readonly ok: true;
      /** The source. */
      readonly sourceId: string;
      /** Its start, in milliseconds since 1970. */
      readonly since: number;
      /** Releases the claim, which otherwise ends with the process. */
      release(): void;
    }
  | {
      /** Another owner holds the claim, or this journal already does. */
      readonly ok: false;
      /** The source. */
      readonly sourceId: string;
      /** The life of the other owner. */
      readonly owner: "live" | "unknown";
      /** The other owner, if it is known. */
      readonly ownedBy?: OwnerInfo | undefined;
      /** Its start, in milliseconds since 1970, if it is known. */
      readonly since?: number | undefined;
      /** The purpose of the other claim: `"work"` if it is not known. The storage of a page does not have it. */
      readonly purpose?: ClaimPurpose | undefined;
    };
