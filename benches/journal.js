/** What a journal in files costs: `npm run bench -- journal`, in the folder of temporary files or in one that is named. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileJournal } from "push-source-status/journal";
import { median, quartiles } from "./statistics.js";

const ROUNDS = 500;

const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), "push-source-status-bench-"));
try {
  measure("one source", entries(1));
  measure("eight sources at once", entries(8));
  const others = fileJournal({ directory });
  others.opened(entries(200, "other"));
  measure("one source, beside 200 of others", entries(1));
} finally {
  rmSync(directory, { recursive: true });
}

function entries(count, name = "source") {
  return Array.from({ length: count }, (_, index) => ({
    organizationId: "my-organization",
    endpoint: "https://api-eu.cloud.coveo.com/push/v1",
    sourceId: `${name}-${index}`,
    statusType: "REBUILD",
    kind: "activity",
    at: Date.now(),
  }));
}

function measure(what, written) {
  const journal = fileJournal({ directory });
  const opened = [];
  const closed = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    opened.push(timeOf(() => journal.opened(written)));
    closed.push(timeOf(() => journal.closed(written)));
  }
  console.log(`${what}: opened ${said(opened)}, closed ${said(closed)}`);
}

function timeOf(act) {
  const before = performance.now();
  act();
  return performance.now() - before;
}

function said(times) {
  const [low, high] = quartiles(times);
  return `${median(times).toFixed(2)} ms (${low.toFixed(2)} to ${high.toFixed(2)})`;
}
