import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isatty } from "node:tty";
import { promisify } from "node:util";

const write = promisify(fs.write);

/** Below this length a token is more likely to be a word of the text than a token that went astray. */
const SHORTEST_SECRET = 8;

/** How long and how often to wait for a full pipe that somebody else has switched to a non-blocking mode. */
const FULL_PIPE_MS = 20;
const FULL_PIPE_WAITS = 250;

/** What may stand in nothing that is written. */
export class Secrets {
  #texts = [];

  add(text) {
    const secret = text?.trim() ?? "";
    if (secret.length >= SHORTEST_SECRET) this.#texts.push(secret);
    // The longer first: of a token that begins like another one, nothing may be left over.
    this.#texts.sort((one, other) => other.length - one.length);
  }

  mask(text) {
    return this.#texts.reduce((masked, secret) => masked.replaceAll(secret, "****"), text);
  }
}

/**
 * Standard output and standard error, in the order in which they are written to. Not `process.stdout` and
 * `process.stderr`: those switch the file behind them to a non-blocking mode, and a program that is run has the same
 * file. Nobody has to wait for what is written, since a terminal that stands still (Ctrl-S) must not hold up what
 * there is to do; and where nobody reads any more, the rest is dropped.
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
        if (!this.#isGone) await sleep(FULL_PIPE_MS);
      }
    }
  }
}
