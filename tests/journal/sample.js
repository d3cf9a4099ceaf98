import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ORGANIZATION } from "../node/sample.js";

export const ENDPOINT = "https://coveo.example/push/v1";

/** Makes a folder for one test, inside a folder that other users may enter. */
export function temporaryFolder(t) {
  const outer = mkdtempSync(join(tmpdir(), "push-source-status-journal-"));
  chmodSync(outer, 0o755);
  t.after(() => rmSync(outer, { recursive: true, force: true }));
  return join(outer, "journal");
}

/** An entry of a journal. */
export function entryOf(sourceId, more = {}) {
  return {
    organizationId: ORGANIZATION,
    endpoint: ENDPOINT,
    sourceId,
    statusType: "REBUILD",
    kind: "activity",
    at: Date.now(),
    ...more,
  };
}

/** Describes each entry. */
export function inWords(entries) {
  return entries.map((entry) => entry.unreadable ?? `${entry.sourceId} ${entry.statusType} ${entry.owner}`);
}
