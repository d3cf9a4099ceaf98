import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { connect } from "../node/connect.js";
import { failureOf } from "../node/failure.js";
import { SOURCE } from "../node/sample.js";

/** Characters that change how a line of a log or a terminal is read, each range by its first and its last. */
const unwelcome = {
  "C0 controls": [0x00, 0x1f],
  "DEL and C1 controls": [0x7f, 0x9f],
  "the Arabic letter mark": [0x061c, 0x061c],
  "the Mongolian vowel separator": [0x180e, 0x180e],
  "zero-width characters and directional marks": [0x200b, 0x200f],
  "line and paragraph separators, directional embeddings and overrides": [0x2028, 0x202e],
  "the word joiner, and invisible operators": [0x2060, 0x2064],
  "directional isolates": [0x2066, 0x2069],
  "the byte order mark": [0xfeff, 0xfeff],
};

/** Returns the texts of an error that contain text of the service, and the printed forms of the error. */
function textsOf(error) {
  return [
    error.message,
    error.hint ?? "",
    error.errorCode ?? "",
    error.stack,
    inspect(error),
    JSON.stringify(error),
  ];
}

const answers = {
  message: (text) => ({ errorCode: "A_CODE", message: `before${text}after` }),
  errorCode: (text) => ({ errorCode: `before${text}after`, message: "no" }),
};

for (const [what, [first, last]] of Object.entries(unwelcome)) {
  for (const [field, body] of Object.entries(answers)) {
    test(`row 61: ${what} in the service's ${field} are escaped`, async (t) => {
      const codes = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      const characters = codes.map((code) => String.fromCodePoint(code));
      const messages = [];
      const onEvent = ({ message = "" }) => messages.push(message);
      const server = await startFaultServer(
        t,
        characters.map((character) => reply({ status: 400, body: JSON.stringify(body(character)) })),
      );
      const client = connect(t, server, { onEvent });
      for (const [index, character] of characters.entries()) {
        messages.length = 0;
        const call = client.setStatus(SOURCE, "IDLE");
        const error = await failureOf(call, { httpStatus: 400 });
        // Node's printed form has line breaks anyway.
        const printed = character === "\n" ? [error.errorCode ?? "", error.message] : textsOf(error);
        for (const text of [...printed, ...messages]) {
          assert.ok(!text.includes(character), `${codes[index].toString(16)} in ${JSON.stringify(text)}`);
        }
        const shown = field === "message" ? error.message : error.errorCode;
        assert.match(shown, /before\\.+after/, `${codes[index].toString(16)} is not shown in ${shown}`);
      }
    });
  }
}

test("row 61: letters of any language, and emoji, stay as they are", async (t) => {
  const text = "não é possível — запрещено 禁止 ممنوع 🦀 a\u00a0b";
  const server = await startFaultServer(t, [
    reply({ status: 400, body: JSON.stringify({ errorCode: "A", message: text }) }),
  ]);
  const error = await failureOf(connect(t, server).setStatus(SOURCE, "IDLE"), { httpStatus: 400 });
  assert.ok(error.message.includes(text), error.message);
});

test("row 61: a lone surrogate in the service's text does no harm", async (t) => {
  const server = await startFaultServer(t, [
    reply({ status: 400, body: '{"errorCode":"A","message":"x\\ud800y"}' }),
  ]);
  const error = await failureOf(connect(t, server).setStatus(SOURCE, "IDLE"), { httpStatus: 400 });
  assert.ok(!/[\ud800-\udfff]/.test(error.message));
});
