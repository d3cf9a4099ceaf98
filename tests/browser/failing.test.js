import assert from "node:assert/strict";
import { emulatorFor, LATER, OTHER_SOURCE, openConnected, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";

browserTest("a token that the service does not know is explained, in the row and in the head", async (t) => {
  const admin = await openConnected(t, { emulator: { tokens: ["another-token"] }, status: "REBUILD" });
  await admin.reads(admin.page.locator("header"), "not tried yet");
  await admin.set(SOURCE);
  const row = admin.row(SOURCE);
  await admin.reads(row, "Failed: REBUILD · Rebuild was not set");
  await admin.reads(row, "the service answered 401 INVALID_TOKEN");
  await admin.reads(row, "get a fresh token or a new key");
  await admin.reads(admin.page.locator("header"), /refused at .*forget it and give another one/);
  assert.equal(admin.calls.length, 1);
});

browserTest("a token without the privilege is told apart from one that is unknown", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD" });
  admin.emulator.failNext({ status: 403 });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "403 ACCESS_DENIED");
  await admin.reads(admin.page.locator("header"), "may not push to sources");
});

browserTest("a source that does not exist is explained; the others are not touched by it", async (t) => {
  const admin = await openConnected(t, {
    emulator: { sources: [SOURCE] },
    sources: [OTHER_SOURCE, SOURCE],
    status: "REFRESH",
  });
  await admin.set(OTHER_SOURCE);
  await admin.reads(admin.row(OTHER_SOURCE), "the service answered 404");
  await admin.reads(admin.row(OTHER_SOURCE), "check the organization, the source and the region");
  await admin.reads(admin.page.locator("header"), "not tried yet");
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "REFRESH Rescan set here");
  await admin.reads(admin.page.locator("header"), "accepted at");
});

browserTest("what was known before a failure stays known", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD" });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "REBUILD Rebuild set here");
  admin.emulator.failNext({ status: 404 });
  await admin.choose("IDLE");
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "Failed: IDLE · Ready to receive items was not set");
  await admin.reads(admin.row(SOURCE), "REBUILD Rebuild set here");
});

browserTest("a wait for the next attempt is counted down, with its reason", async (t) => {
  const admin = await openConnected(t, { status: "REFRESH", context: {} });
  await admin.page.clock.install();
  admin.emulator.failNext({ status: 503, ...LATER });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), /retrying in \d+ s, since the service is not available/);
  await admin.page.clock.fastForward(LATER.retryAfter * 1000);
  await admin.reads(admin.row(SOURCE), /REFRESH Rescan set here at .* \(2 attempts, /);
  await admin.reads(admin.log, /← 503 after .*attempt 2 in .*→ REFRESH · Rescan, attempt 2/s);
});

browserTest("row 35: throttled without a readable Retry-After: the page waits and tries again", async (t) => {
  const admin = await openConnected(t, { status: "INCREMENTAL" });
  admin.emulator.failNext({ status: 429, retryAfter: 1 });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "INCREMENTAL Refresh set here");
  await admin.reads(admin.log, "throttled: nothing is sent for");
  assert.deepEqual(
    admin.calls.map(({ httpStatus }) => httpStatus),
    [429, 201],
  );
  // Half of the delay is random: four times the base delay of 500 ms is never below a second.
  assert.ok(admin.calls[1].at - admin.calls[0].at >= 1000);
});

browserTest("row 23: a redirect is explained and never followed", async (t) => {
  const admin = await openConnected(t, { status: "REBUILD" });
  const target = await emulatorFor(t, admin.observed);
  admin.emulator.failNext({ redirect: `${target.endpoint}/login` });
  await admin.set(SOURCE);
  await admin.reads(admin.row(SOURCE), "redirects are never followed");
  await admin.reads(admin.log, "a redirect, which is not followed");
  assert.equal(admin.calls.length, 1);
  assert.deepEqual(target.requests, []);
});
