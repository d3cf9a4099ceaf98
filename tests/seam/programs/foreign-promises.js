import { StatusClient } from "push-source-status";
import { HOWS } from "./hostile-promises.js";

const { endpoint, place, how } = JSON.parse(process.argv.at(-1));

/** The time after which a call is taken to hang. Nothing else takes as long. */
const PATIENCE_MS = 15_000;
const TOKEN = "xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5";

const problems = [];
process.on("uncaughtException", (error) => problems.push(`uncaught: ${error}`));
process.on("unhandledRejection", (error) => problems.push(`unhandled: ${error}`));

const broken = new RangeError("broken on purpose");
const { expects, make } = HOWS[how];
const common = { organizationId: "my-organization", endpoint, retry: { attempts: 1 } };
// The timeout is long enough for the requests that are answered, on any machine.
const waiting = expects === "waits" ? { attemptTimeoutMs: 3000 } : {};

let isFirst = true;
/** Misbehaves once. Later calls are served as usual. */
const once = (value, ever) => {
  if (!isFirst) return ever();
  isFirst = false;
  return make(value, broken, callAgain);
};
const always = () => make(undefined, broken, callAgain);

function callAgain() {
  for (const each of [client, other]) each.setStatus("from-within", "IDLE").catch(() => {});
}

/** Returns a `fetch` whose first answer has a body with a misbehaving method. */
function withBody(status, method) {
  const reader = { read: async () => ({ done: true }), cancel: async () => {}, releaseLock() {} };
  reader[method] = () => once({ done: true }, async () => ({ done: true }));
  if (method === "cancel") {
    const chunk = { done: false, value: new Uint8Array(128 * 1024) };
    reader.read = async () => chunk;
  }
  const body = { getReader: () => reader };
  let isAnswered = false;
  return async (...args) => {
    if (isAnswered) return fetch(...args);
    isAnswered = true;
    return { status, headers: new Map(), body };
  };
}

const places = {
  work: {},
  accessToken: { ...waiting, accessToken: () => once(TOKEN, () => TOKEN) },
  fetch: {
    ...waiting,
    fetch: (...args) => once({ status: 201, headers: new Map() }, () => fetch(...args)),
  },
  "the body of an error, read": { ...waiting, fetch: withBody(403, "read") },
  "the body of an error, cancelled": { ...waiting, fetch: withBody(403, "cancel") },
  "the body of a success, read": { fetch: withBody(201, "read") },
  "the body of a success, cancelled": { fetch: withBody(201, "cancel") },
  onEvent: { onEvent: always },
  onProgress: {},
};

const client = new StatusClient({ ...common, accessToken: TOKEN, ...places[place] });
const other = new StatusClient({ ...common, accessToken: TOKEN });

function call() {
  if (place === "work") {
    const aborting = new AbortController();
    const work = () => {
      if (expects === "waits") setTimeout(() => aborting.abort(broken), 20);
      return once("the value");
    };
    return client.runActivity("first", "REBUILD", work, { signal: aborting.signal, gracePeriodMs: 0 });
  }
  if (place === "onProgress") {
    const changes = [{ sourceId: "first", statusType: "IDLE" }];
    return client.setStatuses(changes, { onProgress: always });
  }
  return client.setStatus("first", "IDLE");
}

/** Returns the outcome of a promise in a word. */
function told(promise) {
  let timer;
  const silence = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, "never settled");
  });
  const outcome = promise.then(
    (value) => (value === "the value" ? value : "resolved"),
    (reason) => (reason === broken ? "rejected with what was broken" : (reason.code ?? String(reason))),
  );
  return Promise.race([outcome, silence]).finally(() => clearTimeout(timer));
}

const first = await told(call());
const next = await told(client.setStatus("next", "IDLE"));
const others = await told(other.setStatus("other", "IDLE"));
const closed = await told(client.close());
// Unhandled rejections are reported at the end of the turn.
await new Promise((resolve) => setTimeout(resolve, 20));
console.log(JSON.stringify({ first, next, others, closed, problems }));
process.exit();
