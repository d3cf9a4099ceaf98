import { setImmediate } from "node:timers/promises";

/**
 * One way to answer a request.
 *
 * @typedef {{ name: string, play: (exchange: import("./exchange.js").Exchange) => unknown }} Step
 */

const REASONS = { 200: "OK", 201: "Created", 429: "Too Many Requests", 500: "Internal Server Error" };

/** Long enough for another process to read what was sent: a reset would discard it. */
const HEAD_START_MS = 50;

/**
 * A complete answer.
 *
 * @param {Answer | ((entry: import("./ledger.js").LedgerEntry) => Answer)} [answer] a function is called when the
 *   request has come, for headers that depend on the time
 * @typedef {{ status?: number, reason?: string, headers?: Record<string, string | string[]>, body?: string | Buffer }}
 *   Answer
 */
export function reply(answer = {}) {
  const answerTo = typeof answer === "function" ? answer : () => answer;
  return {
    name: typeof answer === "function" ? "reply" : `reply ${answer.status ?? 201}`,
    play: async (exchange) => {
      const { body = "", ...head } = answerTo(exchange.entry);
      const content = Buffer.from(body);
      await exchange.write(Buffer.concat([headOf({ ...head, length: content.length }), content]));
      if (head.headers?.connection === "close") exchange.close();
    },
  };
}

/** A complete answer, after a delay. */
export function delayed(milliseconds, step) {
  return {
    name: `${step.name} after ${milliseconds} ms`,
    play: async (exchange) => {
      await exchange.pause(milliseconds);
      await step.play(exchange);
    },
  };
}

/** Exactly these bytes, and then the end of the connection. */
export function raw(bytes) {
  return {
    name: "raw bytes",
    play: async (exchange) => {
      await exchange.write(Buffer.from(bytes));
      exchange.close();
    },
  };
}

/** No answer, for ever. */
export function stall() {
  return { name: "stall", play: (exchange) => exchange.hang() };
}

/** The head and the beginning of the body, and then silence. */
export function stallBody({ body = "", ...head } = {}) {
  return {
    name: `stall in the body of a ${head.status ?? 201}`,
    play: async (exchange) => {
      await exchange.write(partOf(head, body));
      await exchange.hang();
    },
  };
}

/** The head and the beginning of the body, and then a reset. */
export function resetBody({ body = "", ...head } = {}) {
  return {
    name: `reset in the body of a ${head.status ?? 201}`,
    play: async (exchange) => {
      await exchange.write(partOf(head, body));
      await headStart(exchange);
      exchange.reset();
    },
  };
}

/** A reset instead of an answer; `after` bytes of a head may come first. */
export function reset({ after = "" } = {}) {
  return {
    name: after === "" ? "reset" : "reset in the headers",
    play: async (exchange) => {
      if (after !== "") {
        await exchange.write(Buffer.from(after));
        await headStart(exchange);
      }
      exchange.reset();
    },
  };
}

/** The end of the connection instead of an answer. */
export function close() {
  return { name: "close without an answer", play: (exchange) => exchange.close() };
}

/** A complete answer, byte by byte. */
export function drip({ everyMs, body = "", ...head }) {
  return {
    name: `one byte every ${everyMs} ms`,
    play: async (exchange) => {
      const content = Buffer.from(body);
      for (const byte of Buffer.concat([headOf({ ...head, length: content.length }), content])) {
        await exchange.pause(everyMs);
        await exchange.write(Buffer.of(byte));
      }
    },
  };
}

/**
 * A body that is too long to be read. There is a pause between its chunks: without it, the buffers of the operating system
 * would take megabytes before the server learns that the client has stopped.
 */
export function flood({ bytes = 100 * 1024 * 1024, ...head } = {}) {
  const chunk = Buffer.alloc(16 * 1024, "x");
  return {
    name: `a ${head.status ?? 201} with a body of ${bytes} bytes`,
    play: async (exchange) => {
      await exchange.write(headOf({ ...head, length: bytes }));
      for (let sent = 0; sent < bytes; sent += chunk.length) {
        await exchange.write(chunk);
        await exchange.pause(1);
      }
    },
  };
}

/** Waits for a client in this process, which reads within one turn of the event loop. */
async function headStart(exchange) {
  await exchange.pause(HEAD_START_MS);
  await setImmediate();
}

/** A head with a longer `Content-Length` than the body that follows. */
function partOf(head, body) {
  const content = Buffer.from(body);
  return Buffer.concat([headOf({ ...head, length: content.length + 1000 }), content]);
}

function headOf({ status = 201, reason = REASONS[status] ?? "Scripted", headers = {}, length }) {
  const lines = [`HTTP/1.1 ${status} ${reason}`];
  for (const [name, values] of Object.entries(headers)) {
    for (const value of [values].flat()) lines.push(`${name}: ${value}`);
  }
  if (status !== 204 && status !== 304) lines.push(`content-length: ${length}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
