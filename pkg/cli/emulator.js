import { startEmulator } from "push-source-status/emulator";
import { COMMON_OPTIONS } from "./arguments.js";
import { paintFor, printable } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** The exit code for what is typed wrong. */
export const usageExitCode = 2;

export const options = {
  ...COMMON_OPTIONS,
  port: { type: "string" },
  control: { type: "boolean" },
};

export const help = `Usage: push-source-status emulator [--port PORT]

A local stand-in for the service: it answers status calls as the Push API does,
for any organization, source and token, on this machine alone. Prints its
endpoint, then each request as it comes; tokens are masked. Ctrl-C ends it.

  --port PORT    the port to listen on; a free one unless given
  --control      let other programs plan faults and read the logs, over HTTP
  --json         one event a line
  -q, --quiet    the endpoint alone

  push-source-status emulator --port 8080
  COVEO_ENDPOINT=http://127.0.0.1:8080/push/v1 COVEO_ACCESS_TOKEN=any-token \\
    push-source-status set REBUILD --organization any --source any
`;

/** How many requests are kept for the control surface. */
const REQUESTS_KEPT = 10_000;

export async function execute({ values, positionals }, { env, stdout }) {
  if (positionals.length > 0)
    throw new UsageError(`"${positionals[0]}" is too much; the port is --port PORT`);
  const paint = paintFor(stdout, env);
  const tell = values.json
    ? (record) => stdout.line(JSON.stringify({ type: "request", ...record }))
    : (record) => stdout.line(lineOf(record, paint));
  const emulator = await start({
    port: portOf(values.port),
    control: values.control,
    requestLogLimit: REQUESTS_KEPT,
    onRequest: values.quiet ? undefined : tell,
  });
  const { endpoint, controlUrl } = emulator;
  if (values.json) stdout.line(JSON.stringify({ type: "listening", endpoint, controlUrl }));
  else {
    stdout.line(`The emulator listens at ${paint.bold(endpoint)}`);
    if (controlUrl) stdout.line(`It is controlled at ${controlUrl}`);
  }
  await interrupted();
  await emulator.close();
  return 0;
}

function portOf(text) {
  if (!text) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port must be a number from 0 to 65535, got "${text}"`);
  return port;
}

async function start(options) {
  try {
    return await startEmulator(options);
  } catch (error) {
    const reasons = { EADDRINUSE: "is taken", EACCES: "may not be used by you" };
    if (!reasons[error.code]) throw error;
    throw new UsageError(`port ${options.port} ${reasons[error.code]}; take another, or leave --port out`);
  }
}

function lineOf({ at, method, path, statusType, sourceId, httpStatus, fault }, paint) {
  const time = new Date(at).toTimeString().slice(0, 8);
  const what = sourceId ? `${(statusType ?? "no status").padEnd(11)}  ${sourceId}` : `${method} ${path}`;
  const answer = httpStatus ?? "no answer";
  const isDone = httpStatus !== null && httpStatus < 300;
  const note = fault ? paint.dim(`  (planned: ${fault})`) : "";
  return `${paint.dim(time)}  ${(isDone ? paint.green : paint.red)(answer)}  ${printable(what)}${note}`;
}

function interrupted() {
  return new Promise((settle) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, settle);
  });
}
