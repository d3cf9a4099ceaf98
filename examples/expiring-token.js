/**
 * A token that expires during a long run. `accessToken` may be a function. It is called when a token is needed, and again when
 * the service refuses the token. Here the token is in a file that another program renews, as secret stores do.
 */
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { StatusClient } from "push-source-status";

const { COVEO_ORGANIZATION_ID, COVEO_SOURCE_ID, COVEO_TOKEN_FILE, COVEO_REGION, COVEO_ENDPOINT } =
  process.env;

const client = new StatusClient({
  organizationId: COVEO_ORGANIZATION_ID,
  accessToken: async () => (await readFile(COVEO_TOKEN_FILE, "utf8")).trim(),
  region: COVEO_REGION,
  endpoint: COVEO_ENDPOINT,
});

await client.runActivity(COVEO_SOURCE_ID, "REBUILD", async ({ signal }) => {
  // In place of hours of work. When the service then refuses IDLE, the file is read again.
  await sleep(1000, undefined, { signal });
});
