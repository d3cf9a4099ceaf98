/**
 * A connector for a folder. It finds the changes since its last run, and sets the status that fits: REBUILD the first time,
 * REFRESH when it scans the folder and compares, INCREMENTAL when the changes are given. Run one instance at a time: put
 * `flock -n LOCK_FILE` in front of it.
 *
 * COVEO_ORGANIZATION_ID=… COVEO_SOURCE_ID=… COVEO_ACCESS_TOKEN=… COVEO_REGION=eu \
 *   node examples/connector.js FOLDER STATE_FILE [CHANGED_PATH…]
 *
 * For example, with the changes from git: git diff --name-only --relative HEAD~1 | xargs node … FOLDER STATE_FILE
 */
import { StatusClient } from "push-source-status";
import { update } from "./folder/update.js";

const { COVEO_ORGANIZATION_ID, COVEO_SOURCE_ID, COVEO_ACCESS_TOKEN, COVEO_REGION, COVEO_ENDPOINT } =
  process.env;
const [folder, stateFile, ...changedPaths] = process.argv.slice(2);
if (stateFile === undefined) {
  console.error("usage: node examples/connector.js FOLDER STATE_FILE [CHANGED_PATH…]");
  process.exit(2);
}

const client = new StatusClient({
  organizationId: COVEO_ORGANIZATION_ID,
  accessToken: COVEO_ACCESS_TOKEN,
  region: COVEO_REGION,
  endpoint: COVEO_ENDPOINT,
});

const { statusType, pushed, removed, unchanged } = await update({
  client,
  sourceId: COVEO_SOURCE_ID,
  folder,
  stateFile,
  changedPaths,
  async push(path, content) {
    // A connector sends the document here: PUT …/sources/{sourceId}/documents?documentId={the URI of path}
    console.log(`  would push ${path}, ${content.length} bytes`);
  },
  async remove(path) {
    // A connector deletes the document here: DELETE …/sources/{sourceId}/documents?documentId={the URI of path}
    console.log(`  would remove ${path}`);
  },
});
console.log(`  ${statusType}: ${pushed} pushed, ${removed} removed, ${unchanged} unchanged`);
