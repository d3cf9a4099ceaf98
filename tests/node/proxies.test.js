import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "./connect.js";
import { checked, failureOf, thrownBy } from "./failure.js";
import { StatusClient } from "./package.js";
import { ORGANIZATION, SOURCE, sources, TOKEN } from "./sample.js";

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
