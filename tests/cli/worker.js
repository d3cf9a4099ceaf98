import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { statusesOf } from "./command-line.js";

/** Works until its file `.free` appears. A signal to stop changes nothing but its output. */
const WORKER = `trap '' PIPE
trap 'echo stopping; finish' TERM INT
finish() {
  until [ -e "$0.free" ]; do sleep 0.02; done
  : > "$0.done"
  exit 0
}
echo "working $$"
finish
`;

/** Ignores every signal that can be ignored. */
const DEAF = `trap '' TERM INT HUP QUIT
echo "working $$"
: > "$0.ready"
while :; do sleep 0.02; done
`;

/** Starts the service, and makes a folder with scripts for what a program starts. */
export async function startWorkplace(t) {
  const folder = mkdtempSync(join(tmpdir(), "push-source-status-tree-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const workplace = new Workplace(folder);
  workplace.server = await startFaultServer(t, (entry) => workplace.answer(entry));
  return workplace;
}

class Workplace {
  #hadDone;

  constructor(folder) {
    this.folder = folder;
    this.worker = this.write("worker.sh", WORKER);
    this.deaf = this.write("deaf.sh", DEAF);
  }

  write(name, content) {
    const path = join(this.folder, name);
    writeFileSync(path, content, { mode: 0o755 });
    return path;
  }

  answer({ statusType }) {
    if (statusType === "IDLE") this.#hadDone = existsSync(`${this.worker}.done`);
    return reply();
  }

  /** The shell code that leaves a deaf process behind, once that works. */
  get leaveDeaf() {
    return `sh ${this.deaf} & until [ -e ${this.deaf}.ready ]; do sleep 0.02; done`;
  }

  /** Lets the worker end. */
  free() {
    writeFileSync(`${this.worker}.free`, "");
  }

  /** Fails unless IDLE waits for the worker after the program has ended, and comes when the worker has ended. */
  async holdsIdleAfter(command) {
    await command.says(/IDLE waits for/);
    await this.holdsIdle();
  }

  /** Fails unless IDLE comes when the worker has ended. */
  async holdsIdle() {
    assert.deepEqual(statusesOf(this.server), ["REBUILD"]);
    this.free();
    await this.server.received(2);
    assert.deepEqual(statusesOf(this.server), ["REBUILD", "IDLE"]);
    assert.ok(this.#hadDone, "IDLE came before the worker had ended");
  }
}

/** Returns the pid that a worker has printed. */
export function workerOf({ stdout }) {
  return Number(/working (\d+)/.exec(stdout)[1]);
}
