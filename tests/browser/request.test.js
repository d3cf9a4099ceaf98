import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture, withPath } from "../../scripts/command.js";
import { packageRoot } from "../../scripts/project.js";
import { ORGANIZATION, openConnected, SOURCE, TOKEN } from "./admin-page.js";
import { browserTest } from "./browser.js";

/** Makes a folder for PATH with the command in it, like an installation. */
function folderOfCommand(t) {
  const folder = mkdtempSync(join(tmpdir(), "push-source-status-page-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const program = join(packageRoot, "bin", "push-source-status.js");
  const script = `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`;
  writeFileSync(join(folder, "push-source-status"), script, { mode: 0o755 });
  return folder;
}

/** The commands that run the forms of a request. Only HTTP has none. */
const commands = {
  curl: (text) => ["sh", "-c", text],
  command: (text) => ["sh", "-c", text],
  javascript: (text) => [process.execPath, "--input-type=module", "--eval", text],
};

browserTest("what is shown runs as it is, and sends what the page would", async (t) => {
  const admin = await openConnected(t, { status: "REFRESH", sources: [`${SOURCE} Wiki`] });
  const panel = await admin.open("Request");
  await admin.reads(panel, "Wiki");
  assert.equal(admin.calls.length, 0, "showing it sends nothing");
  const env = withPath([folderOfCommand(t)], { ...process.env, COVEO_ACCESS_TOKEN: TOKEN });
  delete env.NODE_TEST_CONTEXT;
  for (const [form, command] of Object.entries(commands)) {
    await panel.getByLabel("As").selectOption(form);
    const text = await panel.locator("code").last().textContent();
    assert.ok(!text.includes(TOKEN));
    const { status, output } = await capture(command(text), { cwd: packageRoot, env });
    assert.equal(status, 0, `${form}: ${output}`);
  }
  const path = `/push/v1/organizations/${ORGANIZATION}/sources/${SOURCE}/status?statusType=REFRESH`;
  assert.deepEqual(
    admin.calls.map((call) => [call.path, call.httpStatus, call.body, call.headers["content-type"]]),
    Object.keys(commands).map(() => [path, 201, "{}", "application/json"]),
  );
  await panel.getByLabel("As").selectOption("http");
  const http = await panel.locator("code").last().textContent();
  assert.ok(http.startsWith(`POST ${path} HTTP/1.1\nHost: 127.0.0.1:`));
  assert.ok(http.endsWith("Authorization: Bearer ****\nContent-Length: 2\n\n{}"));
});

browserTest("it follows the chosen status and the source that was asked about, and is copied", async (t) => {
  const context = { permissions: ["clipboard-read", "clipboard-write"] };
  const admin = await openConnected(t, { sources: ["a", "b"], context });
  await admin.openDetails("b");
  await admin.row("b").getByRole("button", { name: "See the request" }).click();
  const panel = admin.page.getByRole("tabpanel", { name: "Request" });
  await admin.reads(panel, "Choose a status to see its request");
  await admin.choose("IDLE");
  await admin.reads(panel, "sources/b/status?statusType=IDLE");
  await admin.choose("REBUILD");
  await admin.reads(panel, "sources/b/status?statusType=REBUILD");
  await panel.getByRole("button", { name: "Copy" }).click();
  await admin.reads(panel, "Copied");
  const copied = await admin.page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^curl .*\n.*\$COVEO_ACCESS_TOKEN"/s);
});
