// Code that users may write. It is compiled, and never run.
import { isRegion, isStatusType, StatusClient, StatusError, statuses } from "push-source-status";

const aborting = new AbortController();

export const client = new StatusClient({ organizationId: "org", accessToken: "token" });

export const clientWithEverything = new StatusClient({
  organizationId: "org",
  accessToken: async () => "token",
  region: "eu",
  environment: "staging",
  attemptTimeoutMs: 10_000,
  concurrency: 8,
  fetch: (input, init) => fetch(input, init),
  onEvent: (event) => event.callId,
});

export const clientWithEndpoint = new StatusClient({
  organizationId: "org",
  accessToken: () => undefined,
  endpoint: "http://127.0.0.1:8080/push/v1",
  fetch,
});

/** Settings that may be missing are `undefined`, and count as not given. */
export function clientFromSettings(settings: {
  region?: "us" | "ca";
  endpoint: string | undefined;
}): StatusClient {
  return new StatusClient({
    organizationId: "org",
    accessToken: (): string | undefined => undefined,
    region: settings.region,
    environment: undefined,
    endpoint: settings.endpoint,
    attemptTimeoutMs: undefined,
    concurrency: undefined,
    fetch: undefined,
    onEvent: undefined,
  });
}

export async function oneChange(): Promise<number> {
  const update = await client.setStatus("source", "REBUILD", { signal: aborting.signal });
  await client.setStatus("source", "IDLE");
  await client.setStatus("source", "IDLE", {});
  await client.setStatus("source", "IDLE", { signal: undefined });
  const type: "REBUILD" | "REFRESH" | "INCREMENTAL" | "IDLE" = update.statusType;
  const source: string = update.sourceId;
  return update.httpStatus + update.attempts + update.elapsedMs + type.length + source.length;
}

export async function manyChanges(): Promise<string[]> {
  const changes = [
    { sourceId: "one", statusType: "REFRESH" },
    { sourceId: "two", statusType: "INCREMENTAL" },
  ] as const;
  const results = await client.setStatuses(changes, {
    signal: aborting.signal,
    onProgress: ({ result, done, failed, total }) => {
      const text: string = `${result.sourceId} ${result.ok}: ${done + failed} of ${total}`;
      return text;
    },
  });
  for (const { ok, sourceId, error } of results) if (!ok) console.error(sourceId, error?.message);
  return results.map((result) =>
    result.ok ? `${result.update.attempts}` : `${result.sourceId} ${result.statusType} ${result.error.code}`,
  );
}

export function whatWouldBeSent(): string {
  const { method, url, headers, body } = client.request("source", "IDLE");
  return [method, url, headers.Authorization, body].join();
}

export function fromOutside(region: unknown, statusType: unknown): unknown {
  if (!isRegion(region) || !isStatusType(statusType)) return undefined;
  const own = new StatusClient({ organizationId: "org", accessToken: "token", region });
  return own.setStatus("source", statusType);
}

export const table: string[] = statuses().map(({ statusType, consoleName, cost, setWhen }) => {
  const type: "REBUILD" | "REFRESH" | "INCREMENTAL" | "IDLE" = statusType;
  return [type, consoleName, cost, setWhen].join();
});

/** The compiler checks that these are exactly the codes. */
export function remedy(code: StatusError["code"]): string {
  switch (code) {
    case "invalid_argument":
    case "not_found":
    case "rejected":
    case "redirected":
    case "closed":
    case "busy":
      return "mend the call";
    case "unauthenticated":
    case "forbidden":
    case "token_unavailable":
      return "mend the key";
    case "throttled":
    case "unavailable":
    case "network":
    case "timeout":
      return "later";
    case "left_active":
      return "set IDLE by hand";
    case "not_supported":
      return "mend the surroundings";
  }
}

export async function explained(): Promise<string | undefined> {
  try {
    await client.setStatus("source", "IDLE");
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const base: Error = error;
    const texts: (string | undefined)[] = [
      error.argument,
      error.sourceId,
      error.statusType,
      error.errorCode,
      error.outcome,
      error.hint,
      base.message,
    ];
    const numbers: (number | undefined)[] = [error.httpStatus, error.attempts, error.retryAfterMs];
    const outcome: "not_applied" | "unknown" | undefined = error.outcome;
    return [...texts, ...numbers, outcome, error.cause].join();
  }
  return undefined;
}

export async function end(): Promise<void> {
  client.free();
  await client.close();
  await client[Symbol.asyncDispose]();
}
