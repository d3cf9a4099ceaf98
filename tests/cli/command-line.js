import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { ORGANIZATION, SOURCE, TOKEN } from "../node/sample.js";
import { killMarked } from "./processes.js";

export { ORGANIZATION, SOURCE, TOKEN };

/** The executable of the package. */
export const BIN = fileURLToPath(new URL("../../pkg/bin/push-source-status.js", import.meta.url));

/** The variable by which a test finds its processes, in whatever group they are. */
const MARK = "PUSH_SOURCE_STATUS_TEST";

/** The time limit of a command that never ends. Every other command takes less on any machine. */
const LIMIT_MS = 60_000;

/** The folder of the journals that a test does not name: one for each command line, and none of them the user's. */
const STATES = join(tmpdir(), `push-source-status-states-${randomUUID()}`);
process.on("exit", () => rmSync(STATES, { recursive: true, force: true }));

/** Returns an environment that contains only what a test sets. */
export function environment(server, env = {}) {
  const settings = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    XDG_STATE_HOME: join(STATES, randomUUID()),
    COVEO_ORGANIZATION_ID: ORGANIZATION,
    COVEO_ACCESS_TOKEN: TOKEN,
    COVEO_ENDPOINT: server?.endpoint,
    ...env,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** Starts a command in a new session, with an environment that its own children inherit. */
export function spawnMarked(command, args, { env, ...options }) {
  const mark = randomUUID();
  const child = spawn(command, args, { ...options, env: { ...env, [MARK]: mark }, detached: true });
  return Object.assign(child, { mark });
}

/** A child process, with its output and its end. */
export class Child {
  stdout = "";
  stderr = "";
  #process;
  #changed = new Set();

  constructor(t, child, secret = TOKEN) {
    this.#process = child;
    for (const name of ["stdout", "stderr"]) {
      child[name]?.setEncoding("utf8").on("data", (text) => {
        this[name] += text;
        for (const look of this.#changed) look();
      });
    }
    // Writing to a child that has ended is no failure of the test.
    child.stdin?.on("error", () => {});
    const overdue = setTimeout(() => this.#kill(), LIMIT_MS);
    this.ended = new Promise((resolve) => {
      child.on("close", (code, signal) => {
        clearTimeout(overdue);
        for (const look of this.#changed) look();
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr });
      });
    }).then((end) => {
      assert.ok(!`${end.stdout}${end.stderr}`.includes(secret), "the token is in what was printed");
      return end;
    });
    t.after(() => this.#kill());
  }

  /** Kills the child and all that it has started, which would otherwise keep the streams open. */
  #kill() {
    try {
      process.kill(-this.pid, "SIGKILL");
    } catch {
      // Everything has ended.
    }
    if (this.#process.mark) killMarked(MARK, this.#process.mark);
  }

  get pid() {
    return this.#process.pid;
  }

  get stdin() {
    return this.#process.stdin;
  }

  /** Sends a signal. A child that has just ended gets none. */
  signal(name) {
    this.#process.kill(name);
  }

  /** Resolves once the output matches. Fails if the child ends before that. */
  async says(pattern) {
    const hasSaid = () => pattern.test(this.stdout + this.stderr);
    if (hasSaid()) return;
    await new Promise((resolve) => {
      const look = () => {
        if (!hasSaid() && this.#process.exitCode === null && this.#process.signalCode === null) return;
        this.#changed.delete(look);
        resolve();
      };
      this.#changed.add(look);
    });
    assert.match(this.stdout + this.stderr, pattern);
  }
}

/**
 * Starts the command line in a new session, so that there is no controlling terminal.
 *
 * @param {import("node:test").TestContext} t
 * @param {string[]} args
 * @param {{ server?: { endpoint: string }, env?: Record<string, string | undefined>, stdio?: any[], cwd?: string,
 *   input?: string | Buffer | null, secret?: string }} [options] with an `input` of `null`, the standard input stays open
 */
export function start(t, args, { server, env, input, stdio = ["pipe", "pipe", "pipe"], cwd, secret } = {}) {
  const child = spawnMarked(process.execPath, [BIN, ...args], { cwd, env: environment(server, env), stdio });
  const started = new Child(t, child, secret);
  if (input !== null) child.stdin?.end(input);
  return started;
}

/** Runs the command line to its end. */
export function run(t, args, options) {
  return start(t, args, options).ended;
}

/** Returns the arguments of `run STATUS --source SOURCE -- sh -c SCRIPT`. */
export function around(script, ...flags) {
  return ["run", "REBUILD", "--source", SOURCE, ...flags, "--", "sh", "-c", script];
}

/** Returns the status of each request that came, in order. */
export function statusesOf(server) {
  return server.requests.map(({ statusType }) => statusType);
}
