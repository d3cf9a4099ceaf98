/**
 * Keeps a journal of the sources that may be active. The next run sets IDLE for the sources that a killed run left active. It
 * does not touch those of a run that is still at work.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { clientFromEnv } from "push-source-status/env";
import { fileJournal, recoverUnfinished } from "push-source-status/journal";

const journal = fileJournal();
const client = clientFromEnv({ journal });

for (const { entry, outcome, error } of await recoverUnfinished(client, journal)) {
  console.log(`${entry.sourceId} was left in ${entry.statusType}: ${outcome}`);
  if (error) console.error(error.message);
}

await client.runActivity(process.env.COVEO_SOURCE_ID, "REBUILD", async ({ signal }) => {
  for (let page = 1; page <= 100; page += 1) {
    // A connector retrieves a page here, and pushes it.
    await sleep(100, undefined, { signal });
  }
});
