import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

import { around, BIN, environment, statusesOf } from "./command-line.js";
import { childrenOf, look, skip as noProc, until, works } from "./processes.js";
import { skip as noTerminal, quoted, startCommandInTerminal, startInTerminal } from "./terminal.js";
import { startWorkplace, workerOf } from "./worker.js";

/** The process tree of a program whose group is the terminal's and has other processes too. */

const skip = noTerminal || noProc;
const CTRL_C = "\x03";
const CTRL_Z = "\x1a";

/** Returns a command line as it is typed into a shell. */
const typed = (args) => [process.execPath, BIN, ...args].map(quoted).join(" ");

const pidAfter = (word, { stdout }) => Number(new RegExp(`${word} (\\d+)`).exec(stdout)[1]);

test("row 62: TERM reaches what the program has started, and IDLE waits for it", { skip }, async (t) => {
  const place = await startWorkplace(t);
  const command = startInTerminal(
    t,
    around(`echo "run $PPID"; sh ${place.worker}; true`, "--grace", "1h"),
    place,
  );
  await command.says(/working \d+/);
  process.kill(pidAfter("run", command), "SIGTERM");
  await command.says(/stopping/);
  await place.holdsIdleAfter(command);
  assert.equal((await command.ended).code, 143);
});

test("row 62: Ctrl-C once: what the program has started may finish, and then IDLE", {
  skip,
}, async (t) => {
  const place = await startWorkplace(t);
  const command = startInTerminal(t, around(`sh ${place.worker}; true`, "--grace", "1h"), place);
  await command.says(/working \d+/);
  command.stdin.write(CTRL_C);
  await command.says(/stopping/);
  await command.says(/INT: the program has 3600 s/);
  await place.holdsIdle();
  await command.ended;
});

test("row 62: Ctrl-C twice: the program alone is killed, what is left is named, and IDLE", {
  skip,
}, async (t) => {
  const place = await startWorkplace(t);
  const script = `trap '' INT; echo "program $$"; sh ${place.deaf}; true`;
  const command = startInTerminal(t, around(script, "--grace", "1h"), place);
  await command.says(/working \d+/);
  command.stdin.write(CTRL_C);
  await command.says(/the program has 3600 s/);
  command.stdin.write(CTRL_C);
  await place.server.received(2);
  const pid = workerOf(command);
  await command.says(new RegExp(`IDLE is set though the program has left .*sh \\(${pid}\\).* running`));
  assert.equal(works(pidAfter("program", command)), false);
  assert.ok(works(pid));
});

test("row 62: the grace is over: the program alone is killed, and no neighbour in the terminal's group", {
  skip,
}, async (t) => {
  const place = await startWorkplace(t);
  const run = typed(around(`trap '' TERM; echo "run $PPID"; sh ${place.deaf}; true`, "--grace", "0.4"));
  const script = `sleep 600 & echo "neighbour $!"; ${run} | tee log; wait`;
  const command = startCommandInTerminal(
    t,
    ["sh", "-c", `cd ${place.folder}; ${script}`],
    environment(place.server),
  );
  await command.says(/working \d+/);
  const [neighbour, run1] = ["neighbour", "run"].map((word) => pidAfter(word, command));
  const [tee] = childrenOf(look(run1).parent).filter((pid) => ![neighbour, run1].includes(pid));
  process.kill(run1, "SIGTERM");
  await command.says(/the program is killed: the grace period is over/);
  await place.server.received(2);
  await command.says(/has left .* running/);
  const [, left] = /has left (.*) running/.exec(command.stdout);
  const named = [...left.matchAll(/\((\d+)\)/g)].map(([, pid]) => Number(pid));
  assert.deepEqual(
    [neighbour, tee, workerOf(command)].map((pid) => named.includes(pid)),
    [false, false, true],
  );
  assert.deepEqual([neighbour, tee, workerOf(command)].map(works), [true, true, true]);
});

test("row 62: run … | tee log: what the program has left is waited for, and tee is not", {
  skip,
}, async (t) => {
  const place = await startWorkplace(t);
  const run = typed(around(`sh ${place.worker} & exit 0`, "--linger", "1h"));
  const command = startCommandInTerminal(
    t,
    ["sh", "-c", `${run} | tee ${join(place.folder, "log")}`],
    environment(place.server),
  );
  await place.holdsIdleAfter(command);
  assert.equal((await command.ended).code, 0);
});

test("row 62: nothing is left: IDLE at once, and no word of it", { skip }, async (t) => {
  const place = await startWorkplace(t);
  const args = around("sh -c 'true & true' | cat; exit 0", "--linger", "1h", "--quiet");
  const end = await startInTerminal(t, args, place).ended;
  assert.deepEqual([end.code, end.stdout], [0, ""]);
  assert.deepEqual(statusesOf(place.server), ["REBUILD", "IDLE"]);
});

const noBash =
  spawnSync("bash", ["--version"]).status !== 0 && !process.env.CI && "NOT RUN: there is no bash";

/** Starts an interactive shell: each command is a job in a separate process group. */
function startShell(t, place) {
  const env = { ...environment(place.server), PS1: "$ " };
  return startCommandInTerminal(t, ["bash", "--norc", "--noprofile", "--noediting", "-i"], env);
}

test("row 62: Ctrl-Z stops the run and all of its program; fg goes on with both, and then IDLE", {
  skip: skip || noBash,
}, async (t) => {
  const place = await startWorkplace(t);
  const shell = startShell(t, place);
  shell.stdin.write(`${typed(around(`echo "run $PPID"; sh ${place.worker}; exit 3`))}\n`);
  await shell.says(/working \d+/);
  const pids = [pidAfter("run", shell), workerOf(shell)];
  shell.stdin.write(CTRL_Z);
  await shell.says(/Stopped/);
  // A shell that is stopped just before it starts a command waits in state D.
  await until(() => pids.every((pid) => ["T", "D"].includes(look(pid).state)));
  shell.stdin.write("fg\n");
  await until(() => pids.every((pid) => !["T", "D"].includes(look(pid).state)));
  await place.holdsIdle();
  shell.stdin.write('echo "exit code $?"; exit\n');
  await shell.says(/exit code 3/);
});

test("row 62: a job that is stopped, and ended by kill: it goes on to its end, and IDLE", {
  skip: skip || noBash,
}, async (t) => {
  const place = await startWorkplace(t);
  const shell = startShell(t, place);
  shell.stdin.write(`${typed(around(`sh ${place.worker}; true`, "--grace", "1h"))}\n`);
  await shell.says(/working \d+/);
  shell.stdin.write(CTRL_Z);
  await shell.says(/Stopped/);
  shell.stdin.write("kill %1\n");
  await shell.says(/stopping/);
  await place.holdsIdleAfter(shell);
});

test("row 62: in the background of a terminal: Ctrl-C is for others, TERM ends it, and IDLE", {
  skip: skip || noBash,
}, async (t) => {
  const place = await startWorkplace(t);
  const shell = startShell(t, place);
  shell.stdin.write(`${typed(around(`echo "run $PPID"; sh ${place.worker}; true`, "--grace", "1h"))} &\n`);
  await shell.says(/working \d+/);
  shell.stdin.write(CTRL_C);
  // The shell discards its input until its next prompt.
  await shell.says(/\^C\s+\$ /);
  shell.stdin.write('echo "heard it"\n');
  await shell.says(/\nheard it/);
  assert.deepEqual(statusesOf(place.server), ["REBUILD"]);
  process.kill(pidAfter("run", shell), "SIGTERM");
  await shell.says(/stopping/);
  await place.holdsIdleAfter(shell);
  shell.stdin.write('wait %1; echo "exit code $?"; exit\n');
  await shell.says(/exit code 143/);
});
