/**
 * After SIGKILL or a power cut nothing could set IDLE, and the source looks busy for ever. A connector that is the only
 * one for its source can mend that whenever it starts.
 *
 * Not where anybody else may be at work on the source, a second instance for example: IDLE would end what they began.
 * `flock -n` in a crontab or `concurrencyPolicy: Forbid` in Kubernetes sees to it that there is one instance.
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
  // Here the connector does its work, and stops when the signal says so.
  signal.throwIfAborted();
});
