/**
 * The work succeeds, and then IDLE cannot be set. The work need not be done again: the error holds its result, and the command
 * that repairs the source. If the work fails too, the error is an AggregateError, which is not caught here.
 */
import { StatusClient, StatusError } from "push-source-status";

const { COVEO_ORGANIZATION_ID, COVEO_SOURCE_ID, COVEO_ACCESS_TOKEN, COVEO_REGION, COVEO_ENDPOINT } =
  process.env;

const client = new StatusClient({
  organizationId: COVEO_ORGANIZATION_ID,
  accessToken: COVEO_ACCESS_TOKEN,
  region: COVEO_REGION,
  endpoint: COVEO_ENDPOINT,
});

/** Runs an activity, and returns the result of the work even if the source was left active. */
async function runToItsEnd(sourceId, statusType, work) {
  try {
    return await client.runActivity(sourceId, statusType, work);
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== "left_active") throw error;
    console.error(`${sourceId} still looks busy. Run: ${error.hint}`);
    process.exitCode = 75; // a temporary failure in sysexits.h, so that a scheduler can distinguish it from a failure of the work
    return error.value;
  }
}

const { documents } = await runToItsEnd(COVEO_SOURCE_ID, "REBUILD", async () => {
  console.log("the work, once");
  return { documents: 3 };
});
console.log(`${documents} documents were pushed`);
