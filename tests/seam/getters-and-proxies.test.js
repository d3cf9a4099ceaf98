import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { checked, failureOf, thrownBy } from "../node/failure.js";
import { StatusClient } from "../node/package.js";
import { ORGANIZATION, SOURCE, sources, TOKEN } from "../node/sample.js";

const valid = { organizationId: ORGANIZATION, accessToken: TOKEN };

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function trapped(trap, target = { region: "eu" }) {
  const fail = () => {
    throw new Error(`the vault said ${TOKEN}`);
  };
  return new Proxy(target, { [trap]: fail });
}

const proxies = {
  "that was revoked": revoked,
  "that does not tell its names": () => trapped("ownKeys"),
  "that does not tell of its members": () => trapped("getOwnPropertyDescriptor"),
};

for (const [what, make] of Object.entries(proxies)) {
  test(`row 48: a proxy ${what} in the place of options is refused, and what it throws is not repeated`, async (t) => {
    const refusedAs = (argument) => ({ code: "invalid_argument", argument });
    thrownBy(() => new StatusClient(make()), refusedAs("options"));
    thrownBy(() => new StatusClient({ ...valid, retry: make() }), refusedAs("retry"));

    const client = connect(t, await startFaultServer(t, []));
    await failureOf(client.setStatus(SOURCE, "IDLE", make()), refusedAs("options"));
    await failureOf(client.setStatuses([], make()), refusedAs("options"));
    await failureOf(
      client.runActivity(SOURCE, "REBUILD", () => {}, make()),
      refusedAs("options"),
    );
    await failureOf(client.startActivity(SOURCE, "REBUILD", make()), refusedAs("options"));
  });
}

test("row 48: a revoked proxy in the place of any other argument is refused, and named", async (t) => {
  for (const argument of ["organizationId", "region", "attemptTimeoutMs", "fetch"]) {
    thrownBy(() => new StatusClient({ ...valid, [argument]: revoked() }), {
      code: "invalid_argument",
      argument,
    });
  }
  const client = connect(t, await startFaultServer(t, []));
  await failureOf(client.setStatus(revoked(), "IDLE"), { code: "invalid_argument", argument: "sourceId" });
  await failureOf(client.setStatus(SOURCE, revoked()), { code: "invalid_argument", argument: "statusType" });
  await failureOf(client.setStatuses(revoked()), { code: "invalid_argument", argument: "changes" });
  await failureOf(client.runActivity(SOURCE, "REBUILD", revoked()), {
    code: "invalid_argument",
    argument: "work",
  });
});

test("row 48: a revoked proxy in a bulk call fails its own row", async (t) => {
  const client = connect(t, await startFaultServer(t, [reply(), reply()]));
  const [one, other] = sources(2);
  const [first, second, third] = await client.setStatuses(
    [one, revoked(), other].map((sourceId) => ({ sourceId, statusType: "IDLE" })),
  );
  assert.deepEqual([first.ok, second.ok, third.ok], [true, false, true]);
  checked(second.error, { code: "invalid_argument", argument: "sourceId" });
});

test("row 48: changes that cannot be read are refused", async (t) => {
  const client = connect(t, await startFaultServer(t, []));
  const changes = trapped("get", [{ sourceId: SOURCE, statusType: "IDLE" }]);
  await failureOf(client.setStatuses(changes), { code: "invalid_argument", argument: "changes" });
});

function broken() {
  throw new RangeError(`the vault said ${TOKEN}`);
}

/** What has these members, but for one, which throws when it is read for the n-th time. */
function throwingAt(nth, name, members) {
  let reads = 0;
  return Object.defineProperty({ ...members }, name, {
    enumerable: true,
    get: () => (++reads >= nth ? broken() : members[name]),
  });
}

/** What a call comes to, which it has to within a time that only a client that waits for ever takes. */
const settled = { timeout: 20_000 };

const change = { sourceId: SOURCE, statusType: "IDLE" };

for (const nth of [1, 2, 3]) {
  for (const name of ["sourceId", "statusType"]) {
    test(
      `row 48: a getter of ${name} in a bulk call that throws when it is read for time ${nth}`,
      settled,
      async (t) => {
        const server = await startFaultServer(t, () => reply());
        const client = connect(t, server);
        const rows = [change, throwingAt(nth, name, change), { ...change, sourceId: "another" }];
        const results = await client.setStatuses(rows);
        assert.deepEqual([results.length, results[0].ok, results[2].ok], [3, true, true]);
        if (!results[1].ok) checked(results[1].error, { code: "invalid_argument" });
        if (nth === 1) checked(results[1].error, { code: "invalid_argument", argument: name });
      },
    );
  }

  for (const name of ["signal", "gracePeriodMs", "onActivationFailure"]) {
    test(
      `row 48: a getter of ${name} in a call's options that throws when it is read for time ${nth}`,
      settled,
      async (t) => {
        const server = await startFaultServer(t, () => reply());
        const client = connect(t, server);
        const options = () => throwingAt(nth, name, { [name]: undefined });
        const calls = [() => client.runActivity(SOURCE, "REBUILD", () => {}, options())];
        if (name === "signal") {
          calls.push(() => client.setStatus(SOURCE, "IDLE", options()));
          calls.push(() => client.setStatuses([change], options()));
          calls.push(async () => (await client.startActivity(SOURCE, "REBUILD", options())).end());
        }
        for (const call of calls) await refusedOr(nth, call(), name);
        await client.close();
      },
    );
  }
}

/** Refused where the first reading fails; a second one that nobody makes cannot fail. */
async function refusedOr(nth, promise, argument) {
  assert.ok(promise instanceof Promise);
  const outcome = await promise.then(
    () => undefined,
    (error) => error,
  );
  if (nth === 1) assert.ok(outcome, "it was not refused");
  if (outcome) checked(outcome, { code: "invalid_argument", argument });
}

/** A signal of which a part throws: always, or once it is aborted. */
function brokenSignal(part, when) {
  const controller = new AbortController();
  const { signal } = controller;
  const isBroken = () => when === "always" || signal.aborted;
  const proxy = new Proxy(signal, {
    get(target, name) {
      if (name === part && isBroken()) {
        if (part === "aborted" || part === "reason") broken();
        return broken;
      }
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { controller, signal: proxy };
}

const uses = {
  setStatus: (client, options) => client.setStatus(SOURCE, "IDLE", options),
  setStatuses: (client, options) => client.setStatuses([change], options),
  runActivity: (client, options) =>
    client.runActivity(SOURCE, "REBUILD", () => {}, { ...options, gracePeriodMs: 0 }),
  startActivity: async (client, options) => (await client.startActivity(SOURCE, "REBUILD", options)).end(),
};

for (const part of ["aborted", "reason", "addEventListener", "removeEventListener"]) {
  for (const when of ["always", "once it is aborted"]) {
    for (const [method, use] of Object.entries(uses)) {
      test(
        `row 48: a signal whose ${part} throws ${when}, in ${method}: the call settles`,
        settled,
        async (t) => {
          const server = await startFaultServer(t, () => reply());
          const client = connect(t, server);
          for (const abort of ["never", "before", "in flight"]) {
            const { controller, signal } = brokenSignal(part, when);
            if (abort === "before") controller.abort(new Error("enough"));
            const call = use(client, { signal });
            assert.ok(call instanceof Promise);
            if (abort === "in flight") controller.abort(new Error("enough"));
            const outcome = await call.then(
              () => "resolved",
              (reason) => reason,
            );
            assertNoUnreachable(outcome);
            if (abort === "before" && part !== "aborted") assert.notEqual(outcome, "resolved", abort);
          }
          await client.setStatus("another", "IDLE");
          await client.close();
        },
      );
    }
  }
}

function assertNoUnreachable(outcome) {
  assert.doesNotMatch(String(outcome?.stack ?? outcome), /unreachable|null pointer|recursive use/);
}

/** A foreign answer of which a part throws, by what comes of it. */
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
    settled,
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

/** What cannot be looked at: each member, and each trap, throws. */
function unreadable() {
  const fail = () => {
    throw new RangeError("not for reading");
  };
  return new Proxy({}, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, fail])));
}

for (const [what, make] of Object.entries({ unreadable, revoked })) {
  test(`row 48: work that throws a proxy that is ${what}: that very value`, settled, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const value = make();
    const call = connect(t, server).runActivity(SOURCE, "REBUILD", () => {
      throw value;
    });
    const isSame = await call.then(
      () => false,
      (reason) => Object.is(reason, value),
    );
    assert.ok(isSame);
  });

  test(`row 48: an abort with a proxy that is ${what}: that very value`, settled, async (t) => {
    const server = await startFaultServer(t, () => reply());
    const client = connect(t, server);
    for (const use of Object.values(uses)) {
      const controller = new AbortController();
      controller.abort(make());
      const call = use(client, { signal: controller.signal });
      const isSame = await call.then(
        () => false,
        (reason) => Object.is(reason, controller.signal.reason),
      );
      assert.ok(isSame);
    }
  });

  test(
    `row 48: a token function that throws or gives a proxy that is ${what}: token_unavailable`,
    settled,
    async (t) => {
      const server = await startFaultServer(t, []);
      const functions = [
        () => make(),
        () => {
          throw make();
        },
        () => Promise.reject(make()),
      ];
      for (const accessToken of functions) {
        const call = connect(t, server, { accessToken }).setStatus(SOURCE, "IDLE");
        await failureOf(call, { code: "token_unavailable" });
      }
    },
  );

  test(`row 48: a fetch that throws or gives a proxy that is ${what}: network`, settled, async (t) => {
    const functions = [
      () => make(),
      () => {
        throw make();
      },
      () => Promise.reject(make()),
    ];
    for (const fetch of functions) {
      const client = connect(
        t,
        { endpoint: "http://127.0.0.1:9/push/v1" },
        { fetch, retry: { attempts: 1 } },
      );
      await failureOf(client.setStatus(SOURCE, "IDLE"), { code: "network" });
    }
  });

  test(
    `row 48: an observer that throws or gives a proxy that is ${what} changes nothing`,
    settled,
    async (t) => {
      const server = await startFaultServer(t, () => reply());
      for (const observer of [
        () => make(),
        () => {
          throw make();
        },
      ]) {
        const client = connect(t, server, { onEvent: observer });
        const [{ ok }] = await client.setStatuses([change], { onProgress: observer });
        assert.ok(ok);
        await client.close();
      }
    },
  );
}
