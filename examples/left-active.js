/**
 * The work succeeded, and then IDLE could not be set: nothing has to be done again. The error has what the work gave, and
 * the command that repairs the source. Had the work failed too, an AggregateError would pass by here.
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

/** The procedure, for those who go on with what the work gave. */
async function runToItsEnd(sourceId, statusType, work) {
  try {
    return await client.runActivity(sourceId, statusType, work);
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== "left_active") throw error;
    console.error(`${sourceId} still looks busy. Run: ${error.hint}`);
    process.exitCode = 75; // sysexits.h: a failure that may pass, so a scheduler can tell it from one of the work
    return error.value;
  }
}

const { documents } = await runToItsEnd(COVEO_SOURCE_ID, "REBUILD", async () => {
  console.log("the work, once");
  return { documents: 3 };
});
console.log(`${documents} documents were pushed`);
