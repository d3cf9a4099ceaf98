import assert from "node:assert/strict";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pageFolder } from "../../scripts/project.js";
import { AdminPage, emulatorFor, ORGANIZATION, TOKEN } from "./admin-page.js";
import { browserTest } from "./browser.js";
import { observedPage } from "./observed-page.js";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** Serves the page as another web server would: without our headers, and deep below its root. */
async function serveBelow(folder) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const body = await readFile(join(folder, name)).catch(() => null);
    response.writeHead(body === null ? 404 : 200, { "Content-Type": TYPES[extname(name)] ?? "text/plain" });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  return { url, pageUrl: `${url}/tools/push/status/`, close: () => server.close() };
}

async function openDeployed(t, configuration) {
  const folder = mkdtempSync(join(tmpdir(), "push-source-status-site-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const place = join(folder, "tools/push/status");
  cpSync(pageFolder, place, { recursive: true });
  if (configuration) writeFileSync(join(place, "config.json"), JSON.stringify(configuration));
  const saidByBrowser = configuration ? [] : [/404 \(Not Found\)/];
  const observed = await observedPage(t, { context: {}, serve: () => serveBelow(folder), saidByBrowser });
  const emulator = await emulatorFor(t, observed);
  await observed.page.goto(observed.pageUrl);
  return new AdminPage(emulator, observed);
}

browserTest("the packed page is a few files, and works from another web server, below a path", async (t) => {
  assert.ok(readdirSync(pageFolder).length <= 12);
  const admin = await openDeployed(t);
  await admin.connect();
  await admin.add("a");
  await admin.choose("REBUILD");
  await admin.set("a");
  await admin.reads(admin.row("a"), "active for");
  const blocked = await admin.page
    .evaluate(async () => {
      try {
        await fetch("http://192.0.2.1/");
        return "sent";
      } catch (error) {
        return error.name;
      }
    })
    .catch(String);
  assert.equal(blocked, "TypeError", "its own policy lets it call nobody without encryption");
  admin.observed.said.length = 0;
});

const WIKI = {
  organizationId: ORGANIZATION,
  region: "eu",
  sources: [{ id: "wiki", name: "Wiki" }, { id: "a/b" }],
};

browserTest(
  "a config.json with one organization fills the form in; an endpoint in it is not taken",
  async (t) => {
    const admin = await openDeployed(t, {
      organizations: [{ ...WIKI, endpoint: "https://evil.example/push/v1" }],
    });
    await admin.page.waitForFunction(() => document.getElementById("organization").value !== "");
    assert.equal(await admin.field("Region").inputValue(), "eu");
    assert.equal(await admin.page.locator("#endpoint").inputValue(), "");
    await admin.field("Access token or API key").fill(TOKEN);
    await admin.page.getByRole("button", { name: "Connect" }).click();
    await admin.reads(admin.page.locator("header"), "https://api-eu.cloud.coveo.com/push/v1");
    await admin.shows(["Wiki wiki"]);
  },
);

browserTest("of several organizations, the one that is chosen brings its region", async (t) => {
  const admin = await openDeployed(t, { organizations: [WIKI, { organizationId: "another", region: "au" }] });
  const organization = admin.field("Organization id");
  await admin.page.waitForFunction(() => document.querySelectorAll("#organizations option").length === 2);
  assert.equal(await organization.inputValue(), "");
  for (const [id, region] of [
    ["another", "au"],
    [ORGANIZATION, "eu"],
  ]) {
    await organization.fill(id);
    await organization.blur();
    assert.equal(await admin.field("Region").inputValue(), region);
  }
});

browserTest("organization and region are kept for the next visit, and the token is not", async (t) => {
  const admin = await openDeployed(t, { organizations: [] });
  await admin.connect({ place: "Canada" });
  await admin.page.getByRole("button", { name: "Change organization" }).click();
  await admin.page.locator("#organization:focus").waitFor();
  await admin.page.reload();
  assert.equal(await admin.field("Organization id").inputValue(), ORGANIZATION);
  assert.equal(await admin.field("Region").inputValue(), "ca");
  assert.equal(await admin.field("Access token or API key").inputValue(), "");
});
