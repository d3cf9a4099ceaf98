import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { ORGANIZATION, SOURCE, TOKEN } from "../node/sample.js";
import { killMarked } from "./processes.js";

export { ORGANIZATION, SOURCE, TOKEN };

/** The executable of the package. */
export const BIN = fileURLToPath(new URL("../../pkg/bin/push-source-status.js", import.meta.url));

/** The variable by which the processes of a test are found, wherever they went. */
const MARK = "PUSH_SOURCE_STATUS_TEST";

/** What a command that never ends is given; any other takes less, on whatever machine. */
const LIMIT_MS = 60_000;

/** Where the journals are that a test has not named: each command line has one of its own, and none is the user's. */
const STATES = join(tmpdir(), `push-source-status-states-${randomUUID()}`);
process.on("exit", () => rmSync(STATES, { recursive: true, force: true }));

/** An environment in which nothing is set but what a test sets. */
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

/** Starts a command in a session of its own, with an environment that it hands on to whatever it starts. */
export function spawnMarked(command, args, { env, ...options }) {
  const mark = randomUUID();
  const child = spawn(command, args, { ...options, env: { ...env, [MARK]: mark }, detached: true });
  return Object.assign(child, { mark });
}

/** A child process, what it says, and how it ends. */
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
    // What is written to a child that has ended is lost, and that is all.
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

  /** All that it has started too: what outlived it would keep the streams open. */
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

  signal(name) {
    process.kill(this.pid, constants.signals[name]);
  }

  /** Resolves once what was printed matches; fails if the child ends before that. */
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
 * Starts the command line in a session of its own, so that there is no controlling terminal.
 *
 * @param {import("node:test").TestContext} t
 * @param {string[]} args
 * @param {{ server?: { endpoint: string }, env?: Record<string, string | undefined>, stdio?: any[], cwd?: string,
 *   input?: string | Buffer | null, secret?: string }} [options] with `null` the standard input stays open
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

/** `run STATUS --source SOURCE -- sh -c SCRIPT`. */
export function around(script, ...flags) {
  return ["run", "REBUILD", "--source", SOURCE, ...flags, "--", "sh", "-c", script];
}

/** The status of each request that came, in order. */
export function statusesOf(server) {
  return server.requests.map(({ statusType }) => statusType);
}
