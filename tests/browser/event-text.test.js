import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { eventText } from "../../www/views/event-text.js";

const declarations = readFileSync(new URL("../../src/web/events.d.ts", import.meta.url), "utf8");
const types = [...declarations.matchAll(/readonly type: ([^;]+);/g)].flatMap(([, union]) =>
  union.match(/\w+/g),
);

for (const type of types) {
  test(`the log has words for the event ${type}`, () => {
    const event = {
      type,
      sourceId: "wiki",
      statusType: "REBUILD",
      reason: { kind: "timeout" },
      message: "it failed",
    };
    assert.match(eventText(event), / /);
  });
}
