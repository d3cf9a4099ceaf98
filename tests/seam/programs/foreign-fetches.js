import { Readable } from "node:stream";
import { StatusClient } from "push-source-status";

const { endpoint, kind, calls } = JSON.parse(process.argv.at(-1));

/** Returns a fetch whose answers lack the parts that a mock leaves out. */
const mocked = (mock) => async (url, init) => {
  const response = await fetch(url, init);
  return mock(response, await response.text());
};

const kinds = {
  "the host's": async () => undefined,
  "node-fetch 2": async () => (await import("node-fetch-2")).default,
  "node-fetch 3": async () => (await import("node-fetch")).default,
  "undici 5": async () => (await import("undici-5")).fetch,
  "undici 6": async () => (await import("undici-6")).fetch,
  "undici 7": async () => (await import("undici")).fetch,
  "a mock with text() alone": async () =>
    mocked(({ status, headers }, text) => ({ status, headers, text: async () => text })),
  "a mock with json() alone": async () =>
    mocked(({ status, headers }, text) => ({ status, headers, json: async () => JSON.parse(text) })),
  "a mock with a stream of Node's as its body": async () =>
    mocked(({ status, headers }, text) => ({ status, headers, body: Readable.from([Buffer.from(text)]) })),
  "a mock with a body of null and text()": async () =>
    mocked(({ status, headers }, text) => ({ status, headers, body: null, text: async () => text })),
};

const client = new StatusClient({
  organizationId: "my-organization",
  accessToken: "my-token",
  endpoint,
  fetch: await kinds[kind](),
});

const outcomes = [];
const one = (index) =>
  client.setStatus(`source-${index}`, "IDLE").then(
    ({ httpStatus }) => outcomes.push(String(httpStatus)),
    ({ code, errorCode, httpStatus }) => outcomes.push(`${code} ${httpStatus} ${errorCode}`),
  );

const indexes = Array.from({ length: calls }, (_, index) => index);
await Promise.all(indexes.map(one));
console.log(JSON.stringify([...new Set(outcomes)]));
// Without `process.exit`, because the process has to end by itself.
