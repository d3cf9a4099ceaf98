import { constants, openSync, writeSync } from "node:fs";
import { UsageError } from "../usage-error.js";

const { O_APPEND, O_CREAT, O_NONBLOCK, O_WRONLY } = constants;

/** A file to which each event is appended as it comes, one a line, so that it is there even if this process is killed. */
export class EventsFile {
  #descriptor;
  #secrets;

  /** @param {import("../output.js").Secrets} secrets */
  constructor(path, secrets) {
    this.#secrets = secrets;
    try {
      // A pipe that nobody reads holds nobody up.
      this.#descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o666);
    } catch (error) {
      throw new UsageError(
        `the events file ${path} cannot be written (${error.code}); check its path and its mode`,
      );
    }
  }

  /** Throws what the file system says. */
  append(event) {
    writeSync(this.#descriptor, `${this.#secrets.mask(JSON.stringify(event))}\n`);
  }
}
