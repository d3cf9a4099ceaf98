// Code that must not compile. Each `@ts-expect-error` fails if the line below it has no error.
import { StatusClient, type StatusError, statuses } from "push-source-status";

const needed = { organizationId: "org", accessToken: "token" };
const client = new StatusClient(needed);

// @ts-expect-error options are needed
export const withoutOptions = new StatusClient();
// @ts-expect-error an access token is needed
export const withoutToken = new StatusClient({ organizationId: "org" });
// @ts-expect-error an organization is needed
export const withoutOrganization = new StatusClient({ accessToken: "token" });
// @ts-expect-error regions are a closed set
export const unknownRegion = new StatusClient({ ...needed, region: "us-east-1" });
// @ts-expect-error environments are a closed set
export const unknownEnvironment = new StatusClient({ ...needed, environment: "test" });
// @ts-expect-error a token is text
export const numberForToken = new StatusClient({ organizationId: "org", accessToken: () => 42 });
// @ts-expect-error times are numbers
export const textForTime = new StatusClient({ ...needed, attemptTimeoutMs: "10s" });
// @ts-expect-error there is no such option
export const unknownOption = new StatusClient({ ...needed, timeout: 10 });

// @ts-expect-error a status is needed
export const withoutStatus = client.setStatus("source");
// @ts-expect-error statuses are in capitals
export const smallStatus = client.setStatus("source", "rebuild");
// @ts-expect-error the console's word for REFRESH is no status
export const consoleWord = client.setStatus("source", "RESCAN");
// @ts-expect-error not every text is a status: `isStatusType` narrows it
export const anyText = client.setStatus("source", String("IDLE"));
// @ts-expect-error ids are text
export const numberForId = client.setStatus(42, "IDLE");
// @ts-expect-error the signal is an option
export const signalItself = client.setStatus("source", "IDLE", new AbortController().signal);
// @ts-expect-error there is no such option
export const unknownCallOption = client.setStatus("source", "IDLE", { timeout: 10 });
// @ts-expect-error a change has a source and a status
export const halfAChange = client.setStatuses([{ sourceId: "one" }]);
// @ts-expect-error a request is data, not a promise
export const awaited = client.request("source", "IDLE").then();

/** An update exists only if `ok` is true. */
export async function unnarrowed(): Promise<unknown> {
  const [result] = await client.setStatuses([{ sourceId: "one", statusType: "IDLE" }]);
  // @ts-expect-error it may have failed
  return result.update.attempts;
}

// @ts-expect-error the table is frozen
statuses().push();
// @ts-expect-error its rows are frozen
statuses()[0].cost = "high";
// @ts-expect-error codes are a closed set
export const code: StatusError["code"] = "unauthorized";
// @ts-expect-error the internals of the generated class are private
export const generated = StatusClient.closed();
// @ts-expect-error disposal waits for IDLE, so it is only asynchronous
export const dispose = client[Symbol.dispose];
