import pushSourceStatus = require("push-source-status");
import apart = require("push-source-status/wasm");
import emulator = require("push-source-status/emulator");
import env = require("push-source-status/env");
import journal = require("push-source-status/journal");

export const client: pushSourceStatus.StatusClient = new apart.StatusClient({
  organizationId: "org",
  accessToken: "token",
});
export const started = [apart.start(new Uint8Array()), emulator.startEmulator()];
export const recovered = journal.recoverUnfinished(env.clientFromEnv(), journal.fileJournal());
