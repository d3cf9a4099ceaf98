import assert from "node:assert/strict";
import { emulatorFor, ORGANIZATION, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";
import { observedPage } from "./observed-page.js";

/** A phone's connection on a bad day: 1.6 Mbit/s, and 150 ms to the server and back. */
const LINK = { offline: false, downloadThroughput: 200_000, uploadThroughput: 93_750, latency: 150 };

/** Until a status can be set, and what came through the link by then. */
const WITHIN_MS = 4000;
const WITHIN_BYTES = 190_000;

browserTest("on a slow link the page can be used within seconds", async (t) => {
  const observed = await observedPage(t);
  const emulator = await emulatorFor(t, observed, { control: true });
  const { page } = observed;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", LINK);
  let bytes = 0;
  let requests = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  const address = new URLSearchParams({
    emulator: emulator.endpoint,
    organization: ORGANIZATION,
    source: SOURCE,
  });
  const startedAt = performance.now();
  await page.goto(`${observed.pageUrl}#${address}`, { waitUntil: "commit" });
  await page.locator("[name=status][value=REFRESH]").click();
  await page.locator(".source [data-part=set]").waitFor();
  const elapsed = performance.now() - startedAt;
  t.diagnostic(`a status can be set after ${Math.round(elapsed)} ms: ${requests} requests, ${bytes} bytes`);
  await page.locator(".source [data-part=set]").click();
  await page.locator(".source", { hasText: "set here" }).waitFor();
  assert.ok(elapsed < WITHIN_MS, `${elapsed} ms`);
  assert.ok(bytes < WITHIN_BYTES, `${bytes} bytes`);
});
