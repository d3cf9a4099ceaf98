/**
 * Ends in order when it is told to: SIGTERM (or Ctrl-C) stops the work, then IDLE is set, then the process ends, with
 * the exit code that shells and schedulers know: 143 (or 130).
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
  // With the 5 s that the work has to stop: less than the 30 s after which Kubernetes kills.
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
  // Where IDLE could not be set, the text has the command that repairs the source.
  console.error(shutdown.signal.aborted ? error.message : error);
  process.exitCode ??= 1;
}

async function crawl({ signal }) {
  for (let page = 1; page <= 100; page += 1) {
    // Here a connector retrieves a page and pushes it. What takes long gets the signal too.
    await sleep(100, undefined, { signal });
  }
}
