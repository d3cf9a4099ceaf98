/**
 * Returns the module's bytes, for CommonJS. Node reads them from the file beside this one, in a tenth of the time that
 * it takes to decode their text. Bundles and other hosts use the text, which is in an ES module: bundlers inline that
 * `require`, and the other hosts can require ES modules.
 */
export function bytes() {
  return read ?? require("./bytes.js").bytes();
}

// At import, which costs too little to measure. At the first use, the file may be out of reach: replaced by a deployment, closed to
// the user that a daemon has become, or one open file too many.
const read = fileBytes();

function fileBytes() {
  // Deno would ask the user for permission to read files.
  if (globalThis.Deno) return undefined;
  try {
    // Bundlers for browsers would fail on an import of `node:fs`.
    const { readFileSync } = process.getBuiltinModule("node:fs");
    const bytes = readFileSync(`${__dirname}/push_source_status_bg.wasm`);
    // The file beside a bundle may belong to another version. The build inserts the length of the right one.
    return bytes.length === WASM_LENGTH ? bytes : undefined;
  } catch {
    return undefined;
  }
}
