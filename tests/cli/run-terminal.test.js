import assert from "node:assert/strict";
import { test } from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { around, SOURCE, statusesOf } from "./command-line.js";
import { skip, startInTerminal } from "./terminal.js";

const CTRL_C = "\x03";

/** Counts INTs until a line is typed, and exits with their number. */
const counting = "n=0; trap 'n=$((n+1))' INT; echo ready; until read line; do :; done; exit $n";

test("a terminal is the program's own, on all three streams", { skip }, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const script = 'test -t 0 && test -t 1 && test -t 2 && read line && echo "read $line"';
  const command = startInTerminal(t, around(script), { server });
  await server.received();
  command.stdin.write("something typed\n");
  const end = await command.ended;
  assert.equal(end.code, 0, end.stdout);
  assert.match(end.stdout, /read something typed/);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});

test("Ctrl-C: the terminal sends one INT to the program, nobody sends a second one, and IDLE", {
  skip,
}, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const command = startInTerminal(t, around(counting), { server });
  await command.says(/ready/);
  command.stdin.write(CTRL_C);
  await command.says(/INT: the program has 5 s/);
  command.stdin.write("\n");
  const end = await command.ended;
  assert.equal(end.code, 1, end.stdout);
  assert.match(end.stdout, /push-source-status set IDLE --source/);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});

test("an INT that only this process gets is not forwarded where there is a terminal", { skip }, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const command = startInTerminal(t, around(`kill -INT $PPID; ${counting}`), { server });
  await command.says(/INT: the program has 5 s/);
  command.stdin.write("\n");
  const end = await command.ended;
  assert.equal(end.code, 0, end.stdout);
});

test("Ctrl-C twice: the program is killed at once, and IDLE", { skip }, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const command = startInTerminal(t, around("trap '' INT; echo ready; exec sleep 30", "--grace", "1h"), {
    server,
  });
  await command.says(/ready/);
  command.stdin.write(CTRL_C);
  await command.says(/the program has 3600 s/);
  command.stdin.write(CTRL_C);
  const end = await command.ended;
  assert.equal(end.code, 137);
  assert.match(end.stdout, /a second INT: the program is killed if it still runs, and IDLE has 5 s/);
  assert.deepEqual(statusesOf(server), ["REBUILD", "IDLE"]);
});

test("a terminal that is closed: the program gets HUP, and IDLE is set though nobody can be told", {
  skip,
}, async (t) => {
  const server = await startFaultServer(t, [reply(), reply()]);
  const command = startInTerminal(t, around("echo ready; exec sleep 30"), { server });
  await command.says(/ready/);
  process.kill(command.pid, "SIGKILL");
  const { statusType } = await server.received(2);
  assert.equal(statusType, "IDLE");
});

test("on a terminal it says how it goes, in colour; --quiet and NO_COLOR are obeyed", { skip }, async (t) => {
  const server = await startFaultServer(
    t,
    Array.from({ length: 6 }, () => reply()),
  );
  const shown = async (flags, env) => {
    const { code, stdout } = await startInTerminal(t, around("echo working", ...flags), { server, env })
      .ended;
    assert.equal(code, 0, stdout);
    return stdout.replaceAll("\r\n", "\n");
  };
  const [green, plain] = ["\x1b[32m", "\x1b[0m"];
  const lines = (paint, end) =>
    `push-source-status: ${paint}REBUILD${end} set on ${SOURCE}\nworking\npush-source-status: ${paint}IDLE${end} set on ${SOURCE}\n`;
  assert.equal(await shown([], {}), lines(green, plain));
  assert.equal(await shown([], { NO_COLOR: "1" }), lines("", ""));
  assert.equal(await shown(["--quiet"], {}), "working\n");
});

test("where nothing says where the organization is, the host is said, once", { skip }, async (t) => {
  const args = ["run", "REBUILD", "--source", SOURCE, "--", "no-such-program"];
  const end = await startInTerminal(t, args, { env: { COVEO_ENDPOINT: undefined } }).ended;
  assert.equal(end.code, 127);
  const notice = /^push-source-status: no region is set: requests go to push\.cloud\.coveo\.com\r$/gm;
  assert.equal(end.stdout.match(notice).length, 1);
});
