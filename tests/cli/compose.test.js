import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { freePort } from "../faults/port.js";
import { BIN, Child } from "./command-line.js";

const folder = new URL("../../examples/compose/", import.meta.url);
const compose = readFileSync(new URL("compose.yaml", folder), "utf8");
const [, emulatorText, connectorText] = compose.split(/^ {2}(?:emulator|connector):$/m);
const commandIn = (text) => JSON.parse(/^ +command: (\[.*\])$/m.exec(text)[1]);

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const skip = !hasPython && "NOT RUN: there is no python3 on this machine";

/** Starts a service of the file without a container. The examples stand in for the paths of the image. */
function serve(t, text, port, { env = {} } = {}) {
  const here = (word) => word.replace("8080", port).replace("/opt/connector/", fileURLToPath(folder));
  const words = commandIn(text).map((word) => (word === "0.0.0.0" ? "127.0.0.1" : here(word)));
  const settings = [...text.matchAll(/^ {6}(COVEO_\w+): (.+)$/gm)].map(([, name, value]) => [
    name,
    here(value),
  ]);
  const PATH = `${dirname(process.execPath)}:${process.env.PATH}`;
  return new Child(
    t,
    spawn(process.execPath, [BIN, ...words], {
      env: { PATH, HOME: process.env.HOME, ...Object.fromEntries(settings), ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    }),
    "not-a-real-token",
  );
}

async function running(t) {
  const port = String(await freePort());
  const emulator = serve(t, emulatorText, port);
  await emulator.says(/listens at .*\n.*controlled at .*\n/);
  const control = async (resource, init) =>
    (await fetch(`http://127.0.0.1:${port}/emulator/${resource}`, init)).json();
  return { control, connector: (options) => serve(t, connectorText, port, options) };
}

test("compose: the Python connector pushes its pages in an activity", { skip }, async (t) => {
  const { control, connector } = await running(t);
  const { code, stdout, stderr } = await connector().ended;
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "2 pages were pushed\n", stderr: "" });
  const { wiki } = await control("documents");
  assert.deepEqual(Object.keys(wiki), ["https://wiki.example/welcome", "https://wiki.example/travel"]);
  const requests = await control("requests");
  assert.deepEqual(
    requests.map(({ operation, activity }) => [operation, activity?.state]),
    [
      ["set-status", undefined],
      ["create-file", undefined],
      ["upload-file", undefined],
      ["push-batch", "completed"],
      ["delete-old-documents", "completed"],
      ["set-status", undefined],
    ],
  );
});

test("compose: the connector fails, and the source is idle all the same", { skip }, async (t) => {
  const { control, connector } = await running(t);
  const next = { status: 503, operation: "upload-file" };
  await control("faults", { method: "POST", body: JSON.stringify({ next }) });
  const { code, stderr } = await connector().ended;
  assert.equal(code, 1);
  assert.match(stderr, /HTTP Error 503/);
  assert.equal((await control("activities")).wiki[0].state, "completed");
});

test("compose: a token or a source that is not the emulator's is refused", { skip }, async (t) => {
  const { connector } = await running(t);
  assert.match((await connector({ env: { COVEO_ACCESS_TOKEN: "another" } }).ended).stderr, /401/);
  assert.match((await connector({ env: { COVEO_SOURCE_ID: "another" } }).ended).stderr, /404/);
});

test("compose: the connector shares the emulator's network, and has time to set IDLE", () => {
  assert.match(connectorText, /^ +network_mode: "service:emulator"$/m);
  const port = commandIn(emulatorText).at(commandIn(emulatorText).indexOf("--port") + 1);
  assert.match(connectorText, new RegExp(`COVEO_ENDPOINT: http://127\\.0\\.0\\.1:${port}/push/v1`));
  assert.ok(Number(/stop_grace_period: (\d+)s/.exec(connectorText)[1]) >= 10 + 90);
  const stages = [...readFileSync(new URL("Dockerfile", folder), "utf8").matchAll(/ AS (\S+)$/gm)];
  const targets = [...compose.matchAll(/target: (\S+) /g)];
  assert.deepEqual(
    targets.map(([, name]) => name),
    stages.map(([, name]) => name),
  );
});
