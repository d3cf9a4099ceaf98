import { join } from "node:path";
import { readJson, root } from "../project.js";

const use = `import { StatusClient } from "push-source-status"; globalThis.client = new StatusClient({});`;

/** What a page downloads that does one thing with the package, bundled by esbuild with its defaults. */
export async function download(options = {}) {
  const { build } = await import("esbuild");
  const stdin = { contents: use, resolveDir: root };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, ...options });
  return outputFiles[0].contents;
}

/** The most bytes that this download in brotli may have: what was reached once, plus 2 %; and the unpacked package. */
export function budget() {
  return readJson(join(root, "benches", "size", "budget.json"));
}
