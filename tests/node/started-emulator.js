import { startEmulator } from "../../pkg/emulator/index.js";

/** An emulator for as long as a test lasts. */
export async function startedEmulator(t, options) {
  const emulator = await startEmulator(options);
  t.after(() => emulator.close());
  return emulator;
}

/** Where a status of a source is set. */
export function statusUrl(emulator, sourceId, statusType) {
  return `${emulator.endpoint}/organizations/my-org/sources/${sourceId}/status?statusType=${statusType}`;
}
