import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { fileJournal, recoverUnfinished } from "push-source-status/journal";
import { arrived, clientOf } from "./service.js";

const PROGRAM = fileURLToPath(new URL("victim-program.js", import.meta.url));

/**
 * The random faults of a service whose callers are killed. None takes so long that a caller gives up: nobody can order what the
 * service does after that.
 */
export const FAULTS = {
  rate: 0.15,
  faults: [
    { status: 500 },
    { status: 500, applied: true },
    { status: 503 },
    { status: 404 },
    { reset: true },
    { reset: true, applied: true },
    { delayMs: 3 },
  ],
};

/** Processes that work on sources of a service until they are killed, with journals in one folder. */
export class Killing {
  /** The remains of killed processes: sources that were active, and entries of sources that were not. */
  leftActive = 0;
  namedToo = 0;
  #emulator;
  #directory;
  #waiting = new Map();

  constructor(emulator, directory) {
    this.#emulator = emulator;
    this.#directory = directory;
  }

  /** For `onRequest` of the emulator. */
  onRequest({ sourceId }) {
    const waiting = this.#waiting.get(sourceId);
    if (!waiting) return;
    waiting.left -= 1;
    if (waiting.left <= 0) waiting.resolve();
  }

  /** Starts one process and ends it by `kill`. Then checks what it has left, and recovers it. */
  async round(name, { seed = 1, sources = 3, killsItselfAt, kill = () => {} }) {
    const sourceIds = Array.from({ length: sources }, (_, index) => `${name}-${index}`);
    const task = {
      directory: this.#directory,
      endpoint: this.#emulator.endpoint,
      sourceIds,
      seed,
      killsItselfAt,
    };
    const child = spawn(process.execPath, [PROGRAM, JSON.stringify(task)], {
      stdio: ["pipe", "inherit", "inherit"],
    });
    const ended = once(child, "close");
    await Promise.race([ended, kill(child, sourceIds)]);
    const [code, signal] = await ended;
    assert.deepEqual([code, signal], [null, "SIGKILL"], `${name} ended by itself`);
    await arrived(this.#emulator);
    await this.#compare(name, sourceIds);
    await this.#recover(name, sourceIds);
  }

  /** Resolves after a number of requests for a source. */
  requests(sourceId, count) {
    return new Promise((resolve) => {
      this.#waiting.set(sourceId, { left: count, resolve });
    });
  }

  async #compare(name, sourceIds) {
    const entries = (await this.#journal.entries()).filter(({ sourceId }) => sourceIds.includes(sourceId));
    for (const sourceId of sourceIds) {
      const activity = this.#emulator.activities(sourceId).at(-1);
      const entry = entries.find((found) => found.sourceId === sourceId);
      if (activity?.state === "ongoing") {
        assert.ok(entry, `${name}: ${sourceId} has ${activity.statusType}, and is not in the journal`);
        this.leftActive += 1;
      } else if (entry) this.namedToo += 1;
      if (entry) assert.equal(entry.owner, "gone", `${name}: ${sourceId}`);
    }
  }

  async #recover(name, sourceIds) {
    const client = clientOf(this.#emulator.endpoint, {
      retry: { attempts: 20, baseDelayMs: 1, maxDelayMs: 4 },
    });
    const results = await recoverUnfinished(client, this.#journal, { sourceIds });
    await client.close();
    for (const { entry, outcome, error } of results) {
      const expected = entry.kind === "activity" ? ["ended", "forgotten"] : ["kept", "ended"];
      assert.ok(expected.includes(outcome), `${name}: ${entry.kind} ${outcome} ${error?.message}`);
      if (outcome !== "ended") continue;
      assert.notEqual(this.#emulator.activities(entry.sourceId).at(-1)?.state, "ongoing", name);
    }
    const left = await this.#journal.entries();
    const ofTheirs = left.filter(({ sourceId, kind }) => sourceIds.includes(sourceId) && kind === "activity");
    assert.deepEqual(ofTheirs, [], name);
  }

  get #journal() {
    return fileJournal({ directory: this.#directory });
  }
}
