import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { fileJournal } from "push-source-status/journal";
import { temporaryFolder } from "../journal/sample.js";
import { startService } from "../journal/service.js";
import { Child, environment, start } from "./command-line.js";

const PROGRAM = fileURLToPath(new URL("connector-program.js", import.meta.url));

/** A service, a journal, and connectors that are killed at work. */
export class Night {
  #t;

  static async begin(t, options) {
    const { emulator } = await startService(t, options);
    return new Night(t, emulator, temporaryFolder(t));
  }

  constructor(t, emulator, directory) {
    this.#t = t;
    this.emulator = emulator;
    this.directory = directory;
  }

  /** Starts a connector, and waits until it is at work. */
  async connector(sourceIds, options = {}) {
    const task = { directory: this.directory, sourceIds: [sourceIds].flat(), ...options };
    const child = new Child(
      this.#t,
      spawn(process.execPath, [PROGRAM, JSON.stringify(task)], {
        env: environment(this.emulator, options.env),
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
    await child.says(/\n/);
    const { group } = JSON.parse(child.stdout);
    if (group) this.#t.after(() => killGroup(group));
    return Object.assign(child, { group });
  }

  /** Starts a connector, and kills it at work. */
  async killed(sourceIds, options) {
    const connector = await this.connector(sourceIds, options);
    connector.signal("SIGKILL");
    await connector.ended;
    return connector;
  }

  /** Changes the owner in the records of a source and in the claims to it. */
  rewrite(sourceId, change) {
    this.#rewrite(({ entry, claim, owner }) => {
      if (owner && (entry ?? claim).sourceId === sourceId) Object.assign(owner, change);
    });
  }

  /** Makes all entries and claims older. */
  age(milliseconds) {
    this.#rewrite(({ entry, claim }) => {
      if (entry) entry.at -= milliseconds;
      else claim.since -= milliseconds;
    });
  }

  /** Moves all entries to the service at another endpoint. */
  moveTo(endpoint) {
    this.#rewrite(({ entry }) => entry && Object.assign(entry, { endpoint }));
  }

  #rewrite(change) {
    const files = readdirSync(this.directory, { recursive: true, withFileTypes: true });
    // A kill may leave an unfinished file.
    for (const { parentPath, name } of files.filter(
      (file) => file.isFile() && !file.name.includes(".tmp-"),
    )) {
      const path = join(parentPath, name);
      const record = JSON.parse(readFileSync(path, "utf8"));
      change(record);
      writeFileSync(path, JSON.stringify(record));
    }
  }

  /** Starts a command with this journal. */
  start([name, ...words], { env, ...options } = {}) {
    return start(this.#t, [name, "--journal", this.directory, ...words], {
      server: this.emulator,
      env,
      ...options,
    });
  }

  run(words, options) {
    return this.start(words, options).ended;
  }

  /** Returns the entries of the journal, in the order of the sources. */
  async entries() {
    const entries = await fileJournal({ directory: this.directory }).entries();
    return entries.map(({ sourceId, owner, unreadable }) => unreadable ?? `${sourceId} ${owner}`).sort();
  }

  /** The requests that came, without those of the connectors. */
  get sent() {
    return this.emulator.requests
      .filter(({ statusType }) => statusType !== "REBUILD")
      .map(({ sourceId, statusType }) => `${sourceId} ${statusType}`);
  }
}

/** An owner in another container. */
export const ELSEWHERE = { host: "another", boot: "another" };

/** An owner of this machine before it was restarted. */
export const BEFORE_THE_BOOT = { boot: "5af0bca1-0000-4000-8000-000000000000" };

/** Returns what a command has printed with `--json`. */
export function linesOf(stdout) {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

export function killGroup(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended.
  }
}
