import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

const WITHIN_MS = 60_000;

/** A program that runs until it is stopped, with all processes that it has started. */
export class ProcessGroup {
  output = "";
  #child;

  constructor([program, ...args], options) {
    // In its own group, so that one signal reaches all processes. With an open standard input: some servers end without one.
    this.#child = spawn(program, args, { stdio: "pipe", detached: true, ...options });
    this.#child.on("error", (error) => {
      this.output += error.message;
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        this.output += text;
      });
    }
  }

  get #isRunning() {
    const { pid, exitCode, signalCode } = this.#child;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  /** Resolves when the address answers with a success. */
  async answers(url) {
    const end = performance.now() + WITHIN_MS;
    while (performance.now() < end && this.#isRunning) {
      const ok = await fetch(url).then(
        async (response) => {
          await response.arrayBuffer();
          return response.ok;
        },
        () => false,
      );
      if (ok) return;
      await delay(100);
    }
    throw new Error(`nothing answers at ${url}\n${this.output}`);
  }

  async stop() {
    if (!this.#isRunning) return;
    const ended = once(this.#child, "exit");
    process.kill(-this.#child.pid, "SIGKILL");
    await ended;
  }
}
