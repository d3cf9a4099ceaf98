import { join } from "node:path";
import { readJson, root } from "../project.js";

const use = `import { StatusClient } from "push-source-status"; globalThis.client = new StatusClient({});`;

/** Bundles a page that sets one status, by esbuild with its defaults. */
export async function download(options = {}) {
  const { build } = await import("esbuild");
  const stdin = { contents: use, resolveDir: root };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, ...options });
  return outputFiles[0].contents;
}

/** The largest size in bytes of this download in brotli, and of the unpacked package: reached once, plus 2 %. */
export function budget() {
  return readJson(join(root, "benches", "size", "budget.json"));
}
