/**
 * A connector at its smallest: it says what it is about to do, retrieves the content of a folder, and says that it is
 * done, whatever happened in between.
 *
 * COVEO_ORGANIZATION_ID=… COVEO_SOURCE_ID=… COVEO_ACCESS_TOKEN=… COVEO_REGION=eu node examples/connector.js FOLDER
 */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { StatusClient } from "push-source-status";

const { COVEO_ORGANIZATION_ID, COVEO_SOURCE_ID, COVEO_ACCESS_TOKEN, COVEO_REGION, COVEO_ENDPOINT } =
  process.env;
const folder = process.argv[2] ?? fileURLToPath(new URL("content", import.meta.url));

const client = new StatusClient({
  organizationId: COVEO_ORGANIZATION_ID,
  accessToken: COVEO_ACCESS_TOKEN,
  region: COVEO_REGION,
  endpoint: COVEO_ENDPOINT,
});

// Not caught: without its active status the source would look idle while it is filled.
await client.setStatus(COVEO_SOURCE_ID, "REBUILD");
try {
  for await (const { path, content } of documents(folder)) {
    // Here a connector pushes the document: PUT …/sources/{sourceId}/documents?documentId={path}
    console.log(`  would push ${path}, ${content.length} bytes`);
  }
} finally {
  await client.setStatus(COVEO_SOURCE_ID, "IDLE");
}

async function* documents(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    yield { path: relative(root, path), content: await readFile(path) };
  }
}
