import { delimiter } from "node:path";
import { UsageError } from "./usage-error.js";

const VARIABLE = "PUSH_SOURCE_STATUS_JOURNAL";

/** What systemd has made for a unit with `StateDirectory=`. */
const STATE_VARIABLE = "STATE_DIRECTORY";

/** The flags that say which journal is meant, and under which name it is kept. */
export const JOURNAL_OPTIONS = {
  journal: { type: "string" },
  owner: { type: "string" },
};

/**
 * The folder of the journal.
 *
 * @typedef {{ directory: string | undefined, origin: string, isAskedFor: boolean }} JournalFolder `directory` is the
 *   option of `fileJournal`: where it is `undefined`, that finds the user's state folder. Where the journal was not
 *   asked for, nobody may be waiting to read that it cannot be used
 */

/**
 * Which journal a command line means. A flag wins over a variable; what is empty counts as not given.
 *
 * @returns {JournalFolder | undefined} `undefined` where no journal is wanted
 */
export function journalFolder(flags, env) {
  if (flags["no-journal"]) {
    if (flags.journal) throw new UsageError("--journal and --no-journal exclude each other; leave one out");
    return undefined;
  }
  if (flags.journal) return { directory: flags.journal, origin: "--journal", isAskedFor: true };
  if (env[VARIABLE]) return { directory: env[VARIABLE], origin: VARIABLE, isAskedFor: true };
  // A unit may have several: the first is its main one. It has them for itself, and not for a journal that it wanted.
  const directory = env[STATE_VARIABLE]?.split(delimiter).find(Boolean);
  return { directory, origin: directory ? STATE_VARIABLE : "the user's state folder", isAskedFor: false };
}
