import { delimiter } from "node:path";
import { UsageError } from "./usage-error.js";

const VARIABLE = "PUSH_SOURCE_STATUS_JOURNAL";

/** The variable in which systemd passes the folders of a unit's `StateDirectory=`. */
const STATE_VARIABLE = "STATE_DIRECTORY";

/** The flags for the journal's folder and its owner. */
export const JOURNAL_OPTIONS = {
  journal: { type: "string" },
  owner: { type: "string" },
};

/**
 * The folder of the journal.
 *
 * @typedef {{ directory: string | undefined, origin: string, isAskedFor: boolean }} JournalFolder `directory` is the
 *   option of `fileJournal`, which finds the user's state folder if it is `undefined`. `isAskedFor` is `false` if the
 *   user did not choose a journal, and so need not hear that it cannot be used
 */

/**
 * Finds the folder of the journal for a command line. Flags take precedence over variables. Empty values are ignored.
 *
 * @returns {JournalFolder | undefined} `undefined` with `--no-journal`
 */
export function journalFolder(flags, env) {
  if (flags["no-journal"]) {
    if (flags.journal) throw new UsageError("--journal and --no-journal exclude each other; leave one out");
    return undefined;
  }
  if (flags.journal) return { directory: flags.journal, origin: "--journal", isAskedFor: true };
  if (env[VARIABLE]) return { directory: env[VARIABLE], origin: VARIABLE, isAskedFor: true };
  // A unit may have several state folders, and the first is the main one. They do not mean that it wants a journal.
  const directory = env[STATE_VARIABLE]?.split(delimiter).find(Boolean);
  return { directory, origin: directory ? STATE_VARIABLE : "the user's state folder", isAskedFor: false };
}
