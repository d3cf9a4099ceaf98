import assert from "node:assert/strict";
import test from "node:test";

import { statuses } from "./package.js";

const seen = () =>
  statuses().map(({ statusType, consoleName, cost }) => [statusType, consoleName, cost ?? null]);

test("the four statuses, as the API and as the console call them, and what the run costs", () => {
  const rows = seen();
  const [idle] = rows.splice(
    rows.findIndex(([statusType]) => statusType === "IDLE"),
    1,
  );
  assert.deepEqual(rows, [
    ["REBUILD", "Rebuild", "high"],
    ["REFRESH", "Rescan", "moderate"],
    ["INCREMENTAL", "Refresh", "low"],
  ]);
  assert.equal(idle[2], null);
  assert.match(idle[1], /^Ready to receive/);
});

test("each status says when to set it", () => {
  for (const { statusType, setWhen } of statuses()) assert.ok(setWhen.length > 20, statusType);
});

test("the table cannot be changed for others", () => {
  const table = statuses();
  assert.ok(Object.isFrozen(table));
  for (const row of table) assert.ok(Object.isFrozen(row));
  assert.deepEqual(statuses(), table);
});
