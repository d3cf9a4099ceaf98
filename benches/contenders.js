import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The ways to set a status that are compared. Each is given the endpoint, and gives a function that sets one source; what
 * it needs is loaded only then, so that a start-up pays for its own packages alone.
 */
export const contenders = {
  "bare fetch": bareFetch,
  ky: withKy,
  "@coveo/push-api-client": vendorsClient,
  "push-source-status": thisPackage,
};

const organizationId = "organization";
const accessToken = "token";
const headers = {
  "Content-Type": "application/json",
  Accept: "application/json",
  Authorization: `Bearer ${accessToken}`,
};
const url = (endpoint, source) =>
  `${endpoint}/organizations/${organizationId}/sources/${source}/status?statusType=REBUILD`;

/** What somebody would write who needs nothing but this one request. */
function bareFetch(endpoint) {
  return async (source) => {
    const response = await fetch(url(endpoint, source), { method: "POST", headers, body: "{}" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    await response.arrayBuffer();
  };
}

async function withKy(endpoint) {
  const { default: ky } = await import("ky");
  const client = ky.create({ headers, retry: 5, timeout: 10_000 });
  return async (source) => {
    await (await client.post(url(endpoint, source), { body: "{}" })).arrayBuffer();
  };
}

async function vendorsClient(endpoint) {
  const require = createRequire(import.meta.url);
  const entry = require.resolve("@coveo/push-api-client");
  // Its host is fixed, and the only way to another one is through its own module.
  require(join(dirname(entry), "environment.js")).platformUrl = () => `${endpoint}/organizations`;
  const { PushSource } = require(entry);
  const client = new PushSource(accessToken, organizationId);
  return (source) => client.setSourceStatus(source, "REBUILD");
}

async function thisPackage(endpoint) {
  const { StatusClient } = await import("push-source-status");
  const client = new StatusClient({ organizationId, accessToken, endpoint, concurrency: 64 });
  return (source) => client.setStatus(source, "REBUILD");
}
