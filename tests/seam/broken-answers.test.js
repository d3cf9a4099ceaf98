import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { failureOf } from "../node/failure.js";
import { SOURCE } from "../node/sample.js";
import { broken, SETTLES } from "./hostile.js";

/** Answers of a foreign `fetch` with a part that throws. */
const answers = {
  "its status": {
    get status() {
      return broken();
    },
  },
  "its headers": {
    status: 429,
    get headers() {
      return broken();
    },
  },
  "a header": { status: 429, headers: { get: broken } },
  "its type": {
    status: 404,
    headers: new Map(),
    get type() {
      return broken();
    },
  },
  "its body": {
    status: 404,
    headers: new Map(),
    get body() {
      return broken();
    },
  },
  "the reader of its body": { status: 404, headers: new Map(), body: { getReader: broken } },
  "the reading of its body": {
    status: 404,
    headers: new Map(),
    body: { getReader: () => ({ read: broken, cancel: broken }) },
  },
  "a chunk of its body": {
    status: 404,
    headers: new Map(),
    body: {
      getReader: () => ({
        read: async () => ({
          get done() {
            return broken();
          },
        }),
        cancel: broken,
      }),
    },
  },
  "the bytes of a chunk": {
    status: 404,
    headers: new Map(),
    body: {
      getReader: () => ({
        read: async () => ({
          done: false,
          get value() {
            return broken();
          },
        }),
        cancel: broken,
      }),
    },
  },
};

for (const [part, answer] of Object.entries(answers)) {
  test(
    `row 48: an answer of a foreign fetch, where ${part} throws: the call fails, and the client goes on`,
    SETTLES,
    async (t) => {
      const server = await startFaultServer(t, () => reply());
      let isFirst = true;
      const fetch = (...args) => {
        if (!isFirst) return globalThis.fetch(...args);
        isFirst = false;
        return Promise.resolve(answer);
      };
      const client = connect(t, server, { fetch, retry: { attempts: 1 } });
      const code =
        { 404: "not_found", 429: "throttled" }[part === "its status" ? 0 : answer.status] ?? "network";
      await failureOf(client.setStatus(SOURCE, "IDLE"), { code });
      await client.setStatus(SOURCE, "IDLE");
      await client.close();
    },
  );
}
