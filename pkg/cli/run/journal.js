import { fileJournal } from "push-source-status/journal";
import { UsageError } from "../usage-error.js";
import { RUN_VARIABLE } from "./shared-group.js";

/**
 * Opens the journal of a run. If the user chose a journal that cannot be used, this throws. Otherwise the run goes on
 * without one.
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
