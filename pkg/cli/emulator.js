import { startEmulator } from "push-source-status/emulator";
import { COMMON_OPTIONS } from "./arguments.js";
import { interrupted } from "./interruption.js";
import { paintFor, printable } from "./terminal.js";
import { UsageError } from "./usage-error.js";

export const options = {
  ...COMMON_OPTIONS,
  port: { type: "string" },
  host: { type: "string" },
  organization: { type: "string", multiple: true },
  source: { type: "string", multiple: true },
  "accept-token": { type: "string", multiple: true },
  control: { type: "boolean" },
};

export const help = `Usage: push-source-status emulator [--port PORT]

A local stand-in for the service: it takes statuses and documents as the Push
API does, for any organization, source and token, on this machine alone. Prints
its endpoint, then each request as it comes; tokens are masked. Ctrl-C ends it.

  --port PORT          the port to listen on; a free one unless given
  --host ADDRESS       the address to listen on; 127.0.0.1 unless given. With
                       0.0.0.0 other machines and containers reach it
  --organization ID    an organization, --source ID a source that exists: any
                       other is answered 404. May be given again
  --accept-token TEXT  a token that is good: any other is answered 401. May be
                       given again. Never a real one: ps shows it to others
  --control            let other programs plan faults, and read the logs and
                       the documents, over HTTP
  --json               one event a line
  -q, --quiet          the endpoint alone

Exit code: 0; 1 where the port is taken; 2 for usage.
  push-source-status emulator --port 8080
  COVEO_ENDPOINT=http://127.0.0.1:8080/push/v1 COVEO_ACCESS_TOKEN=any-token \\
    push-source-status set REBUILD --organization any --source any
`;

/** The number of requests that are kept for the control surface. */
const REQUESTS_KEPT = 10_000;

export async function execute({ values, positionals }, { env, stdout, stderr }) {
  if (positionals.length > 0)
    throw new UsageError(`"${positionals[0]}" is one argument too many; the port is --port PORT`);
  const paint = paintFor(stdout, env);
  const tell = values.json
    ? (record) => stdout.line(JSON.stringify({ type: "request", ...record }))
    : (record) => stdout.line(lineOf(record, paint));
  const port = portOf(values.port);
  const wish = {
    port,
    host: values.host || undefined,
    organizations: values.organization,
    sources: values.source,
    tokens: values["accept-token"],
    control: values.control,
    requestLogLimit: REQUESTS_KEPT,
    onRequest: values.quiet ? undefined : tell,
  };
  let emulator;
  try {
    emulator = await start(wish);
  } catch (error) {
    const reason = PORT_ERRORS[error.code];
    if (!reason) throw error;
    stderr.line(`push-source-status: port ${port} ${reason}; take another, or leave --port out`);
    return 1;
  }
  for (const line of announcement(emulator, values, paint)) stdout.line(line);
  await interrupted();
  await emulator.close();
  return 0;
}

function announcement({ endpoint, controlUrl }, { json, quiet }, paint) {
  if (json) return [JSON.stringify({ type: "listening", endpoint, controlUrl })];
  if (quiet) return [endpoint];
  const place = [`The emulator listens at ${paint.bold(endpoint)}`];
  return controlUrl ? [...place, `It is controlled at ${controlUrl}`] : place;
}

function portOf(text) {
  if (!text) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port must be a number from 0 to 65535, got "${text}"`);
  return port;
}

/** The ports that others or the system keep, by the system's error code. The command line is right all the same. */
const PORT_ERRORS = { EADDRINUSE: "is taken", EACCES: "may not be used by you" };

/** Error texts for an address that is wrong, by the system's error code. */
const HOST_ERRORS = {
  EADDRNOTAVAIL: "is no address of this machine",
  ENOTFOUND: "is not known",
};

async function start(options) {
  const empty = ["organizations", "sources", "tokens"].find((name) => options[name]?.includes(""));
  if (empty) throw new UsageError(`one of the ${empty} is empty`);
  try {
    return await startEmulator(options);
  } catch (error) {
    const reason = HOST_ERRORS[error.code];
    if (!reason) throw error;
    throw new UsageError(`--host ${options.host} ${reason}`);
  }
}

function lineOf({ at, method, path, operation, statusType, sourceId, activity, httpStatus, fault }, paint) {
  const time = new Date(at).toTimeString().slice(0, 8);
  const word = operation === "set-status" ? (statusType ?? "no status") : operation;
  const what = word && sourceId ? `${word.padEnd(11)}  ${sourceId}` : (word ?? `${method} ${path}`);
  const answer = httpStatus ?? "no answer";
  const isDone = httpStatus !== null && httpStatus < 300;
  const notes = [fault && `planned: ${fault}`, activity === null && "outside any activity"].filter(Boolean);
  const note = notes.length > 0 ? paint.dim(`  (${notes.join(", ")})`) : "";
  return `${paint.dim(time)}  ${(isDone ? paint.green : paint.red)(answer)}  ${printable(what)}${note}`;
}
