/** How long the admin page keeps its user waiting, in Chromium on this machine. It reports, and demands nothing. */
import { startEmulator } from "push-source-status/emulator";
import { serveBuiltPage } from "../scripts/page/admin-page.js";
import { chromium } from "../scripts/toolchain/chromium.js";
import { launchChromium } from "../scripts/toolchain/launched-chromium.js";
import { longestTask } from "./page/longest-task.js";
import { stepsOfADay } from "./page/steps-of-a-day.js";
import { median } from "./statistics.js";

const ROUNDS = 3;

/** A phone's connection on a bad day: 1.6 Mbit/s, and 150 ms to the server and back. */
const SLOW_LINK = { offline: false, downloadThroughput: 200_000, uploadThroughput: 93_750, latency: 150 };

const server = await serveBuiltPage();
const browser = await launchChromium(await chromium());

console.log("\non a slow link, until a status can be set, s");
console.log(described(await rounds(untilUsable), 2));

console.log("\nwith 1,000 sources, the longest task of the page, ms of the processor");
const perRound = await rounds(longestTasks);
for (const name of Object.keys(perRound[0])) {
  const times = perRound.map((times) => times[name]);
  console.log(`${name.padEnd(28)}${described(times, 0)}`);
}
await browser.close();
server.close();

async function rounds(measure) {
  const measured = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const emulator = await startEmulator({ control: true });
    const context = await browser.newContext();
    measured.push(await measure(await context.newPage(), emulator));
    await context.close();
    await emulator.close();
  }
  return measured;
}

async function untilUsable(page, emulator) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW_LINK);
  const startedAt = performance.now();
  await page.goto(addressFor(emulator, { source: "a-source" }), { waitUntil: "commit" });
  await page.locator("[name=status][value=REFRESH]").click();
  await page.locator(".source [data-part=set]").waitFor();
  return (performance.now() - startedAt) / 1000;
}

async function longestTasks(page, emulator) {
  await page.goto(addressFor(emulator));
  await page.locator("#source-ids").waitFor();
  const longest = {};
  for (const [name, step] of stepsOfADay(page)) longest[name] = await longestTask(page, step);
  return longest;
}

function addressFor({ endpoint }, facts) {
  const address = new URLSearchParams({ emulator: endpoint, organization: "an-organization", ...facts });
  return `${server.pageUrl}#${address}`;
}

function described(times, digits) {
  const [least, most] = [Math.min(...times), Math.max(...times)].map((time) => time.toFixed(digits));
  return `${median(times).toFixed(digits).padStart(6)}  (${least} … ${most})`;
}
