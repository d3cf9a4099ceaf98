/**
 * One run of the connector: an active status for this kind of run, the documents, and IDLE whatever happens. The state is
 * saved only after all documents were pushed, so that the next run makes up for a failed one.
 */
import { hashOf, pathInside, pathsIn, readDocument } from "./documents.js";
import { readState, writeState } from "./state.js";

/** The status says what the run does. The three words are no degrees of importance. */
function statusFor(known, changedPaths) {
  if (known === undefined) return "REBUILD"; // the content of the source is unknown, so everything is pushed
  if (changedPaths.length > 0) return "INCREMENTAL"; // the indexed system itself reports the changes: no scan
  return "REFRESH"; // the whole folder is read and compared with the content of the source
}

/**
 * @param {object} run
 * @param {import("push-source-status").StatusClient} run.client
 * @param {string} run.sourceId
 * @param {string} run.folder
 * @param {string} run.stateFile the content of the source after the last run
 * @param {string[]} [run.changedPaths] the changes that the indexed system reports, as paths in the folder
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
    // Documents of the source are checked too: they may be gone from the folder.
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
