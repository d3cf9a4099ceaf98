import { createContext, runInContext } from "node:vm";
import { StatusClient } from "push-source-status";

const { endpoint, evil, name, isForeign } = JSON.parse(process.argv.at(-1));

const problems = [];

/** The members that foreign code adds to a root prototype, by the names of the options that they imitate. */
const strange = {
  endpoint: evil,
  region: "eu",
  environment: "staging",
  fetch: () => problems.push("this fetch was used"),
  onEvent: () => problems.push("this onEvent was told"),
  onProgress: () => problems.push("this onProgress was told"),
  journal: { opened: () => problems.push("this journal was told"), closed() {} },
  insecureHttp: "broken",
  signal: AbortSignal.abort(new Error("this signal was heard")),
  attemptTimeoutMs: -1,
  totalTimeoutMs: -1,
  closeTimeoutMs: -1,
  concurrency: -1,
  retry: { attempts: -1 },
  attempts: -1,
  baseDelayMs: -1,
  maxDelayMs: -1,
  unknownOutcome: "broken",
  gracePeriodMs: -1,
  onActivationFailure: "broken",
  accessToken: "somebody-elses-token",
  organizationId: "somebody-elses-organization",
  sourceId: "somebody-elses-source",
  statusType: "REBUILD",
};

const context = createContext({});
const realm = isForeign ? runInContext("Object", context) : Object;
/** Makes an object of options in that realm. */
const object = (members) => Object.assign(new realm(), members);

Object.defineProperty(realm.prototype, name, {
  value: strange[name],
  enumerable: true,
  configurable: true,
  writable: true,
});

const whole = { organizationId: "my-organization", accessToken: "my-token", endpoint };
// Node's own sockets would react to this signal.
if (name === "signal") whole.fetch = async () => ({ status: 201, headers: new Map() });
const change = { sourceId: "a-source", statusType: "IDLE" };

async function useAll() {
  const retry = object({});
  const client = new StatusClient(object({ ...whole, retry }));
  await client.setStatus("a-source", "IDLE", object({}));
  await client.setStatus("a-source", "IDLE");
  const results = await client.setStatuses([object(change)], object({}));
  if (!results[0].ok) throw results[0].error;
  await client.runActivity("a-source", "REBUILD", async () => {}, object({}));
  await (await client.startActivity("a-source", "REBUILD", object({}))).end();
  await client.close();
  const other = new StatusClient(object({ organizationId: "my-organization", accessToken: "my-token" }));
  const { url } = other.request("a-source", "IDLE");
  if (!url.startsWith("https://push.cloud.coveo.com/v1/organizations/my-organization/")) problems.push(url);
}

/** Checks that required members count only on the object itself. */
async function leaveOut() {
  if (Object.hasOwn(change, name)) {
    const row = object({ ...change });
    delete row[name];
    const client = new StatusClient(whole);
    const [{ ok }] = await client.setStatuses([row]);
    if (ok) problems.push("the row was taken for a whole one");
    return client.close();
  }
  const options = object({ ...whole });
  delete options[name];
  try {
    new StatusClient(options).free();
    problems.push("the options were taken for whole ones");
  } catch (error) {
    if (error.argument !== name) problems.push(String(error));
  }
}

const isRequired = ["accessToken", "organizationId", "sourceId", "statusType"].includes(name);
await (isRequired ? leaveOut() : useAll()).catch((error) => problems.push(String(error)));
delete realm.prototype[name];
console.log(JSON.stringify(problems));
process.exit();
