import { StatusClient } from "push-source-status";
import { startEmulator } from "push-source-status/emulator";

export async function emulated(): Promise<number> {
  const emulator = await startEmulator();
  const client = new StatusClient({
    organizationId: "org",
    accessToken: process.env.COVEO_ACCESS_TOKEN ?? "token",
    endpoint: emulator.endpoint,
  });
  emulator.failNext({ status: 429, retryAfter: 1 });
  await client.setStatus("source", "REBUILD");
  await emulator.close();
  return emulator.activities("source").length + emulator.requests.length;
}
