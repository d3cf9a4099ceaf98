import { randomUUID } from "node:crypto";
import { readAccessToken } from "../access-token.js";
import { COMMON_OPTIONS } from "../arguments.js";
import { Connection, placeNotice } from "../connection.js";
import { JOURNAL_OPTIONS, journalFolder } from "../journal-folder.js";
import { CONNECTION_OPTIONS, readSettings } from "../settings.js";
import { checkSources, readSources } from "../sources.js";
import { readAll, UsageError } from "../usage-error.js";
import { showRun } from "./dry-run.js";
import { checkLength, environmentOf } from "./environment.js";
import { EventsFile } from "./events-file.js";
import { findExecutable, ProgramError } from "./executable.js";
import { openJournal } from "./journal.js";
import { RunReport } from "./report.js";
import { OWN_FAILURE, Run } from "./run.js";
import { readTask } from "./task.js";

export { help } from "./help.js";

/** The exit code for usage errors and other failures, after which the program has not been started. */
export const ownFailureCode = OWN_FAILURE;

export const options = {
  ...COMMON_OPTIONS,
  ...CONNECTION_OPTIONS,
  source: { type: "string", multiple: true },
  grace: { type: "string" },
  linger: { type: "string" },
  foreground: { type: "boolean" },
  "keep-env": { type: "boolean" },
  "on-activation-failure": { type: "string" },
  ...JOURNAL_OPTIONS,
  "no-journal": { type: "boolean" },
  "if-running": { type: "string" },
  "activation-timeout": { type: "string" },
  "close-timeout": { type: "string" },
  "dry-run": { type: "boolean" },
  "events-file": { type: "string" },
};

export async function execute({ values, positionals, program }, { env, stdout, stderr, secrets }) {
  if (process.platform === "win32") {
    throw new UsageError(
      "run is for POSIX systems, whose signals it is about; on Windows use set, or the library",
    );
  }
  const task = readTask({ values, positionals, program }, env);
  const folder = journalFolder(values, env);
  const isDryRun = values["dry-run"];
  const [settings, sources, token] = await readAll(
    () => readSettings(values, env),
    () => readSources(values, env),
    () => readAccessToken(values, env, { secrets, inputTakenBy: "the program", isNeeded: !isDryRun }),
  );
  const connection = new Connection(settings, token);
  const client = connection.client();
  checkSources(client, sources, task.statusType);
  const sourceIds = sources.map(({ id }) => id);
  checkLength(sourceIds);
  const eventsFile = values["events-file"];
  const report = new RunReport(stderr, {
    env,
    isJson: values.json,
    isQuiet: values.quiet,
    mindsJournal: folder?.isAskedFor,
    eventsFile: eventsFile && !isDryRun ? new EventsFile(eventsFile, secrets) : undefined,
  });
  if (token.warning && !values.quiet) report.tell("warning", { message: token.warning });
  if (!connection.hasPlace) report.tell("notice", { message: placeNotice(client) });
  try {
    const file = findExecutable(program[0], env);
    if (isDryRun) {
      showRun(client, { ...task, sourceIds, file }, { stdout, isJson: values.json });
      return 0;
    }
    const runId = randomUUID();
    const journal = openJournal(folder, { owner: values.owner, runId }, report);
    const whole = { ...task, runId, sourceIds, file, needsJournal: folder?.isAskedFor };
    whole.env = environmentOf(env, { ...whole, keepsEnv: values["keep-env"] }, settings);
    return await new Run(whole, connection, journal, report).execute();
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    report.tell("not_started", { message: error.message });
    return error.exitCode;
  }
}
