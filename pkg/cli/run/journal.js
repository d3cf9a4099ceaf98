import { fileJournal } from "push-source-status/journal";
import { UsageError } from "../usage-error.js";
import { RUN_VARIABLE } from "./shared-group.js";

/**
 * The journal of a run. One that was asked for and cannot be used ends the run before it begins; without any other one it
 * goes on.
 *
 * @param {import("../journal-folder.js").JournalFolder | undefined} folder
 * @param {{ owner?: string, runId: string }} keeper
 * @param {import("./report.js").RunReport} report
 * @returns {import("push-source-status/journal").FileJournal | undefined}
 */
export function openJournal(folder, { owner, runId }, report) {
  if (!folder) return undefined;
  try {
    const { directory } = folder;
    const journal = fileJournal({ directory, owner: owner || undefined, mark: `${RUN_VARIABLE}=${runId}` });
    journal.check();
    return journal;
  } catch (error) {
    const message = `the journal, from ${folder.origin}, cannot be used: ${error.message}`;
    if (folder.isAskedFor) throw new UsageError(`${message}; mend that, or give --no-journal`);
    report.tell("journal_failed", { message });
    return undefined;
  }
}
