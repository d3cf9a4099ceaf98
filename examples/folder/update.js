/**
 * One run of the connector: an active status that says what kind of run it is, the documents, and IDLE whatever happens.
 * What the source holds is remembered only once all of it was pushed, so that a run that failed is made up for.
 */
import { hashOf, pathInside, pathsIn, readDocument } from "./documents.js";
import { readState, writeState } from "./state.js";

/** What a run does is what the service is told: the three words are no degrees of importance. */
function statusFor(known, changedPaths) {
  if (known === undefined) return "REBUILD"; // nobody knows what the source holds, so all of it is pushed
  if (changedPaths.length > 0) return "INCREMENTAL"; // the indexed system itself says what has changed: no scan
  return "REFRESH"; // all of the folder is read and compared with what the source holds
}

/**
 * @param {object} run
 * @param {import("push-source-status").StatusClient} run.client
 * @param {string} run.sourceId
 * @param {string} run.folder
 * @param {string} run.stateFile what the source holds, as the last run left it
 * @param {string[]} [run.changedPaths] what the indexed system says has changed, as paths in the folder
 * @param {(path: string, content: Buffer) => Promise<void>} run.push
 * @param {(path: string) => Promise<void>} run.remove
 * @param {AbortSignal} [run.signal] stops the run
 */
export async function update({
  client,
  sourceId,
  folder,
  stateFile,
  changedPaths = [],
  push,
  remove,
  signal,
}) {
  const named = changedPaths.map((path) => pathInside(folder, path));
  const known = await readState(stateFile);
  const statusType = statusFor(known, named);
  const work = async ({ signal }) => {
    const holds = new Map(known);
    const done = { statusType, pushed: 0, removed: 0, unchanged: 0 };
    // What the source holds is looked at too: it may be in the folder no more.
    const candidates = statusType === "INCREMENTAL" ? named : [...(await pathsIn(folder)), ...holds.keys()];
    for (const path of new Set(candidates)) {
      signal.throwIfAborted();
      const content = await readDocument(folder, path);
      const hash = content && hashOf(content);
      if (hash === holds.get(path)) {
        done.unchanged += 1;
      } else if (content === undefined) {
        await remove(path);
        holds.delete(path);
        done.removed += 1;
      } else {
        await push(path, content);
        holds.set(path, hash);
        done.pushed += 1;
      }
    }
    await writeState(stateFile, holds);
    return done;
  };
  return client.runActivity(sourceId, statusType, work, { signal });
}
