/**
 * The checks that the package has to pass on every host. They use its public API, and only those parts of the host that every
 * host has. The service is the emulator with its control surface.
 */

const ORGANIZATION = "mycoveocloudv2organizationg8tp8wu3";
const TOKEN = "xx-distinctive-token-4711-do-not-leak";

const checks = {
  "the table of statuses": ({ api }) => {
    const names = api.statuses().map(({ statusType }) => statusType);
    same(names, ["REBUILD", "REFRESH", "INCREMENTAL", "IDLE"]);
    same(names.map(api.isStatusType), [true, true, true, true]);
    same([api.isStatusType("RESCAN"), api.isRegion("eu"), api.isRegion("mars")], [false, true, false]);
  },

  "a status is set": async ({ client, service, sourceId }) => {
    const { elapsedMs, ...update } = await client.setStatus(sourceId, "REFRESH");
    same(update, { sourceId, statusType: "REFRESH", httpStatus: 201, attempts: 1 });
    same(elapsedMs >= 0, true);
    same(await service.log(sourceId), ["REFRESH ongoing"]);
    await client.setStatus(sourceId, "IDLE");
    same(await service.log(sourceId), ["REFRESH completed"]);
  },

  "many statuses are set": async ({ client, service, sourceId }) => {
    const results = await client.setStatuses([
      { sourceId, statusType: "REBUILD" },
      { sourceId: "../else", statusType: "IDLE" },
    ]);
    same(
      results.map(({ ok }) => ok),
      [true, false],
    );
    same(await service.log(sourceId), ["REBUILD ongoing"]);
  },

  "invalid input is rejected": async ({ api, client, clientWith, sourceId }) => {
    const region = await failure(() => clientWith({ endpoint: undefined, region: "mars" }));
    same([region instanceof api.StatusError, region instanceof Error], [true, true]);
    same([region.code, region.argument], ["invalid_argument", "region"]);
    const status = await failure(() => client.setStatus(sourceId, "Rescan"));
    same([status.code, status.message.includes("REFRESH")], ["invalid_argument", true]);
  },

  "a refusal is an error with its code": async ({ api, client, service, sourceId }) => {
    await service.failNext({
      status: 403,
      errorCode: "ACCESS_DENIED",
      message: `not with ${TOKEN}`,
      sourceId,
    });
    const error = await failure(() => client.setStatus(sourceId, "IDLE"));
    same([error instanceof api.StatusError, error.name], [true, "StatusError"]);
    same([error.code, error.httpStatus, error.errorCode], ["forbidden", 403, "ACCESS_DENIED"]);
    same([error.attempts, error.outcome], [1, "not_applied"]);
    same(`${error} ${error.stack} ${JSON.stringify(error)}`.includes(TOKEN), false);
  },

  "a failed request is tried again": async ({ clientWith, service, sourceId }) => {
    const events = [];
    const client = clientWith({ onEvent: ({ type }) => events.push(type) });
    await service.failNext({ status: 503, times: 2, sourceId });
    const { attempts } = await client.setStatus(sourceId, "INCREMENTAL");
    same(attempts, 3);
    const failed = "attempt reply retry";
    same(events.join(" "), `${failed} ${failed} attempt reply done`);
  },

  "a refused token is asked for again": async ({ clientWith, service, sourceId }) => {
    let asked = 0;
    const accessToken = async () => {
      asked += 1;
      return `${TOKEN}-${asked}`;
    };
    await service.failNext({ status: 401, sourceId });
    const { attempts } = await clientWith({ accessToken }).setStatus(sourceId, "IDLE");
    same([asked, attempts], [2, 2]);
  },

  "a call is cancelled": async ({ clientWith, service, sourceId }) => {
    const aborting = new AbortController();
    const reason = new Error("enough");
    const onEvent = ({ type }) => type === "attempt" && setTimeout(() => aborting.abort(reason), 20);
    await service.failNext({ stall: true, sourceId });
    const cancelled = clientWith({ onEvent }).setStatus(sourceId, "IDLE", { signal: aborting.signal });
    same((await failure(() => cancelled)) === reason, true);
    const before = await failure(() => clientWith({}).setStatus(sourceId, "IDLE", aborting));
    same(before === reason, true);
  },

  "a request that takes too long is given up": async ({ clientWith, service, sourceId }) => {
    await service.failNext({ stall: true, sourceId });
    const client = clientWith({ attemptTimeoutMs: 100, retry: { attempts: 1 } });
    const error = await failure(() => client.setStatus(sourceId, "IDLE"));
    same([error.code, error.outcome], ["timeout", "unknown"]);
  },

  "an activity ends with IDLE": async ({ client, service, sourceId }) => {
    const value = await client.runActivity(sourceId, "REBUILD", async ({ signal, statusType }) => {
      same([signal.aborted, statusType], [false, "REBUILD"]);
      return service.log(sourceId);
    });
    same(value, ["REBUILD ongoing"]);
    same(await service.log(sourceId), ["REBUILD completed"]);
    const reason = new Error("the crawler failed");
    const thrown = await failure(() => client.runActivity(sourceId, "REFRESH", () => Promise.reject(reason)));
    same(thrown === reason, true);
    same(await service.log(sourceId), ["REBUILD completed", "REFRESH completed"]);
    const activity = await client.startActivity(sourceId, "INCREMENTAL");
    await activity.end();
    same((await service.log(sourceId)).at(-1), "INCREMENTAL completed");
  },

  "a client is closed": async ({ clientWith, service, sourceId }) => {
    const client = clientWith({});
    await client.startActivity(sourceId, "REBUILD");
    await client.close();
    same(await service.log(sourceId), ["REBUILD completed"]);
    same((await failure(() => client.setStatus(sourceId, "IDLE"))).code, "closed");
    await client.close();
    client.free();
  },
};

/** The names in a report, in order. */
export const CHECKS = Object.keys(checks);

/**
 * @param {{ endpoint: string, api: typeof import("push-source-status") }} host
 * @returns {Promise<{ name: string, failure: string | null }[]>} a result for each check, in the order of `CHECKS`
 */
export async function conformance({ endpoint, api }) {
  const service = serviceAt(new URL("/emulator/", endpoint));
  const clientWith = (options) =>
    new api.StatusClient({
      organizationId: ORGANIZATION,
      accessToken: TOKEN,
      endpoint,
      retry: { baseDelayMs: 1, maxDelayMs: 10 },
      ...options,
    });
  const results = [];
  for (const [name, check] of Object.entries(checks)) {
    const sourceId = `source-${Math.random().toString(36).slice(2)}`;
    try {
      const client = clientWith({});
      await check({ api, client, clientWith, service, sourceId });
      await client.close();
      results.push({ name, failure: null });
    } catch (thrown) {
      results.push({ name, failure: String(thrown?.message ?? thrown) });
    }
  }
  return results;
}

/** The control surface of the emulator: its logs and its faults. */
function serviceAt(control) {
  const ask = async (path, init) => {
    const response = await fetch(new URL(path, control), init);
    if (!response.ok) throw new Error(`the emulator answers ${response.status} to ${path}`);
    return response.json();
  };
  return {
    failNext: (fault) => ask("faults", { method: "POST", body: JSON.stringify({ next: fault }) }),
    log: async (sourceId) => {
      const activities = (await ask(`activities?sourceId=${sourceId}`))[sourceId];
      return activities.map(({ statusType, state }) => `${statusType} ${state}`);
    },
  };
}

/** Returns the error that a function throws or rejects with. Fails if there is none. */
async function failure(action) {
  try {
    await action();
  } catch (thrown) {
    return thrown;
  }
  throw new Error("it did not fail");
}

function same(actual, expected) {
  const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (found !== wanted) throw new Error(`${found} in place of ${wanted}`);
}
