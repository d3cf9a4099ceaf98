import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply, stall } from "../faults/steps.js";
import { around, start } from "./command-line.js";

const REPAIR = /\n {2}push-source-status set IDLE --source \S+ --organization \S+ --endpoint \S+\n/;

describe("while IDLE is being set", { concurrency: 4 }, () => {
  test("TERM: an attempt under way is given up after 3 s, and another one made; the program's exit code", async (t) => {
    const server = await startFaultServer(t, [reply(), stall(), reply()]);
    const command = start(t, around("exit 5"), { server });
    await server.received(2);
    command.signal("SIGTERM");
    const end = await command.ended;
    assert.equal(end.code, 5);
    assert.match(end.stderr, REPAIR);
    assert.ok(server.gap(2, 3) > 2900, `${server.gap(2, 3)} ms`);
  });

  test("after a TERM during the program too, an attempt takes 3 s at most", async (t) => {
    const server = await startFaultServer(t, [reply(), stall(), reply()]);
    const command = start(t, around("echo ready; exec sleep 30"), { server });
    await command.says(/ready/);
    command.signal("SIGTERM");
    assert.equal((await command.ended).code, 143);
    assert.ok(server.gap(2, 3) > 2900, `${server.gap(2, 3)} ms`);
  });

  test("a second INT: 5 s for IDLE, and 75 for a program that had succeeded", async (t) => {
    // At most two attempts fit into the 5 s.
    const server = await startFaultServer(t, [reply(), stall(), stall(), stall()], { unusedSteps: "allow" });
    const command = start(t, around("exit 0"), { server });
    await server.received(2);
    command.signal("SIGINT");
    await command.says(/INT: IDLE is set where it is needed/);
    const startedAt = performance.now();
    command.signal("SIGINT");
    const end = await command.ended;
    assert.equal(end.code, 75);
    const tookMs = performance.now() - startedAt;
    assert.ok(tookMs > 4900, `${tookMs} ms`);
    // No flag gives it more.
    assert.doesNotMatch(end.stderr, /more time/);
    assert.match(end.stderr, /push-source-status set IDLE --source \S+ --organization \S+ --endpoint \S+\n$/);
  });

  test("a second INT while the service throttles: IDLE is tried at once, once more", async (t) => {
    const patient = reply({ status: 429, headers: { "retry-after": "80" } });
    const server = await startFaultServer(t, [reply(), patient, reply()]);
    const command = start(t, around("exit 0", "--json"), { server });
    await command.says(/"type":"throttled"/);
    command.signal("SIGINT");
    await command.says(/"type":"stopping"/);
    command.signal("SIGINT");
    assert.equal((await command.ended).code, 0);
  });
});
