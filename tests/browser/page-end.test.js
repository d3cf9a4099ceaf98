import assert from "node:assert/strict";
import { after } from "node:test";
import { setTimeout } from "node:timers/promises";
import { startEmulator } from "push-source-status/emulator";
import { chromium } from "../../scripts/toolchain/chromium.js";
import { launchChromium } from "../../scripts/toolchain/launched-chromium.js";
import { ORGANIZATION, OTHER_SOURCE, SOURCE, TOKEN } from "./admin-page.js";
import { browserTest } from "./browser.js";
import { until } from "./patience.js";
import { startPlainSite } from "./plain-site.js";

/** A wait that is long enough for a request that must not come. */
const QUIET_MS = 1000;

let launched;
after(async () => (await launched)?.close());

/** Opens a tab on a plain page, in a browser that keeps pages after they are left, as users' browsers do. */
async function openTab(t) {
  launched ??= launchChromium(await chromium(), { keepsLeftPages: true });
  const context = await (await launched).newContext();
  t.after(() => context.close());
  const site = await startPlainSite(t);
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  const tab = await context.newPage();
  await tab.goto(`${site}/first.html`);
  return { tab, site, emulator };
}

/** Makes a client in the tab that outlives this call. Its events are dispatched in the page. */
async function makeClient({ tab, emulator }, options = {}) {
  const clientOptions = { organizationId: ORGANIZATION, endpoint: emulator.endpoint, ...options };
  await tab.evaluate(
    async ([clientOptions, token]) => {
      const { StatusClient } = await import("/pkg/dist/index.js");
      const accessToken = async () => token;
      const onEvent = ({ type }) => globalThis.dispatchEvent(new Event(type));
      globalThis.client = new StatusClient({ ...clientOptions, accessToken, onEvent });
    },
    [clientOptions, TOKEN],
  );
}

/** Begins an activity that works until it is aborted. The page keeps its end. */
function beginActivity({ tab }, sourceId = SOURCE) {
  return tab.evaluate((sourceId) => {
    return new Promise((begun, failed) => {
      const run = globalThis.client.runActivity(sourceId, "REBUILD", ({ signal }) => {
        globalThis.signal = signal;
        begun();
        return new Promise((resolve) => signal.addEventListener("abort", resolve));
      });
      globalThis.end = run.then(
        () => ({ code: "none" }),
        (error) => ({
          code: error.code,
          message: error.message,
          isReason: error === globalThis.signal.reason,
        }),
      );
      run.catch(failed);
    });
  }, sourceId);
}

function statusesOf(emulator, sourceId = SOURCE) {
  return emulator.requests
    .filter(({ method, path }) => method === "POST" && path.includes(`/${sourceId}/`))
    .map(({ path }) => path.split("statusType=")[1]);
}

/** Resolves when exactly these statuses of a source have reached the service, and rejects otherwise. */
async function arrive(emulator, expected, sourceId = SOURCE) {
  await until(expected.join(", "), () => statusesOf(emulator, sourceId).length >= expected.length);
  assert.deepEqual(statusesOf(emulator, sourceId), expected);
}

function statesOf(emulator, sourceId = SOURCE) {
  return emulator.activities(sourceId).map(({ statusType, state }) => `${statusType} ${state}`);
}

/** The ways in which a user leaves a page for good. */
const WAYS_OUT = {
  "closing the tab": ({ tab }) => tab.close({ runBeforeUnload: true }),
  "following a link to another site": ({ tab, site }) =>
    tab.goto(`${site.replace("127.0.0.1", "localhost")}/second.html`),
  "following a link on the same site": ({ tab, site }) => tab.goto(`${site}/second.html`),
  "loading the page again": ({ tab }) => tab.reload(),
};

for (const [way, leave] of Object.entries(WAYS_OUT)) {
  browserTest(`row 37: ${way} during an activity sets IDLE`, async (t) => {
    const opened = await openTab(t);
    await makeClient(opened);
    await beginActivity(opened);
    assert.deepEqual(statesOf(opened.emulator), ["REBUILD ongoing"]);
    await leave(opened);
    await arrive(opened.emulator, ["REBUILD", "IDLE"]);
    assert.deepEqual(statesOf(opened.emulator), ["REBUILD completed"]);
  });
}

browserTest("row 37: a page that the browser freezes sets IDLE", async (t) => {
  const opened = await openTab(t);
  await makeClient(opened);
  await beginActivity(opened);
  // A headless browser keeps every tab visible, and so freezes none.
  await opened.tab.evaluate(() => document.dispatchEvent(new Event("freeze")));
  await arrive(opened.emulator, ["REBUILD", "IDLE"]);
  assert.deepEqual(statesOf(opened.emulator), ["REBUILD completed"]);
});

browserTest("row 37: each source with an activity gets its own IDLE", async (t) => {
  const opened = await openTab(t);
  await makeClient(opened);
  await beginActivity(opened, SOURCE);
  await beginActivity(opened, OTHER_SOURCE);
  await WAYS_OUT["closing the tab"](opened);
  for (const source of [SOURCE, OTHER_SOURCE]) {
    await arrive(opened.emulator, ["REBUILD", "IDLE"], source);
    assert.deepEqual(statesOf(opened.emulator, source), ["REBUILD completed"]);
  }
});

browserTest("row 37: IDLE is sent past a service that throttles", async (t) => {
  const opened = await openTab(t);
  await makeClient(opened, { retry: { baseDelayMs: 10_000 } });
  await beginActivity(opened);
  opened.emulator.failNext({ status: 429, sourceId: OTHER_SOURCE });
  await opened.tab.evaluate((sourceId) => {
    globalThis.client.setStatus(sourceId, "REFRESH").catch(() => {});
    return new Promise((resolve) => globalThis.addEventListener("throttled", () => resolve()));
  }, OTHER_SOURCE);
  await WAYS_OUT["closing the tab"](opened);
  await arrive(opened.emulator, ["REBUILD", "IDLE"]);
});

browserTest("row 37: a page closed while its active status is on the way sets IDLE too", async (t) => {
  const opened = await openTab(t);
  await makeClient(opened);
  opened.emulator.failNext({ stall: true, applied: true });
  beginActivity(opened).catch(() => {});
  await arrive(opened.emulator, ["REBUILD"]);
  await WAYS_OUT["closing the tab"](opened);
  await arrive(opened.emulator, ["REBUILD", "IDLE"]);
  assert.deepEqual(statesOf(opened.emulator), ["REBUILD completed"]);
});

browserTest("row 37: a page that holds no activity any more sends nothing when it is closed", async (t) => {
  const opened = await openTab(t);
  await makeClient(opened);
  await opened.tab.evaluate(
    (sourceId) => globalThis.client.runActivity(sourceId, "REBUILD", () => {}),
    SOURCE,
  );
  await WAYS_OUT["closing the tab"](opened);
  await setTimeout(QUIET_MS);
  assert.deepEqual(statusesOf(opened.emulator), ["REBUILD", "IDLE"]);
});

browserTest("row 37: a page that comes back finds its work aborted and its activity over", async (t) => {
  const opened = await openTab(t);
  const { tab, site, emulator } = opened;
  await makeClient(opened);
  await beginActivity(opened);
  await tab.evaluate(() => {
    globalThis.addEventListener("pageshow", ({ persisted }) => {
      globalThis.isKept = persisted;
    });
  });
  await tab.goto(`${site}/second.html`);
  await arrive(emulator, ["REBUILD", "IDLE"]);

  // The browser shows the page again without loading it.
  await tab.goBack({ waitUntil: "commit" });
  const { isKept, isAborted, end } = await tab.evaluate(async () => {
    const { isKept, signal, end } = globalThis;
    return { isKept, isAborted: signal.aborted, end: await end };
  });
  assert.equal(isKept, true, "the browser did not keep the page");
  assert.equal(isAborted, true);
  assert.deepEqual([end.code, end.isReason], ["closed", true]);
  assert.match(end.message, /^the page was closed or frozen during the activity/);
  await setTimeout(QUIET_MS);
  assert.deepEqual(statusesOf(emulator), ["REBUILD", "IDLE"]);

  // The client works as before, and also detects the next end of the page.
  await beginActivity(opened);
  assert.deepEqual(statesOf(emulator), ["REBUILD completed", "REBUILD ongoing"]);
  await WAYS_OUT["closing the tab"](opened);
  await arrive(emulator, ["REBUILD", "IDLE", "REBUILD", "IDLE"]);
  assert.deepEqual(statesOf(emulator), ["REBUILD completed", "REBUILD completed"]);
});
