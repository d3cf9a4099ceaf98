import { Interruption } from "../interruption.js";

/**
 * Makes the changes, and reports the result of each. A signal cancels those that have no result yet.
 *
 * @param {import("push-source-status").StatusClient} client
 * @param {{ report: object, openChanges: import("./open-changes.js").OpenChanges }} tellers
 * @returns {Promise<number>} the exit code
 */
export async function changeStatuses(client, sources, statusType, { report, openChanges }) {
  const interruption = new Interruption();
  try {
    const changes = sources.map(({ id }) => ({ sourceId: id, statusType }));
    const results = await client.setStatuses(changes, {
      signal: interruption.signal,
      onProgress: (progress) => report.progress(progress),
    });
    report.end();
    return results.every(({ ok }) => ok) ? 0 : 1;
  } catch (reason) {
    if (!interruption.name) throw reason;
    report.interrupted(interruption.name, openChanges);
    return interruption.exitCode;
  } finally {
    interruption.end();
  }
}
