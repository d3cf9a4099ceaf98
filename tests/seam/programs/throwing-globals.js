import { StatusClient } from "push-source-status";

const { endpoint, name, call, when } = JSON.parse(process.argv.at(-1));

const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/** The time after which a call is taken to hang. Nothing else takes as long. */
const PATIENCE_MS = 10_000;

const problems = [];
process.on("uncaughtException", (error) => problems.push(`uncaught: ${error}`));
process.on("unhandledRejection", (error) => problems.push(`unhandled: ${error}`));

const [owner, member] = name.includes(".")
  ? [globalThis[name.split(".")[0]], name.split(".")[1]]
  : [globalThis, name];
const own = Object.getOwnPropertyDescriptor(owner, member);

function replace() {
  Object.defineProperty(owner, member, {
    configurable: true,
    writable: true,
    value() {
      throw new RangeError(`${name} is broken on purpose`);
    },
  });
}

function restore() {
  if (own) Object.defineProperty(owner, member, own);
  else delete owner[member];
}

const common = { organizationId: "my-organization", accessToken: "my-token", endpoint };
// The test has its own fetch, because the host's may need the broken global.
const { request } = await import("node:http");
const fetch = (url, { method, headers, body }) =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (message) => {
      message.resume();
      const { statusCode: status, headers } = message;
      resolve({ status, headers: new Map(Object.entries(headers)) });
    });
    sent.on("error", reject);
    sent.end(body);
  });

const make = () => new StatusClient({ ...common, fetch, retry: { baseDelayMs: 5 } });

const calls = {
  setStatus: (client) => client.setStatus("plain-0", "IDLE"),
  "setStatus, tried again": (client) => client.setStatus("retried-0", "IDLE"),
  setStatuses: (client) => client.setStatuses([{ sourceId: "plain-0", statusType: "IDLE" }]),
  runActivity: (client) => client.runActivity("plain-0", "REBUILD", async () => {}),
  startActivity: async (client) => (await client.startActivity("plain-0", "REBUILD")).end(),
  "setStatus with a signal": (client) =>
    client.setStatus("plain-0", "IDLE", { signal: new AbortController().signal }),
  close: (client) => client.close(),
};

/** Returns the outcome of a promise in a word. */
function told(action) {
  let promise;
  try {
    promise = action();
  } catch (error) {
    return `thrown at once: ${error}`;
  }
  let timer;
  const silence = new Promise((resolve) => {
    timer = startTimer(resolve, PATIENCE_MS, "never settled");
  });
  const outcome = promise.then(
    () => "resolved",
    (reason) => (/unreachable|null pointer|recursive use/.test(String(reason)) ? String(reason) : "rejected"),
  );
  return Promise.race([outcome, silence]).finally(() => stopTimer(timer));
}

let client;
if (when === "before the client") replace();
try {
  client = make();
} catch (error) {
  // A constructor that refuses is acceptable too.
  if (error instanceof WebAssembly.RuntimeError) problems.push(`new: ${error}`);
}
if (when === "between two calls") {
  await told(() => client.setStatus("plain-1", "IDLE"));
  replace();
}
const first = client ? await told(() => calls[call](client)) : "rejected";
restore();
if (client === undefined || call === "close") client = make();
const last = {};
const after = {
  next: () => client.setStatus("plain-2", "IDLE"),
  retried: () => client.setStatus("retried-2", "IDLE"),
  closed: () => client.close(),
};
for (const [what, action] of Object.entries(after)) {
  if (Object.values(last).includes("never settled")) break;
  last[what] = await told(action);
}
await new Promise((resolve) => startTimer(resolve, 20));
console.log(JSON.stringify({ first, rest: { ...last, problems } }));
process.exit();
