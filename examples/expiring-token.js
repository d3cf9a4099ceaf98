/**
 * A token that expires in a long run. `accessToken` may be a function: it is asked when a token is needed, and again
 * when the service refuses the one it gave. Here something else keeps the token fresh in a file, as secret stores do.
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
  // In place of hours of work. When IDLE is refused after them, the file is read again.
  await sleep(1000, undefined, { signal });
});
