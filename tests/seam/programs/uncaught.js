import { StatusClient } from "push-source-status";

const { endpoint, kind } = JSON.parse(process.argv.at(-1));

const options = {
  organizationId: "my-organization",
  accessToken: "xx5eaf00d5-7e57-4c0d-9abe-0ddba11f00d5",
  endpoint,
  retry: { attempts: 1, baseDelayMs: 1 },
  closeTimeoutMs: 100,
};

/** The actions of a connector, each in a function whose line has to appear in the output. */
const connectors = {
  async "new with a bad option"() {
    return new StatusClient({ ...options, region: "mars" });
  },
  async "request with a bad id"() {
    return new StatusClient(options).request("../else", "IDLE");
  },
  async "setStatus with a bad status"() {
    await new StatusClient(options).setStatus("a-source", "Rescan");
  },
  async "setStatus that is refused"() {
    await new StatusClient(options).setStatus("refused", "IDLE");
  },
  async "setStatus that finds no server"() {
    const client = new StatusClient({ ...options, endpoint: "http://127.0.0.1:1/push/v1", fetch: broken });
    await client.setStatus("a-source", "IDLE");
  },
  async "setStatuses with no array"() {
    await new StatusClient(options).setStatuses("a-source");
  },
  async "a row of setStatuses, thrown"() {
    const rows = [{ sourceId: "refused", statusType: "IDLE" }];
    const [result] = await new StatusClient(options).setStatuses(rows);
    if (!result.ok) throw result.error;
  },
  async "runActivity whose start is refused"() {
    await new StatusClient(options).runActivity("refused", "REBUILD", () => {});
  },
  async "runActivity whose end is refused"() {
    await new StatusClient(options).runActivity("left-active", "REBUILD", () => {});
  },
  async "runActivity whose work and end fail"() {
    await new StatusClient(options).runActivity("left-active", "REBUILD", () => {
      throw new Error("the crawler failed");
    });
  },
  async "startActivity that is refused"() {
    await new StatusClient(options).startActivity("refused", "REBUILD");
  },
  async "end of an activity, refused"() {
    const activity = await new StatusClient(options).startActivity("left-active", "REBUILD");
    await activity.end();
  },
  async "close with an activity that cannot be ended"() {
    const client = new StatusClient(options);
    await client.startActivity("left-active", "REBUILD");
    await client.close();
    await client.setStatus("a-source", "IDLE");
  },
};

async function broken() {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
  });
}

await connectors[kind]();
