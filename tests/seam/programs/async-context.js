import { AsyncLocalStorage } from "node:async_hooks";
import { StatusClient } from "push-source-status";

const { endpoint, scenario } = JSON.parse(process.argv.at(-1));

const TOKEN = "xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5";
const storage = new AsyncLocalStorage();
/** The calls of foreign code, each with the caller whose context was expected and the caller that was found. */
const seen = [];
const saw = (where, expected) => seen.push({ where, expected, found: storage.getStore() ?? "nobody" });
const sourceOf = (url) => /\/sources\/([^/]*)\//.exec(url)[1];
const callerOf = (sourceId) => `the caller for ${sourceId}`;

/** Makes a client whose callbacks all know their source. Each source has one caller, unless a scenario sets others. */
function clientWith(options = {}) {
  return new StatusClient({
    organizationId: "my-organization",
    accessToken: TOKEN,
    endpoint,
    retry: { baseDelayMs: 5 },
    fetch: (url, init) => {
      saw("fetch", callerOf(sourceOf(url)));
      return fetch(url, init);
    },
    onEvent: ({ type, sourceId }) => saw(`event ${type}`, callerOf(sourceId)),
    ...options,
  });
}

/** Makes a call in the context of the source's caller. */
const as = (sourceId, call) => storage.run(callerOf(sourceId), call);

const sources = (count) => Array.from({ length: count }, (_, index) => `source-${index}`);

const turn = () => new Promise((resolve) => setImmediate(resolve));

function activity(client, sourceId, statusType = "REBUILD") {
  return as(sourceId, () =>
    client.runActivity(sourceId, statusType, async ({ signal }) => {
      saw("work", callerOf(sourceId));
      signal.addEventListener("abort", () => {});
      await turn();
      saw("work, later", callerOf(sourceId));
    }),
  );
}

const scenarios = {
  async "one call"() {
    const client = clientWith({
      accessToken: () => {
        saw("accessToken", callerOf("source-0"));
        return TOKEN;
      },
    });
    await as("source-0", () => client.setStatus("source-0", "IDLE"));
  },

  async "twenty activities at once"() {
    const client = clientWith();
    await Promise.all(sources(20).map((sourceId) => activity(client, sourceId)));
  },

  async "activities that begin one after the other while others run"() {
    const client = clientWith({ concurrency: 2 });
    const running = [];
    for (const sourceId of sources(6)) {
      running.push(activity(client, sourceId));
      await turn();
    }
    await Promise.all(running);
  },

  async "a call that is throttled, and others that wait with it"() {
    let tell;
    const throttled = new Promise((resolve) => (tell = resolve));
    const client = clientWith({
      onEvent: ({ type, sourceId }) => {
        saw(`event ${type}`, callerOf(sourceId));
        if (type === "throttled") tell();
      },
    });
    const set = (sourceId) => as(sourceId, () => client.setStatus(sourceId, "IDLE"));
    const first = set("throttled-0");
    await throttled;
    await Promise.all([first, ...sources(4).map(set)]);
  },

  async "an activity that is throttled"() {
    const client = clientWith();
    await Promise.all(["throttled-0", "source-1"].map((sourceId) => activity(client, sourceId)));
  },

  async "a second call on the same source"() {
    const callers = [];
    const client = clientWith({
      fetch: (url, init) => {
        callers.push(storage.getStore() ?? "nobody");
        return fetch(url, init);
      },
      onEvent: ({ type, callId, statusType }) =>
        saw(`event ${type} of call ${callId}`, `the caller of ${statusType}`),
    });
    const statuses = ["REBUILD", "REFRESH", "INCREMENTAL"];
    const calls = statuses.map((statusType) =>
      storage.run(`the caller of ${statusType}`, () => client.setStatus("source-0", statusType)),
    );
    await Promise.all(calls);
    for (const [index, found] of callers.entries())
      seen.push({ where: `fetch ${index}`, expected: `the caller of ${statuses[index]}`, found });
  },

  async "a second activity on the same source"() {
    const client = clientWith({ fetch, onEvent: undefined });
    const run = (name) =>
      storage.run(name, () => client.runActivity("source-0", "REBUILD", async () => saw("work", name)));
    await Promise.all([run("the first"), run("the second"), run("the third")]);
  },

  async "an activity that waits for the end of another"() {
    const client = clientWith({ fetch, onEvent: undefined });
    const held = await storage.run("the holder", () => client.startActivity("source-0", "REBUILD"));
    const ended = storage.run("the one who ends", () => held.end());
    const second = storage.run("the second", () =>
      client.runActivity("source-0", "REFRESH", async () => saw("work", "the second")),
    );
    await Promise.all([ended, second]);
  },

  async "a bulk call"() {
    const client = clientWith({ onEvent: ({ type }) => saw(`event ${type}`, "the caller in bulk"), fetch });
    const changes = ["throttled-0", ...sources(10)].map((sourceId) => ({ sourceId, statusType: "IDLE" }));
    changes.push({ sourceId: "../", statusType: "IDLE" });
    const onProgress = () => saw("onProgress", "the caller in bulk");
    await storage.run("the caller in bulk", () => client.setStatuses(changes, { onProgress }));
  },

  async "a bulk call beside single calls"() {
    const single = (sourceId) => /single/.test(sourceId);
    const client = clientWith({
      concurrency: 2,
      onEvent: ({ type, sourceId }) =>
        saw(`event ${type}`, single(sourceId) ? callerOf(sourceId) : "the caller in bulk"),
      fetch: (url, init) => {
        saw("fetch", single(url) ? callerOf(sourceOf(url)) : "the caller in bulk");
        return fetch(url, init);
      },
    });
    const changes = sources(8).map((sourceId) => ({ sourceId, statusType: "IDLE" }));
    const onProgress = () => saw("onProgress", "the caller in bulk");
    const bulk = storage.run("the caller in bulk", () => client.setStatuses(changes, { onProgress }));
    const singles = ["single-1", "single-2"].map((sourceId) =>
      as(sourceId, () => client.setStatus(sourceId, "IDLE")),
    );
    await Promise.all([bulk, ...singles]);
  },

  async "a token that several wait for"() {
    const client = clientWith({
      accessToken: async () => {
        saw("accessToken", callerOf("source-0"));
        await turn();
        saw("accessToken, later", callerOf("source-0"));
        return TOKEN;
      },
    });
    await Promise.all(sources(5).map((sourceId) => as(sourceId, () => client.setStatus(sourceId, "IDLE"))));
  },

  async "a token that is asked for again"() {
    let asked = 0;
    const client = clientWith({
      accessToken: async () => {
        asked += 1;
        saw("accessToken", callerOf("refused-0"));
        return `${TOKEN}-${asked}`;
      },
    });
    await as("refused-0", () => client.setStatus("refused-0", "IDLE"));
    seen.push({ where: "asked", expected: 2, found: asked });
  },

  async "a call after an attempt that timed out"() {
    const client = clientWith({ attemptTimeoutMs: 50, retry: { attempts: 2, baseDelayMs: 1 } });
    const ids = ["stalled-0", "stalled-1"];
    await Promise.all(
      ids.map((sourceId) => as(sourceId, () => client.setStatus(sourceId, "IDLE").catch(() => {}))),
    );
  },

  async "an activity whose work is aborted"() {
    const client = clientWith();
    await Promise.all(
      sources(3).map((sourceId) =>
        as(sourceId, async () => {
          const aborting = new AbortController();
          const work = ({ signal }) =>
            new Promise((resolve) => {
              signal.addEventListener("abort", resolve);
              setImmediate(() => aborting.abort());
            });
          await client.runActivity(sourceId, "REBUILD", work, aborting).catch(() => {});
          saw("after the call", callerOf(sourceId));
        }),
      ),
    );
  },

  async "an activity that is held"() {
    const client = clientWith();
    await Promise.all(
      sources(3).map((sourceId) =>
        as(sourceId, async () => {
          const held = await client.startActivity(sourceId, "REBUILD");
          saw("after the start", callerOf(sourceId));
          await held.end();
        }),
      ),
    );
  },

  async "activities that close() ends"() {
    const whose = (sourceId) => [callerOf(sourceId), "the one who closes"];
    const client = clientWith({
      fetch: (url, init) => {
        saw("fetch", whose(sourceOf(url)));
        return fetch(url, init);
      },
      onEvent: ({ type, sourceId }) => saw(`event ${type}`, whose(sourceId)),
    });
    for (const sourceId of sources(3)) await as(sourceId, () => client.startActivity(sourceId, "REBUILD"));
    await storage.run("the one who closes", () => client.close());
  },
};

await scenarios[scenario]();
console.log(JSON.stringify(seen));
process.exit();
