import { fileJournal } from "push-source-status/journal";
import { readAccessToken } from "../access-token.js";
import { COMMON_OPTIONS } from "../arguments.js";
import { Connection } from "../connection.js";
import { JOURNAL_OPTIONS, journalFolder } from "../journal-folder.js";
import { durationOf } from "../run/duration.js";
import { CONNECTION_OPTIONS, readSettings } from "../settings.js";
import { checkSources, readSources } from "../sources.js";
import { readAll, UsageError } from "../usage-error.js";
import { forget } from "./forgetting.js";
import { JsonReport } from "./json-report.js";
import { Recovery } from "./recovery.js";
import { TextReport } from "./text-report.js";

/** The default timeout. It is long, since the network may come up minutes after a machine has started. */
const USUAL_TIMEOUT = "5m";

/** The largest number that a client accepts, so that only the timeout limits the attempts. */
const ATTEMPTS = 100;

export const options = {
  ...COMMON_OPTIONS,
  ...CONNECTION_OPTIONS,
  ...JOURNAL_OPTIONS,
  all: { type: "boolean" },
  source: { type: "string", multiple: true },
  stale: { type: "string" },
  forget: { type: "string", multiple: true },
  timeout: { type: "string" },
  "dry-run": { type: "boolean" },
};

export const help = `Usage: push-source-status recover --source ID [--source ID]… | --all

Sets IDLE for what the journal names whose owner is gone: a run that was killed,
and its program. Sends nothing for what is live, or cannot be told: see
push-source-status unfinished. Strikes what the service does not know (404).

  --source ID     a source; may be given again              (COVEO_SOURCE_ID)
  --all           all sources of the organization
  --stale TIME    takes what cannot be told too, if it is older: 6h, 90m
  --forget ID     strikes what the journal has of a source, and sends nothing
  --timeout TIME  how long to try: 5m unless given
  --dry-run       prints what would be done, and does nothing
  --journal DIR, --owner NAME   see push-source-status unfinished
  --organization ID, --region NAME, --environment NAME, --endpoint URL
  [--insecure-http]     the organization and its place              (COVEO_…)
  --token-file FILE     the access token   (COVEO_ACCESS_TOKEN, COVEO_API_KEY)
  --json                one event a line     -q, --quiet   what remains alone,
                        and not what is live

Exit code: 0; 1 where an activity remains, and why it does is said; 2 for usage;
128+n for a signal.
  push-source-status recover --source my-source
`;

export async function execute({ values, positionals }, io) {
  if (positionals.length > 0)
    throw new UsageError(`"${positionals[0]}" is one argument too many; a source is given with --source`);
  const { env, stdout, stderr } = io;
  const forgotten = (values.forget ?? []).filter(Boolean);
  const isRecovery = Boolean(values.all || values.source || forgotten.length === 0);
  checkWish(values, env, isRecovery);
  const { directory } = journalFolder(values, env);
  const journal = fileJournal({ directory, owner: values.owner || undefined });
  const report = values.json ? new JsonReport(stdout, values) : new TextReport(stdout, stderr, env, values);
  const recovery = isRecovery ? await readRecovery(values, io, { journal, report }) : undefined;
  try {
    if (forgotten.length > 0) await forget(journal, forgotten, report, values["dry-run"]);
    return recovery ? await recovery.execute() : 0;
  } catch (error) {
    if (error.code === undefined) throw error;
    report.unusable(error);
    return 1;
  }
}

function checkWish({ all, source }, { COVEO_SOURCE_ID }, isRecovery) {
  if (all && source) throw new UsageError("--all and --source exclude each other; leave one of them out");
  if (!isRecovery || all || source || COVEO_SOURCE_ID) return;
  throw new UsageError("which sources? give --source ID, which may be given again, or --all");
}

async function readRecovery(values, { env, stderr, secrets }, { journal, report }) {
  const isDryRun = values["dry-run"];
  const [timeoutMs, staleMs, settings, sources, token] = await readAll(
    () => timeoutOf(values.timeout || USUAL_TIMEOUT),
    () => (values.stale ? durationOf(values.stale, "--stale") : undefined),
    () => readSettings(values, env),
    () => (values.all ? undefined : readSources(values, env)),
    () => readAccessToken(values, env, { secrets, isNeeded: !isDryRun }),
  );
  const connection = new Connection(settings, token);
  const client = connection.client({
    retry: { attempts: ATTEMPTS },
    totalTimeoutMs: timeoutMs,
    onEvent: (event) => report.onEvent(event),
  });
  if (sources) checkSources(client, sources, "IDLE");
  for (const notice of values.quiet ? [] : connection.notices(client))
    stderr.line(`push-source-status: ${notice}`);
  const sourceIds = sources?.map(({ id }) => id);
  return new Recovery({ client, journal, report }, { sourceIds, staleMs, timeoutMs, isDryRun });
}

function timeoutOf(text) {
  const milliseconds = Math.floor(durationOf(text, "--timeout"));
  if (milliseconds > 0) return milliseconds;
  throw new UsageError(`--timeout must be more than 0, got "${text}"`);
}
