import { startEmulator } from "push-source-status/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "./api.js";
import { conformance } from "./conformance.js";
import { report } from "./report.js";

let emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

test("the connector leaves its source idle", async () => {
  const client = new api.StatusClient({
    organizationId: "my-organization",
    accessToken: "my-token",
    endpoint: emulator.endpoint,
  });
  await expect(client.runActivity("my-source", "REBUILD", () => 42)).resolves.toBe(42);
  await expect(client.setStatus("my-source", "Rescan")).rejects.toBeInstanceOf(api.StatusError);
  expect(emulator.activities("my-source")).toMatchObject([{ statusType: "REBUILD", state: "completed" }]);
  await client.close();
});

test("the package does all that it has to do", async () => {
  const { ENDPOINT: endpoint, REPORT: reportUrl } = process.env;
  await report(reportUrl, conformance({ endpoint, api }));
});
