import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { capture } from "../../scripts/command.js";
import { skip, startCommandInTerminal } from "../cli/terminal.js";
import { commandThatCalls, StandIns } from "./stand-ins.js";

const UPDATE = "apt-get update --quiet=2";
const INSTALL =
  "apt-get install --yes --quiet=2 --no-install-recommends chromium firefox-esr webkit2gtk-driver xvfb xauth";
const QUESTION = `Missing: Chromium, Firefox, WebKit. Run \`${UPDATE} && ${INSTALL}\`? [Y/n] `;
const REMEDY = "apt-get install --no-install-recommends chromium firefox-esr webkit2gtk-driver xvfb xauth";
const WITHOUT_THEM = `Missing: Chromium, Firefox, WebKit. What needs them is not run. To install (Debian, Ubuntu): \`${REMEDY}\``;

/** A system without browsers. Its `apt-get` records its calls, and then all browsers are there. */
class System {
  #programs;

  constructor(t) {
    const browser = '[ -e "$PATH/installed" ] && echo "1.0"';
    this.#programs = new StandIns(t, {
      "apt-get": 'echo "apt-get $*" >> "$PATH/calls"; [ "$1" = update ] || : > "$PATH/installed"',
      chromium: browser,
      "firefox-esr": browser,
      "xvfb-run": browser,
    });
  }

  /** The calls of `apt-get`. */
  get calls() {
    const file = join(this.#programs.folder, "calls");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  }

  environment(variables) {
    const { CI: _, PUSH_SOURCE_STATUS_CHROMIUM: __, ...env } = process.env;
    return { ...env, ...variables, PATH: this.#programs.folder };
  }
}

const asRoot = { before: "process.getuid = () => 0;" };
const asUser = { before: "process.getuid = () => 1000;" };

const installing = (user) => commandThatCalls("installBrowsers()", "toolchain/browsers.js", user);

async function install(system, user, variables) {
  const { status, output } = await capture(installing(user), { env: system.environment(variables) });
  assert.equal(status, 0, output);
  return output.trim();
}

function startAtTerminal(t, system, variables) {
  // The tests' own PATH is needed to find `script`.
  const env = system.environment(variables);
  const command = ["/usr/bin/env", `PATH=${env.PATH}`, ...installing(asRoot)];
  return startCommandInTerminal(t, command, { ...env, PATH: process.env.PATH });
}

for (const answer of ["y", "YES", ""]) {
  test(`at a terminal, the exact command is asked about, and run after "${answer}"`, { skip }, async (t) => {
    const system = new System(t);
    const child = startAtTerminal(t, system);
    await child.says(/\? \[Y\/n\] /);
    assert.ok(child.stdout.endsWith(QUESTION), child.stdout);
    assert.deepEqual(system.calls, []);
    child.stdin.write(`${answer}\n`);
    const { code, stdout } = await child.ended;
    assert.equal(code, 0, stdout);
    assert.deepEqual(system.calls, [UPDATE, INSTALL]);
  });
}

for (const [name, refuse] of Object.entries({
  '"n"': ({ stdin }) => stdin.write("n\n"),
  '"what?"': ({ stdin }) => stdin.write("what?\n"),
  "Ctrl-D": ({ stdin }) => stdin.write("\x04"),
})) {
  test(`at a terminal, ${name} leaves the system alone, and tells the command`, { skip }, async (t) => {
    const system = new System(t);
    const child = startAtTerminal(t, system);
    await child.says(/\? \[Y\/n\] /);
    refuse(child);
    const { code, stdout } = await child.ended;
    assert.equal(code, 0, stdout);
    assert.ok(stdout.trim().endsWith(WITHOUT_THEM), stdout);
    assert.deepEqual(system.calls, []);
  });
}

test("Ctrl-C at the question ends everything", { skip }, async (t) => {
  const system = new System(t);
  const child = startAtTerminal(t, system);
  await child.says(/\? \[Y\/n\] /);
  child.stdin.write("\x03");
  const { code, stdout } = await child.ended;
  assert.equal(code, 130, stdout);
  assert.deepEqual(system.calls, []);
});

test("without a terminal, as in a container, it is installed without asking", async (t) => {
  const system = new System(t);
  assert.doesNotMatch(await install(system, asRoot), /\?|What needs them/);
  assert.deepEqual(system.calls, [UPDATE, INSTALL]);
});

test("continuous integration is not asked, even at a terminal", { skip }, async (t) => {
  const system = new System(t);
  const { code, stdout } = await startAtTerminal(t, system, { CI: "true" }).ended;
  assert.equal(code, 0, stdout);
  assert.deepEqual(system.calls, [UPDATE, INSTALL]);
});

test("who is not root is told the command", async (t) => {
  const system = new System(t);
  assert.equal(await install(system, asUser), WITHOUT_THEM.replace("apt-get", "sudo apt-get"));
  assert.deepEqual(system.calls, []);
});

test("a browser that the user names is not installed, and what is there is not installed again", async (t) => {
  const system = new System(t);
  await install(system, asRoot, { PUSH_SOURCE_STATUS_CHROMIUM: "/opt/chrome" });
  assert.deepEqual(system.calls, [UPDATE, INSTALL.replace(" chromium", "")]);
  assert.equal(await install(system, asRoot), "");
  assert.equal(system.calls.length, 2);
});

test("the step that needs Chromium says that it was not run, and what to do", async (t) => {
  const step = '{ command: ["true"], needsChromium: true }';
  const command = commandThatCalls(
    `runStep(${step}, process.env).then(JSON.stringify)`,
    "checks/steps.js",
    asUser,
  );
  const told =
    "Chromium is missing. To install (Debian, Ubuntu): `sudo apt-get install --no-install-recommends chromium`";

  const own = await capture(command, { env: new System(t).environment() });
  assert.equal(own.output.trim(), `${told}\n{"passed":0,"failed":0,"skipped":"NOT RUN, see above"}`);
  const ci = await capture(command, { env: new System(t).environment({ CI: "true" }) });
  assert.equal(ci.output.trim(), `${told}\n{"passed":0,"failed":1}`);
});
