import assert from "node:assert/strict";
import { serveBuiltPage } from "../../scripts/page/admin-page.js";
import { emulatorFor, ORGANIZATION, SOURCE } from "./admin-page.js";
import { browserTest } from "./browser.js";
import { observedPage } from "./observed-page.js";

/** The size that a slow link loads within seconds. `npm run bench -- page` measures the seconds. */
const MOST_BYTES = 190_000;
const MOST_REQUESTS = 12;

browserTest("until a status can be set, the page loads no more than a slow link can bring", async (t) => {
  const observed = await observedPage(t, { context: {}, serve: serveBuiltPage });
  const emulator = await emulatorFor(t, observed, { control: true });
  const { page } = observed;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  let bytes = 0;
  let requests = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  const address = { emulator: emulator.endpoint, organization: ORGANIZATION, source: SOURCE };
  await page.goto(`${observed.pageUrl}#${new URLSearchParams(address)}`);
  await page.locator("[name=status][value=REFRESH]").click();
  await page.locator(".source [data-part=set]").waitFor();
  t.diagnostic(`a status can be set after ${requests} requests and ${bytes} bytes`);
  assert.ok(bytes > 0 && bytes < MOST_BYTES, `${bytes} bytes`);
  assert.ok(requests <= MOST_REQUESTS, `${requests} requests`);
});
