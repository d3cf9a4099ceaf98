import { statuses } from "push-source-status";
import { fileJournal } from "push-source-status/journal";
import { readAccessToken } from "../access-token.js";
import { COMMON_OPTIONS } from "../arguments.js";
import { Connection } from "../connection.js";
import { JOURNAL_OPTIONS, journalFolder } from "../journal-folder.js";
import { CONNECTION_OPTIONS, readSettings } from "../settings.js";
import { checkSources, readSources } from "../sources.js";
import { isStandardInput } from "../standard-input.js";
import { readAll, UsageError } from "../usage-error.js";
import { changeStatuses } from "./change.js";
import { JsonReport } from "./json-report.js";
import { OpenChanges } from "./open-changes.js";
import { showRequests } from "./requests.js";
import { TextReport } from "./text-report.js";

export const options = {
  ...COMMON_OPTIONS,
  ...CONNECTION_OPTIONS,
  ...JOURNAL_OPTIONS,
  source: { type: "string", multiple: true },
  "sources-file": { type: "string" },
  "dry-run": { type: "boolean" },
};

export const help = `Usage: push-source-status set STATUS --source ID [--source ID]…

Sets REBUILD, REFRESH, INCREMENTAL or IDLE on one source, or on many. It sets a
label and opens or closes a log entry; it starts, deletes and indexes nothing.
IDLE ends whatever activity the source has: it is no connection test.

  --source ID           a source; may be given again       (COVEO_SOURCE_ID)
  --sources-file FILE   one a line: its id, then a name if you like; # comments;
                        - is standard input. All are checked before one is sent
  --dry-run             print what would be sent, and send nothing
  --journal DIR, --owner NAME   of a journal, from which IDLE strikes what has
                        been left by runs that are gone
  --organization ID     the organization             (COVEO_ORGANIZATION_ID)
  --region NAME, --environment NAME        (COVEO_REGION, COVEO_ENVIRONMENT)
  --endpoint URL [--insecure-http]   in place of these two  (COVEO_ENDPOINT)
  --token-file FILE     the access token; - is standard input
                        (COVEO_ACCESS_TOKEN or COVEO_API_KEY)
  --json                one event a line       -q, --quiet   failures alone

Exit code: 0; 1 where a source failed; 2 for usage; 128+n for a signal.
  push-source-status set IDLE --source my-source
  push-source-status set REBUILD --sources-file wiki-sources.txt --region eu
`;

export async function execute({ values, positionals, program = [] }, { env, stdout, stderr, secrets }) {
  const statusType = theStatus([...positionals, ...program]);
  const inputTakenBy = isStandardInput(values["sources-file"]) ? "--sources-file" : undefined;
  const [settings, sources, token] = await readAll(
    () => readSettings(values, env),
    () => readSources(values, env),
    () => readAccessToken(values, env, { secrets, inputTakenBy, isNeeded: !values["dry-run"] }),
  );
  const report = values.json ? new JsonReport(stdout) : new TextReport(stdout, stderr, env);
  const connection = new Connection(settings, token);
  const openChanges = new OpenChanges(statusType);
  const { journal, isAskedFor } = journalOf(statusType, values, env);
  const onEvent = (event) => {
    openChanges.note(event);
    if (event.type !== "journal_failed" || isAskedFor) report.onEvent(event);
  };
  const client = connection.client({ journal: journal ?? openChanges.journal, onEvent });
  checkSources(client, sources, statusType);
  for (const notice of values.quiet ? [] : connection.notices(client))
    stderr.line(`push-source-status: ${notice}`);
  if (values["dry-run"]) {
    showRequests(client, sources, statusType, { stdout, isJson: values.json });
    return 0;
  }
  report.begin({ sources, statusType, isQuiet: values.quiet, consoleName: consoleNameOf(statusType) });
  return changeStatuses(client, sources, statusType, { report, openChanges });
}

/**
 * Returns the journal for `IDLE`, which removes the entries of runs that are gone. Other statuses are not recorded,
 * since the user sets them on purpose.
 */
function journalOf(statusType, values, env) {
  const { directory, isAskedFor } = journalFolder(values, env);
  const journal = fileJournal({ directory, owner: values.owner || undefined });
  return { journal: statusType === "IDLE" ? journal : undefined, isAskedFor };
}

function theStatus([statusType, ...more]) {
  if (statusType === undefined) {
    throw new UsageError("no status: give REBUILD, REFRESH, INCREMENTAL or IDLE");
  }
  if (more.length > 0) {
    throw new UsageError(`"${more[0]}" is one argument too many; a source is given with --source`);
  }
  return statusType;
}

function consoleNameOf(statusType) {
  return statuses().find((row) => row.statusType === statusType).consoleName;
}
