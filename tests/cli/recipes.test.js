import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { certificates } from "../faults/certificates.js";
import { freePort } from "../faults/port.js";
import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { Child, environment, run, SOURCE, statusesOf, TOKEN } from "./command-line.js";
import { containerOf, example, follow, machine, settingsOf, variablesIn } from "./recipe.js";

test("cron: the line runs as it stands, and not while another run has the lock", async (t) => {
  const lines = example("crontab").split("\n");
  const [, line] = /^0 2 \* \* \* {2}(.*)$/m.exec(example("crontab"));
  const { PATH: _, ...variables } = variablesIn(lines);
  const server = await startFaultServer(t, [reply(), reply()]);
  const end = await follow(t, line, variables, server).ended;
  assert.deepEqual(end, { code: 3, signal: null, stdout: "", stderr: "" });
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);

  const holder = spawn("flock", [join(machine, "/var/lock/my-source"), "sleep", "600"], { detached: true });
  t.after(() => process.kill(-holder.pid, "SIGKILL"));
  await once(holder, "spawn");
  while (spawnSync("flock", ["-n", join(machine, "/var/lock/my-source"), "true"]).status === 0);
  const other = await startFaultServer(t, []);
  assert.deepEqual(await follow(t, line, variables, other).ended, {
    code: 1,
    signal: null,
    stdout: "",
    stderr: "",
  });
});

test("systemd: the unit's command runs as it stands, TERM goes to it alone, and it has time to set IDLE", async (t) => {
  const of = settingsOf(example("connector.service"));
  const [line] = of("ExecStart");
  const server = await startFaultServer(t, [reply(), reply()]);
  assert.equal((await follow(t, line, variablesIn(of("Environment")), server).ended).code, 3);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  assert.deepEqual(of("KillMode"), ["mixed"]);
  assert.ok(Number(of("TimeoutStopSec")[0]) >= 5 + 90);
});

test("Kubernetes: the container's command runs as it stands, and it has time to set IDLE", async (t) => {
  const manifest = example("kubernetes.yaml");
  const { line, variables } = containerOf(manifest);
  const server = await startFaultServer(t, [reply(), reply()]);
  assert.equal((await follow(t, line, variables, server).ended).code, 3);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  assert.ok(Number(/terminationGracePeriodSeconds: (\d+)/.exec(manifest)[1]) >= 5 + 90);
  assert.match(manifest, /concurrencyPolicy: Forbid/);
  assert.match(manifest, /action: FailJob[\s\S]*values: \[75\]/);
});

const curl = spawnSync("curl", ["--version"]).status === 0;
const skip = !curl && !process.env.CI && "NOT RUN: there is no curl";

const WITHOUT_NODE = new URL("../../examples/without-node.sh", import.meta.url);

/** Runs the example's shell script around another shell script. */
function withoutNode(t, server, script, file = fileURLToPath(WITHOUT_NODE)) {
  const words = [file, "REBUILD", "sh", "-c", script];
  const env = environment(server, { COVEO_SOURCE_ID: SOURCE });
  return new Child(t, spawn("sh", words, { env, detached: true, stdio: ["pipe", "pipe", "pipe"] }));
}

for (const code of [0, 3]) {
  test(`a shell script without Node: active, the program, IDLE, exit code ${code}`, { skip }, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const script = withoutNode(t, server, `read line; echo "got $line"; exit ${code}`);
    script.stdin.end("something\n");
    assert.deepEqual(await script.ended, { code, signal: null, stdout: "got something\n", stderr: "" });
    assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
    assert.equal(server.requests[0].header("authorization"), `Bearer ${TOKEN}`);
    assert.equal(server.requests[0].body, "{}");
  });
}

for (const signal of ["SIGTERM", "SIGHUP", "SIGINT"]) {
  test(`a shell script without Node: ${signal} stops the program, and IDLE`, { skip }, async (t) => {
    const server = await startFaultServer(t, [reply(), reply()]);
    const script = withoutNode(t, server, "echo ready; exec sleep 30");
    await script.says(/ready/);
    script.signal(signal);
    assert.equal((await script.ended).code, 143);
    assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
  });
}

test("a shell script without Node: a signal that comes as the program starts stops it too", {
  skip,
}, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const slow = join(machine, "without-node-slow.sh");
  writeFileSync(slow, readFileSync(WITHOUT_NODE, "utf8").replace("\nprogram=$!", "\nsleep 0.3; program=$!"));
  const script = withoutNode(t, server, "echo ready; exec sleep 30", slow);
  await script.says(/ready/);
  script.signal("SIGTERM");
  assert.equal((await script.ended).code, 143);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});

test("a shell script without Node: refused, so no program and no IDLE", { skip }, async (t) => {
  const server = await startFaultServer(t, [reply({ status: 403 })]);
  const end = await withoutNode(t, server, "echo started").ended;
  assert.deepEqual([end.code, end.stdout], [125, ""]);
});

test("a shell script without Node: IDLE fails, 75 and the source", { skip }, async (t) => {
  const server = await startFaultServer(t, [reply(), reply({ status: 403 })]);
  const end = await withoutNode(t, server, "exit 0").ended;
  assert.equal(end.code, 75);
  assert.match(end.stderr, new RegExp(`${SOURCE} was left active`));
});

test("a private certificate authority: NODE_EXTRA_CA_CERTS, which the error names", async (t) => {
  const server = await startFaultServer(t, [reply()], { tls: certificates.valid });
  const file = join(machine, "ca.pem");
  writeFileSync(file, certificates.valid.cert);
  const args = ["set", "IDLE", "--source", SOURCE];
  const distrusted = await run(t, args, { server });
  assert.equal(distrusted.code, 1);
  assert.match(distrusted.stderr, /NODE_EXTRA_CA_CERTS/);
  assert.equal((await run(t, args, { server, env: { NODE_EXTRA_CA_CERTS: file } })).code, 0);
});

const [major, minor] = process.versions.node.split(".").map(Number);
const knowsProxies = major >= 24 || (major === 22 && minor >= 21);

test("a proxy that Node is not told to use: the error says how", async (t) => {
  const server = { endpoint: `http://127.0.0.1:${await freePort()}/push/v1` };
  const env = { HTTPS_PROXY: "http://127.0.0.1:1" };
  const end = await run(t, ["set", "IDLE", "--source", SOURCE], { server, env });
  assert.equal(end.code, 1);
  assert.match(end.stderr, /a proxy is set in the environment, which .* NODE_USE_ENV_PROXY=1/);
});

const skipProxy =
  !knowsProxies && `NOT RUN: Node ${process.versions.node} takes no proxy from the environment`;

test("a proxy that Node is told to use: everything goes through it", { skip: skipProxy }, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const asked = [];
  // Some versions of Node forward the request to the proxy, others ask it for a tunnel.
  const proxy = createServer((incoming, outgoing) => {
    const { url, method, headers } = incoming;
    asked.push(new URL(url).host);
    const onward = request(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  proxy.on("connect", ({ url }, client) => {
    asked.push(url);
    const onward = connect(server.port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(onward).pipe(client);
    });
    for (const socket of [client, onward]) socket.on("error", () => {});
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  t.after(() => proxy.close());
  const address = `http://127.0.0.1:${proxy.address().port}`;
  const env = { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: address, HTTPS_PROXY: address };
  assert.equal((await run(t, ["run", "REBUILD", "--source", SOURCE, "--", "true"], { server, env })).code, 0);
  assert.deepEqual(new Set(asked), new Set([server.host]));
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});
