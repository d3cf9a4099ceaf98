import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { ORGANIZATION, SOURCE, TOKEN } from "../admin-page.js";
import { until } from "../patience.js";
import { engineTests } from "./engine.js";
import { EnginePage } from "./page.js";

/** More sources than are drawn at first. */
const MANY = Array.from({ length: 120 }, (_, index) => `source-${index}`);

/** Sets fifty sources, of which twelve are answered. The service has also applied some of the others. */
async function halfAnswered(engine, t) {
  const page = await EnginePage.open(engine, t);
  const ids = MANY.slice(0, 50);
  await page.add(...ids);
  for (const sourceId of ids.slice(12))
    page.emulator.failNext({ stall: true, applied: true, sourceId, statusType: "REBUILD" });
  await page.choose("REBUILD");
  await page.check("Select all shown");
  await page.press("Set REBUILD · Rebuild on 50 selected");
  await page.press("Set REBUILD · Rebuild on all 50");
  await page.reads("#bulk", "12 of 50 answered");
  await until("requests without an answer", () => ongoing(page).length > 12);
  return page;
}

function ongoing({ emulator }) {
  return MANY.filter((id) => emulator.activities(id).some(({ state }) => state === "ongoing"));
}

/** Sets the sources left active to IDLE by the banner's button, without a further question. */
async function endWhatIsLeft(page, { staying }) {
  await page.press("Select them, to set IDLE");
  await page.press("Set IDLE · Ready to receive items on");
  await until("what was left is idle", () => ongoing(page).length === staying);
}

/** The wait for an IDLE that may never come. */
const AFTER_CLOSING_MS = 3000;

async function connectByHand(page) {
  await page.type("Organization id", ORGANIZATION);
  await page.select("region", "endpoint");
  await page.type("Endpoint", page.emulator.endpoint);
  await page.type("Access token", TOKEN);
  await page.press("Connect");
}

async function running(engine, t) {
  const page = await EnginePage.open(engine, t);
  await page.add(SOURCE);
  await page.press("Activity");
  await page.press("Run it");
  await page.reads("#panel-activity", "Retrieving: ");
  return page;
}

function log({ emulator }) {
  return emulator.activities(SOURCE).map(({ statusType, state }) => `${statusType} ${state}`);
}

/** The duties of the admin page in every engine. The tests in the folder above check more of it in Chromium. */
const scenarios = {
  async "it connects, and sets a status"(engine, t) {
    const page = await EnginePage.open(engine, t, { isConnected: false });
    await connectByHand(page);
    await page.add(SOURCE);
    await page.choose("REFRESH");
    await page.press("Set REFRESH", SOURCE);
    await page.reads(".source", "active for");
    assert.deepEqual(log(page), ["REFRESH ongoing"]);
  },

  async "a wrong token is explained"(engine, t) {
    const page = await EnginePage.open(engine, t, { isConnected: false, emulator: { tokens: ["another"] } });
    await connectByHand(page);
    await page.add(SOURCE);
    await page.choose("REBUILD");
    await page.press("Set REBUILD", SOURCE);
    await page.reads(".source", "Failed: 401");
    await page.reads("header", "refused at");
    assert.equal(page.calls.length, 1);
  },

  async "120 are set, through throttling"(engine, t) {
    const page = await EnginePage.open(engine, t);
    await page.add(...MANY);
    page.emulator.failNext({ status: 429, times: 4 }, { status: 429, sourceId: MANY[60] });
    await page.choose("INCREMENTAL");
    await page.check("Select all shown");
    await page.press("Set INCREMENTAL · Refresh on 120 selected");
    await page.reads("#log-lines", "throttled: nothing is sent for");
    await page.reads("#bulk", "INCREMENTAL · Refresh was set on 120 of 120");
    assert.deepEqual(page.emulator.sourceIds.toSorted(), MANY.toSorted());
    assert.equal(page.calls.filter(({ httpStatus }) => httpStatus === 429).length, 5);
  },

  async "what hangs is cancelled"(engine, t) {
    const page = await EnginePage.open(engine, t);
    await page.add(SOURCE);
    page.emulator.failNext({ stall: true });
    await page.choose("REBUILD");
    await page.press("Set REBUILD", SOURCE);
    await page.reads(".source", "attempt 1");
    await page.press("Cancel", SOURCE);
    await page.reads(".source", "Cancelled");
    await page.reads(".source", "may be active");
    await page.reads("#left-active", "may be active: no answer came");
  },

  async "an activity that fails ends with IDLE"(engine, t) {
    const page = await running(engine, t);
    await page.press("Make it fail");
    await page.reads("#panel-activity", "IDLE was set all the same");
    assert.deepEqual(log(page), ["REBUILD completed"]);
  },

  async "a reload keeps the list, and what was set"(engine, t) {
    const page = await EnginePage.open(engine, t);
    await page.add(SOURCE);
    await page.choose("REFRESH");
    await page.press("Set REFRESH", SOURCE);
    await page.reads(".source", "active for");
    await page.reload();
    await page.reads(".source", "active for");
    await page.reads("#left-active", "This browser left a source active");
  },

  async "what was sent and not answered may be active, also after a reload"(engine, t) {
    const page = await EnginePage.open(engine, t);
    await page.add(SOURCE);
    page.emulator.failNext({ stall: true, applied: true });
    await page.choose("REBUILD");
    await page.press("Set REBUILD", SOURCE);
    await until("the request", () => log(page)[0] === "REBUILD ongoing");
    await page.reload();
    await page.reads("#left-active", "A source may be active: no answer came");
    await page.reads(".source", "may be active");
    await page.press("Set IDLE", SOURCE);
    await page.reads(".source", "idle for");
    assert.deepEqual(log(page), ["REBUILD completed"]);
  },

  async "row 69: fifty, reloaded half-way: what may be active is named, and led to IDLE"(engine, t) {
    const page = await halfAnswered(engine, t);
    await page.reload();
    await page.reads("#left-active", "This browser left 12 sources active;");
    await page.reads("#left-active", "may be active: no answer came");
    await endWhatIsLeft(page, { staying: 0 });
  },

  async "row 69: fifty, cancelled half-way: what may be active is named"(engine, t) {
    const page = await halfAnswered(engine, t);
    await page.press("Cancel all");
    await page.reads("#left-active", "may be active: no answer came");
    await endWhatIsLeft(page, { staying: 12 });
  },

  async "what is chosen is what is sent, also after a reload and by the banner's button"(engine, t) {
    const page = await EnginePage.open(engine, t);
    await page.add(SOURCE);
    await page.choose("REFRESH");
    await page.press("Set REFRESH", SOURCE);
    await page.reads(".source", "active for");
    await page.reload();
    await page.reads("#left-active", "This browser left a source active");
    assert.equal(await page.chosen(), null);
    await page.choose("INCREMENTAL");
    await page.press("Select it, to set IDLE");
    await until("IDLE is shown as chosen", async () => (await page.chosen()) === "IDLE");
    await page.press("Set IDLE · Ready to receive items on 1 selected");
    await page.reads("#bulk", "was set on 1 of 1");
    assert.deepEqual(log(page), ["REFRESH completed"]);
  },

  async "a second active status is asked first"(engine, t) {
    const page = await EnginePage.open(engine, t);
    await page.add(SOURCE);
    await page.choose("REFRESH");
    await page.press("Set REFRESH", SOURCE);
    await page.reads(".source", "active for");
    await page.press("Set REFRESH", SOURCE);
    await page.reads("#confirmation", "This source has an active status already");
    await page.press("Leave as it is");
    assert.equal(page.calls.length, 1);
  },

  async "a reload while an activity runs ends it with IDLE"(engine, t) {
    const page = await running(engine, t);
    await page.reload();
    await until("IDLE", () => log(page)[0] === "REBUILD completed");
  },
};

/** @param {"Firefox" | "WebKit"} name */
export async function testIn(name) {
  const engineTest = await engineTests(name);
  for (const [title, scenario] of Object.entries(scenarios)) engineTest(title, scenario);

  // Only in Chromium is IDLE certain to reach the service. Here, the test reports what it saw.
  engineTest("its tab closed while an activity runs", async (engine, t) => {
    const page = await running(engine, t);
    await engine.closeTab();
    const end = performance.now() + AFTER_CLOSING_MS;
    while (log(page)[0] !== "REBUILD completed" && performance.now() < end) await delay(50);
    t.diagnostic(`${name}, its tab closed while an activity ran: ${log(page).join(", ")}`);
    assert.equal(log(page).length, 1);
  });
}
