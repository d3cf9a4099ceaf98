/**
 * An orderly shutdown. SIGTERM (or Ctrl-C) stops the work. Then IDLE is set, and the process ends with the usual exit code: 143
 * (or 130).
 */
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { StatusClient } from "push-source-status";

const { COVEO_ORGANIZATION_ID, COVEO_SOURCE_ID, COVEO_ACCESS_TOKEN, COVEO_REGION, COVEO_ENDPOINT } =
  process.env;

const client = new StatusClient({
  organizationId: COVEO_ORGANIZATION_ID,
  accessToken: COVEO_ACCESS_TOKEN,
  region: COVEO_REGION,
  endpoint: COVEO_ENDPOINT,
  // Together with the 5 s of the work, this is below the 30 s after which Kubernetes kills.
  closeTimeoutMs: 20_000,
});

const shutdown = new AbortController();
for (const name of ["SIGINT", "SIGTERM"]) {
  process.on(name, () => {
    process.exitCode ??= 128 + constants.signals[name];
    shutdown.abort(new Error(`stopped by ${name}`));
  });
}

try {
  await client.runActivity(COVEO_SOURCE_ID, "REBUILD", crawl, { signal: shutdown.signal });
} catch (error) {
  // If IDLE could not be set, the text has the command that repairs the source.
  console.error(shutdown.signal.aborted ? error.message : error);
  process.exitCode ??= 1;
}

async function crawl({ signal }) {
  for (let page = 1; page <= 100; page += 1) {
    // A connector retrieves a page here, and pushes it. Pass the signal to everything that takes long.
    await sleep(100, undefined, { signal });
  }
}
