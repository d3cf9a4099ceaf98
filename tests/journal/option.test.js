import assert from "node:assert/strict";
import { test } from "node:test";
import { soon } from "../node/waits.js";
import { startService } from "./service.js";

/** A journal that records its calls in words, and returns what `answer` returns. */
function listening(answer = () => {}) {
  const calls = [];
  const hear = (verb) => (entries) => {
    calls.push(
      `${verb} ${entries.map(({ sourceId, statusType, kind }) => `${sourceId} ${statusType} ${kind}`)}`,
    );
    return answer(verb, entries);
  };
  return { calls, opened: hear("opened"), closed: hear("closed") };
}

test("journal: it is called before a request leaves, and again once IDLE is set", async (t) => {
  const { emulator, client } = await startService(t);
  const requestsAt = [];
  const journal = listening(() => void requestsAt.push(emulator.requests.length));
  const changes = client({ journal });
  await changes.runActivity("a", "REBUILD", () => {});
  await changes.setStatus("b", "REFRESH");
  await changes.close();
  assert.deepEqual(journal.calls, [
    "opened a REBUILD activity",
    "closed a REBUILD activity",
    "opened b REFRESH call",
  ]);
  assert.deepEqual(requestsAt, [0, 2, 2]);
});

test("journal: an entry names the place of the source, and the time", async (t) => {
  const { emulator, client } = await startService(t);
  let entry;
  const before = Date.now();
  const journal = listening((_, entries) => {
    [entry] = entries;
  });
  await client({ journal }).setStatus("a", "REBUILD");
  const { at, ...rest } = entry;
  const organizationId = emulator.requests[0].organizationId;
  assert.deepEqual(rest, {
    organizationId,
    endpoint: emulator.endpoint,
    sourceId: "a",
    statusType: "REBUILD",
    kind: "call",
  });
  assert.ok(at >= before && at <= Date.now());
});

test("journal: a promise is waited for, and without one there is no turn of the event loop in between", async (t) => {
  const { client } = await startService(t);
  const order = [];
  const sending = (journal) =>
    client({
      journal,
      fetch: (...request) => {
        order.push("sent");
        return fetch(...request);
      },
    });
  let write;
  const written = new Promise((resolve) => (write = resolve));
  const update = sending(listening(() => written)).setStatus("a", "REBUILD");
  await soon(() => order.length > 0);
  order.push("written");
  write();
  await update;
  assert.deepEqual(order, ["written", "sent"]);

  order.length = 0;
  const atOnce = sending(listening()).setStatus("a", "REFRESH");
  setImmediate(() => order.push("turned"));
  await atOnce;
  assert.deepEqual(order, ["sent", "turned"]);
});

for (const [what, fail] of [
  ["throws", () => () => assert.fail("the disk is full")],
  ["rejects", () => async () => assert.fail("the disk is full")],
  [
    "gives a thenable that throws",
    () => () => ({
      // biome-ignore lint/suspicious/noThenProperty: it is to be one
      then: () => assert.fail("the disk is full"),
    }),
  ],
]) {
  test(`journal: one that ${what} is an event, and the calls go on`, async (t) => {
    const { client } = await startService(t);
    const events = [];
    const changes = client({ journal: listening(fail()), onEvent: (event) => events.push(event) });
    await changes.runActivity("a", "REBUILD", () => {});
    await changes.close();
    const failures = events.filter(({ type }) => type === "journal_failed");
    assert.deepEqual(
      failures.map(({ sourceId, statusType, message }) => [sourceId, statusType, message]),
      [
        ["a", "REBUILD", "the disk is full"],
        ["a", "IDLE", "the disk is full"],
      ],
    );
  });
}

test("journal: one that fails as a call ends is an event too", async (t) => {
  const { client } = await startService(t);
  const failures = [];
  const onEvent = ({ type, sourceId }) => type === "journal_failed" && failures.push(sourceId);
  const changes = client({ journal: listening(() => assert.fail("the disk is full")), onEvent });
  await changes.setStatus("a", "IDLE");
  await changes.setStatuses([{ sourceId: "b", statusType: "IDLE" }]);
  assert.deepEqual(failures, ["a", "b"]);
});

test("journal: several sources of an activity are handed in at once", async (t) => {
  const { client } = await startService(t);
  const journal = listening();
  await client({ journal }).runActivity(["a", "b"], "REBUILD", () => {});
  assert.equal(journal.calls[0], "opened a REBUILD activity,b REBUILD activity");
});

test("journal: what is no journal is refused, with what is missing", async (t) => {
  const { client } = await startService(t);
  for (const [journal, argument] of [
    [{}, "journal.opened"],
    [{ opened() {} }, "journal.closed"],
    [7, "journal.opened"],
    [null, "journal.opened"],
  ]) {
    assert.throws(() => client({ journal }), { code: "invalid_argument", argument });
  }
});

test("journal: it does not get the token, and its failures do not repeat it", async (t) => {
  const { client } = await startService(t);
  const token = "xx99999999-9999-9999-9999-999999999999";
  const seen = [];
  const journal = listening((...calls) => {
    seen.push(calls);
    throw new Error(`cannot write ${token}`);
  });
  const changes = client({ journal, accessToken: token, onEvent: (event) => seen.push(event) });
  await changes.runActivity("a", "REBUILD", () => {});
  assert.ok(seen.some(({ message }) => message === "cannot write ****"));
  assert.doesNotMatch(JSON.stringify(seen), new RegExp(token));
});
