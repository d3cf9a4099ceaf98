import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isatty } from "node:tty";
import { promisify } from "node:util";

const write = promisify(fs.write);

/** The length of the shortest masked secret. A shorter one is likely to occur in ordinary text. */
const SHORTEST_SECRET = 8;

/** The delay and the number of waits for a full pipe that another process has made non-blocking. */
const FULL_PIPE_MS = 20;
const FULL_PIPE_WAITS = 250;

/** The errors of a file for which no room is left. */
const NO_ROOM = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** The texts that are masked in every output. */
export class Secrets {
  #texts = [];

  add(text) {
    const secret = text?.trim() ?? "";
    if (secret.length >= SHORTEST_SECRET) this.#texts.push(secret);
    // Longest first, or a secret that begins with a shorter one would be masked only in part.
    this.#texts.sort((one, other) => other.length - one.length);
  }

  mask(text) {
    return this.#texts.reduce((masked, secret) => masked.replaceAll(secret, "****"), text);
  }
}

/**
 * Standard output and standard error, which keep the order of all writes. They replace `process.stdout` and
 * `process.stderr`, which would make the file behind them non-blocking for a program that shares it with `run`. Writes
 * are queued, so that a stopped terminal (Ctrl-S) holds up no work. When nobody reads any more, the rest is dropped.
 */
export class Outputs {
  #written = Promise.resolve();

  /** @param {Secrets} secrets */
  constructor(secrets) {
    const write = (put) => {
      this.#written = this.#written.then(put);
      return this.#written;
    };
    this.stdout = new Output(1, secrets, write);
    this.stderr = new Output(2, secrets, write);
  }

  /** Resolves when everything has been written, or can no longer be. */
  flushed() {
    return this.#written;
  }
}

class Output {
  #descriptor;
  #secrets;
  #inTurn;
  #isGone = false;
  /** The code of the error, if text was lost because a file has no room for it. */
  lostBy;

  constructor(descriptor, secrets, inTurn) {
    this.#descriptor = descriptor;
    this.#secrets = secrets;
    this.#inTurn = inTurn;
    this.isTerminal = isatty(descriptor);
  }

  line(text = "") {
    this.write(`${text}\n`);
  }

  write(text) {
    const bytes = Buffer.from(this.#secrets.mask(text));
    this.#inTurn(() => this.#put(bytes));
  }

  /** Resolves when everything up to now has been written, or can no longer be. */
  flushed() {
    return this.#inTurn(() => {});
  }

  async #put(bytes) {
    let rest = bytes;
    for (let waits = 0; rest.length > 0 && !this.#isGone; ) {
      try {
        const { bytesWritten } = await write(this.#descriptor, rest);
        rest = rest.subarray(bytesWritten);
      } catch (error) {
        waits += 1;
        this.#isGone = error.code !== "EAGAIN" || waits > FULL_PIPE_WAITS;
        if (NO_ROOM.has(error.code)) this.lostBy = error.code;
        if (!this.#isGone) await sleep(FULL_PIPE_MS);
      }
    }
  }
}
