import assert from "node:assert/strict";
import test from "node:test";

import { startFaultServer } from "../faults/server.js";
import { reply } from "../faults/steps.js";
import { runFile } from "./child.js";
import { nodes } from "./runtimes.js";

const LIMIT = 2000;
const LIMIT_OF_TWO = 4000;

/** The connectors of `programs/uncaught.js`. */
const connectors = [
  "new with a bad option",
  "request with a bad id",
  "setStatus with a bad status",
  "setStatus that is refused",
  "setStatus that finds no server",
  "setStatuses with no array",
  "a row of setStatuses, thrown",
  "runActivity whose start is refused",
  "runActivity whose end is refused",
  "runActivity whose work and end fail",
  "startActivity that is refused",
  "end of an activity, refused",
  "close with an activity that cannot be ended",
];

for (const runtime of nodes) {
  for (const kind of connectors) {
    test(`row 53, in ${runtime.name}: ${kind}: what is printed is short, and names the caller's line`, async (t) => {
      const { endpoint } = await startFaultServer(t, ({ sourceId, statusType }) => {
        const isRefused = sourceId === "refused" || statusType === "IDLE";
        return reply({ status: isRefused ? 403 : 201, body: '{"errorCode":"ACCESS_DENIED","message":"no"}' });
      });
      const { code, stderr } = await runFile(t, runtime, "uncaught.js", { args: { endpoint, kind } });
      assert.equal(code, 1, stderr);
      const isOfTwo = kind === "runActivity whose work and end fail";
      assert.match(stderr, isOfTwo ? /AggregateError/ : /StatusError/);
      const bytes = Buffer.byteLength(stderr);
      assert.ok(bytes < (isOfTwo ? LIMIT_OF_TWO : LIMIT), `${bytes} bytes:\n${stderr}`);
      // The output must name the connector's function, and not only the program's last line.
      assert.match(stderr, new RegExp(`at (async )?.*${kind}.*programs/uncaught\\.js:\\d+`), stderr);
    });
  }
}
