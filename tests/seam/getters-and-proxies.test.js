import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { checked, failureOf, thrownBy } from "../node/failure.js";
import { StatusClient } from "../node/package.js";
import { ORGANIZATION, SOURCE, sources, TOKEN } from "../node/sample.js";
import { broken, change, SETTLES, uses } from "./hostile.js";

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

/** Returns an object with these members, one of which throws when it is read for the n-th time. */
function throwingAt(nth, name, members) {
  let reads = 0;
  return Object.defineProperty({ ...members }, name, {
    enumerable: true,
    get: () => (++reads >= nth ? broken() : members[name]),
  });
}

for (const nth of [1, 2, 3]) {
  for (const name of ["sourceId", "statusType"]) {
    test(
      `row 48: a getter of ${name} in a bulk call that throws when it is read for time ${nth}`,
      SETTLES,
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
      SETTLES,
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

/** Fails unless a failing first reading refuses the call. A further reading may never happen, so it need not. */
async function refusedOr(nth, promise, argument) {
  assert.ok(promise instanceof Promise);
  const outcome = await promise.then(
    () => undefined,
    (error) => error,
  );
  if (nth === 1) assert.ok(outcome, "it was not refused");
  if (outcome) checked(outcome, { code: "invalid_argument", argument });
}

/** Returns a proxy of which every member and every trap throws. */
function unreadable() {
  const fail = () => {
    throw new RangeError("not for reading");
  };
  return new Proxy({}, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, fail])));
}

for (const [what, make] of Object.entries({ unreadable, revoked })) {
  test(`row 48: work that throws a proxy that is ${what}: that very value`, SETTLES, async (t) => {
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

  test(`row 48: an abort with a proxy that is ${what}: that very value`, SETTLES, async (t) => {
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
    SETTLES,
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

  test(`row 48: a fetch that throws or gives a proxy that is ${what}: network`, SETTLES, async (t) => {
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
    SETTLES,
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
