import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileJournal } from "push-source-status/journal";
import { COMMON_OPTIONS } from "../arguments.js";
import { JOURNAL_OPTIONS, journalFolder } from "../journal-folder.js";
import { UsageError } from "../usage-error.js";
import { JsonReport } from "./json-report.js";
import { TextReport } from "./text-report.js";

export const options = { ...COMMON_OPTIONS, ...JOURNAL_OPTIONS };

export const help = `Usage: push-source-status unfinished [--journal DIR]

Prints what the journal holds: the sources that may be active, since when, and
whether the one who made them so is
  gone      a run that is over left the source active: recover sets IDLE
  live      at work, or a program is that it has started
  unknown   in another container or on another machine; not to be told from here
Sends nothing and needs no settings. It also says whether the journal can be
written: a run that keeps it without being told to says nothing of that.

  --journal DIR   the journal's folder (PUSH_SOURCE_STATUS_JOURNAL; otherwise
                  STATE_DIRECTORY, as systemd sets it, or the user's state
                  folder: so it is the journal of this user alone)
  --owner NAME    as the runs were given it: whose records of it count as gone
                  where they cannot be told
  --json          one entry a line, and a summary
  -q, --quiet     what is live, and what is well, is left out

Exit code: 0; 1 where the journal cannot be read or written; 2 for usage.
  push-source-status unfinished
`;

export async function execute({ values, positionals }, { env, stdout, stderr }) {
  if (positionals.length > 0)
    throw new UsageError(`"${positionals[0]}" is one argument too many; all sources are listed`);
  const { directory } = journalFolder(values, env);
  const journal = fileJournal({ directory, owner: values.owner || undefined });
  const report = values.json ? new JsonReport(stdout, values) : new TextReport(stdout, stderr, env, values);
  try {
    const isThere = existsSync(journal.directory);
    report.entries(await journal.entries(), { directory: journal.directory, isThere });
  } catch (error) {
    report.unusable("read", error);
    return 1;
  }
  try {
    checkWriting(journal);
    return 0;
  } catch (error) {
    report.unusable("written", error);
    return 1;
  }
}

/** Throws if the journal cannot be written. A missing folder is not created, since this command only reads. */
function checkWriting(journal) {
  if (existsSync(journal.directory)) journal.check();
  else accessSync(folderAbove(journal.directory), constants.W_OK | constants.X_OK);
}

function folderAbove(path) {
  const folder = dirname(path);
  return existsSync(folder) ? folder : folderAbove(folder);
}
