import { randomUUID } from "node:crypto";
import { readAccessToken } from "../access-token.js";
import { COMMON_OPTIONS } from "../arguments.js";
import { Connection, placeNotice } from "../connection.js";
import { CONNECTION_OPTIONS, readSettings } from "../settings.js";
import { checkSources, readSources } from "../sources.js";
import { readAll, UsageError } from "../usage-error.js";
import { durationOf } from "./duration.js";
import { checkEncoding } from "./encoding.js";
import { findExecutable, ProgramError } from "./executable.js";
import { RunReport } from "./report.js";
import { OWN_FAILURE, Run } from "./run.js";
import { RUN_VARIABLE } from "./shared-group.js";

/** The exit code for what is typed wrong: whatever the program may exit with, it was not started. */
export const usageExitCode = OWN_FAILURE;

/** `docker stop` allows 10 s in all, and IDLE needs some of them. */
const USUAL_GRACE = "5s";

export const options = {
  ...COMMON_OPTIONS,
  ...CONNECTION_OPTIONS,
  source: { type: "string", multiple: true },
  grace: { type: "string" },
  linger: { type: "string" },
  foreground: { type: "boolean" },
  "on-activation-failure": { type: "string" },
};

export const help = `Usage: push-source-status run STATUS --source ID [--source ID]… -- PROGRAM …

Sets the active status (REBUILD, REFRESH or INCREMENTAL), runs the program, and
sets IDLE whatever happens. Signals reach all that the program has started, and
IDLE waits for it; not for what leaves the process group (setsid, daemons).
Never by npx or npm run, which lose a TERM; a script has to begin with exec.

  --grace TIME          from TERM, HUP or INT to the KILL: 5s unless given
  --linger TIME         how long IDLE waits for what the program has left
                        running: as long as the grace unless given
  --foreground          the program stays in the process group of run
  --on-activation-failure stop|continue    whether the program is started if the
                        service or the network keeps the status from being set
  --source ID           a source; may be given again       (COVEO_SOURCE_ID)
  --organization ID, --region NAME, --environment NAME, --endpoint URL
  [--insecure-http]     the organization and its place              (COVEO_…)
  --token-file FILE     the access token   (COVEO_ACCESS_TOKEN, COVEO_API_KEY)
  --json, -q            one event a line, to standard error; failures alone

Exit code: the program's; 128+n for a signal; 75 if it succeeded and IDLE could
not be set; 125 if it was not started, 126 not executable, 127 not found.
  push-source-status run REBUILD --source my-source -- node connector.js
`;

export async function execute({ values, positionals, program }, { env, stderr, secrets }) {
  if (process.platform === "win32") {
    throw new UsageError(
      "run is for POSIX systems, whose signals it is about; on Windows use set, or the library",
    );
  }
  const [statusType, ...more] = positionals;
  if (!program?.length) {
    throw new UsageError("no program: give it after --, as in run REBUILD --source ID -- node connector.js");
  }
  if (statusType === undefined) throw new UsageError("no status: give REBUILD, REFRESH or INCREMENTAL");
  if (statusType === "IDLE") {
    throw new UsageError(
      "IDLE announces no run; use REBUILD, REFRESH or INCREMENTAL, and IDLE comes by itself",
    );
  }
  if (more.length > 0) throw new UsageError(`"${more[0]}" is too much; the program follows --`);
  checkEncoding(program, env);
  const graceMs = durationOf(values.grace || USUAL_GRACE, "--grace");
  const task = {
    statusType,
    graceMs,
    lingerMs: values.linger ? durationOf(values.linger, "--linger") : graceMs,
    isForeground: values.foreground ?? false,
    onActivationFailure: wayOn(values["on-activation-failure"]),
  };
  const [settings, sources, token] = await readAll(
    () => readSettings(values, env),
    () => readSources(values, env),
    () => readAccessToken(values, env, { secrets, inputTakenBy: "the program" }),
  );
  const connection = new Connection(settings, token);
  const client = connection.client();
  checkSources(client, sources, statusType);
  const report = new RunReport(stderr, { env, isJson: values.json, isQuiet: values.quiet });
  if (token.warning && !values.quiet) report.tell("warning", { message: token.warning });
  if (!connection.hasPlace) report.tell("notice", { message: placeNotice(client) });
  client.free();
  try {
    const file = findExecutable(program[0], env);
    const sourceIds = sources.map(({ id }) => id);
    const runId = randomUUID();
    const seen = {
      ...env,
      PUSH_SOURCE_STATUS: statusType,
      PUSH_SOURCE_ID: sourceIds.join(" "),
      [RUN_VARIABLE]: runId,
    };
    return await new Run(
      { ...task, runId, sourceIds, file, commandLine: program, env: seen },
      connection,
      report,
    ).execute();
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    report.tell("not_started", { message: error.message });
    return error.exitCode;
  }
}

function wayOn(text) {
  if (!text || text === "stop" || text === "continue") return text || undefined;
  throw new UsageError(`--on-activation-failure must be stop or continue, got "${text}"`);
}
