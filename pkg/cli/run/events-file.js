import { constants, openSync, writeSync } from "node:fs";
import { UsageError } from "../usage-error.js";

const { O_APPEND, O_CREAT, O_NONBLOCK, O_WRONLY } = constants;

/** A file with one event per line. Each is appended at once, so that it is kept even if this process is killed. */
export class EventsFile {
  #descriptor;
  #secrets;

  /** @param {import("../output.js").Secrets} secrets */
  constructor(path, secrets) {
    this.#secrets = secrets;
    try {
      // O_NONBLOCK, so that a pipe without a reader does not block the run.
      this.#descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o666);
    } catch (error) {
      throw new UsageError(
        `the events file ${path} cannot be written (${error.code}); check its path and its mode`,
      );
    }
  }

  /** Appends an event. Throws the error of the file system. */
  append(event) {
    writeSync(this.#descriptor, `${this.#secrets.mask(JSON.stringify(event))}\n`);
  }
}
