/**
 * After SIGKILL or a power cut, nothing can set IDLE, and the source looks busy for ever. A connector that is the only one for
 * its source can set IDLE at its start.
 *
 * Do not do that if another program or a second instance may work on the source: IDLE would end its activity. `flock -n` in a
 * crontab or `concurrencyPolicy: Forbid` in Kubernetes makes sure that there is one instance.
 */
import { StatusClient } from "push-source-status";

const { COVEO_ORGANIZATION_ID, COVEO_SOURCE_ID, COVEO_ACCESS_TOKEN, COVEO_REGION, COVEO_ENDPOINT } =
  process.env;

const client = new StatusClient({
  organizationId: COVEO_ORGANIZATION_ID,
  accessToken: COVEO_ACCESS_TOKEN,
  region: COVEO_REGION,
  endpoint: COVEO_ENDPOINT,
});

await client.setStatus(COVEO_SOURCE_ID, "IDLE");
await client.runActivity(COVEO_SOURCE_ID, "REFRESH", async ({ signal }) => {
  // The connector works here, and stops when the signal is aborted.
  signal.throwIfAborted();
});
