import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { packageRoot } from "../../scripts/project.js";
import { freePort } from "../faults/port.js";
import { startFaultServer } from "../faults/server.js";
import { delayed, reply } from "../faults/steps.js";
import { heldUntil } from "../node/waits.js";
import { deferred } from "../node/work.js";

const here = fileURLToPath(new URL(".", import.meta.url));

/** The folder of the platform's package with the program, which the script of npm's `bin` would have to search for. */
const cloudflare = join(here, "node_modules", "@cloudflare");
const program = join(cloudflare, readdirSync(cloudflare)[0], "bin", "workerd");

const modules = ["dist/workerd.js", "dist/core.js"].map(
  (name) => `(name = "${name}", esModule = embed "${name}")`,
);

const config = (port) => `
  using Workerd = import "/workerd/workerd.capnp";
  const config :Workerd.Config = (
    services = [ (name = "main", worker = .main), (name = "internet", network = (allow = ["local"])) ],
    sockets = [ (name = "http", address = "127.0.0.1:${port}", http = (), service = "main") ],
  );
  const main :Workerd.Worker = (
    modules = [
      (name = "worker.js", esModule = embed "worker.js"),
      ${modules.join(", ")},
      (name = "dist/push_source_status_bg.wasm", wasm = embed "dist/push_source_status_bg.wasm"),
    ],
    compatibilityDate = "2025-10-01",
  );`;

/** Starts a worker, and returns a function that asks it to set a source. */
async function startWorker(t, endpoint) {
  const folder = mkdtempSync(join(tmpdir(), "workerd-"));
  cpSync(join(here, "programs", "workerd", "worker.js"), join(folder, "worker.js"));
  cpSync(join(packageRoot, "dist"), join(folder, "dist"), { recursive: true });
  const port = await freePort();
  writeFileSync(join(folder, "config.capnp"), config(port));
  const child = spawn(program, ["serve", "config.capnp"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
  t.after(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });
  const set = async (source) => {
    const response = await fetch(`http://127.0.0.1:${port}/?${new URLSearchParams({ source, endpoint })}`);
    assert.equal(response.status, 200, await response.clone().text());
    return response.json();
  };
  for (;;) {
    try {
      await set("first");
      return set;
    } catch (error) {
      if (child.exitCode !== null || error.cause?.code !== "ECONNREFUSED") throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

test("workerd: one client serves request after request, and requests at once", async (t) => {
  const second = deferred();
  const server = await startFaultServer(t, {
    first: [reply({ body: "{}" }), reply({ body: "{}" })],
    retried: [reply({ status: 503 }), reply({ body: "{}" })],
    // The second request for this source waits in its lane while the first one and its worker's request end.
    same: [heldUntil(() => second.promise, delayed(60, reply({ body: "{}" }))), reply({ body: "{}" })],
    // Both slots are taken: the third call waits for a slot that another request's call releases.
    one: [delayed(80, reply({ body: "{}" }))],
    two: [delayed(80, reply({ body: "{}" }))],
    three: [reply({ body: "{}" })],
  });
  const set = await startWorker(t, server.endpoint);
  assert.deepEqual(await set("first"), { attempts: 1 });
  assert.deepEqual(await set("retried"), { attempts: 2 });
  const same = [set("same"), set("same")];
  second.resolve();
  assert.deepEqual(await Promise.all(same), [{ attempts: 1 }, { attempts: 1 }]);
  const calls = ["one", "two", "three"].map(set);
  for (const call of calls) assert.deepEqual(await call, { attempts: 1 });
});
