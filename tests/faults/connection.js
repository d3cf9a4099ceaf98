import { Exchange } from "./exchange.js";
import { LedgerEntry } from "./ledger.js";
import { RequestReader } from "./request-reader.js";
import { reply } from "./steps.js";

/** Final for every client, so that the test with the unscripted request ends soon. */
const UNSCRIPTED = reply({ status: 418, reason: "Unscripted", headers: { connection: "close" } });

/** Reads the requests of one accepted socket, and plays the scripted answer to each, one after another. */
export function serve(socket, script, ledger) {
  const connection = ledger.opened();
  const reader = new RequestReader();
  const gone = new AbortController();
  let answers = Promise.resolve();

  const answer = async (entry) => {
    const step = script.next(entry) ?? UNSCRIPTED;
    if (step === UNSCRIPTED) ledger.violated(`unscripted request: ${describe(entry)}`);
    try {
      await step.play(new Exchange(socket, entry, gone.signal));
      entry.answeredAt = performance.now();
    } catch (error) {
      if (!socket.destroyed) ledger.violated(`the step "${step.name}" failed: ${error}`);
    } finally {
      ledger.left();
    }
  };

  socket.setNoDelay(true);
  socket.on("data", (chunk) => {
    try {
      for (const request of reader.read(chunk)) {
        const entry = new LedgerEntry(request, connection);
        ledger.received(entry);
        answers = answers.then(() => answer(entry));
      }
    } catch (error) {
      ledger.violated(`connection ${connection}: ${error.message}`);
      socket.destroy();
    }
  });
  // Both sides break connections on purpose here; the ledger notes the close that follows.
  socket.on("error", () => {});
  socket.on("close", () => {
    gone.abort();
    ledger.closed(connection);
  });
}

/** Without the headers: an assertion's text must not show a token. */
function describe(entry) {
  return `${entry.method} ${entry.target} on connection ${entry.connection}`;
}
