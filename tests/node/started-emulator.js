import { startEmulator } from "../../pkg/emulator/index.js";

/** Starts an emulator for one test. */
export async function startedEmulator(t, options) {
  const emulator = await startEmulator(options);
  t.after(() => emulator.close());
  return emulator;
}

/** The address that sets a status of a source. */
export function statusUrl(emulator, sourceId, statusType) {
  return `${emulator.endpoint}/organizations/my-org/sources/${sourceId}/status?statusType=${statusType}`;
}
