import { constants } from "node:os";

/** What a person or a supervisor stops a command with. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Makes the changes, and tells how each came out. A signal takes back those that have no result yet.
 *
 * @param {import("push-source-status").StatusClient} client
 * @returns {Promise<number>} the exit code
 */
export async function changeStatuses(client, sources, statusType, report) {
  const interruption = new AbortController();
  const interrupt = (signal) => interruption.abort(signal);
  // Once: the same signal again ends the command at once, as if it had never been listened to.
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    const changes = sources.map(({ id }) => ({ sourceId: id, statusType }));
    const results = await client.setStatuses(changes, {
      signal: interruption.signal,
      onProgress: (progress) => report.progress(progress),
    });
    report.end();
    return results.every(({ ok }) => ok) ? 0 : 1;
  } catch (reason) {
    if (!interruption.signal.aborted) throw reason;
    report.interrupted(reason);
    return 128 + constants.signals[reason];
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, interrupt);
  }
}
