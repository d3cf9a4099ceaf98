import { Exchange } from "./exchange.js";
import { LedgerEntry } from "./ledger.js";
import { reply } from "./steps.js";

/** The answer to an unscripted request. No client retries it, so the test ends soon. */
const UNSCRIPTED = reply({ status: 418, reason: "Unscripted", headers: { connection: "close" } });

/** An accepted socket. It sends the scripted answers to its requests, one after another. */
export class Connection {
  #socket;
  #script;
  #ledger;
  #number;
  #gone = new AbortController();
  #answers = Promise.resolve();

  constructor(socket, script, ledger) {
    this.#socket = socket;
    this.#script = script;
    this.#ledger = ledger;
    this.#number = ledger.opened();
    // Both sides break connections on purpose. The ledger records the close that follows.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#gone.abort();
      ledger.closed(this.#number);
    });
  }

  /** Handles a request whose head has come. One whose body never ends does not count. */
  receive(request, response) {
    let body = "";
    request.setEncoding("utf8").on("data", (text) => {
      body += text;
    });
    request.on("end", () => {
      const entry = new LedgerEntry(request, body, this.#number);
      this.#ledger.received(entry);
      this.#answers = this.#answers.then(() => this.#answer(entry, response));
    });
  }

  /** Handles bytes that are no HTTP. */
  misread(error) {
    this.#ledger.violated(`connection ${this.#number}: ${error.message}`);
  }

  async #answer(entry, response) {
    const step = this.#script.next(entry) ?? UNSCRIPTED;
    if (step === UNSCRIPTED) this.#ledger.violated(`unscripted request: ${describe(entry)}`);
    try {
      await step.play(new Exchange(this.#socket, entry, this.#gone.signal));
      entry.answeredAt = performance.now();
      // The answer bypassed Node's own response, which has to release the connection for the next one.
      response.emit("finish");
    } catch (error) {
      if (!this.#socket.destroyed) this.#ledger.violated(`the step "${step.name}" failed: ${error}`);
    } finally {
      this.#ledger.left();
    }
  }
}

/** Describes a request without its headers: the text of an assertion must not show a token. */
function describe(entry) {
  return `${entry.method} ${entry.target} on connection ${entry.connection}`;
}
