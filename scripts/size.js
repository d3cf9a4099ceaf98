import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "./package/build.js";
import { distFolder, root } from "./project.js";
import { script } from "./script.js";
import { setUp } from "./toolchain/setup.js";

const use = `import { StatusClient } from "push-source-status"; globalThis.client = new StatusClient({});`;

await script(async () => {
  await build(await setUp());
  const file = (name) => readFileSync(join(distFolder, name));
  const wasm = file("push_source_status_bg.wasm");
  const rows = {
    "the wasm module": [wasm],
    "JavaScript without it (core.js)": [file("core.js")],
    "both, apart": [wasm, file("core.js")],
    "the package's files for a browser (index.js, core.js)": [file("index.js"), file("core.js")],
    "in one file by esbuild": [await bundled({})],
    "in one file by esbuild, minified": [await bundled({ minify: true })],
  };
  console.log(
    `\n${"bytes".padEnd(56)}${["raw", "gzip", "brotli"].map((title) => title.padStart(9)).join("")}`,
  );
  for (const [title, files] of Object.entries(rows)) console.log(title.padEnd(56) + sizes(files));
});

/** What a page downloads that does one thing with the package, bundled without any settings. */
async function bundled(options) {
  const { build: esbuild } = await import("esbuild");
  const stdin = { contents: use, resolveDir: root };
  const { outputFiles } = await esbuild({ stdin, bundle: true, write: false, ...options });
  return outputFiles[0].contents;
}

/** Each file is compressed on its own, as a server does. */
function sizes(files) {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  const measures = [
    (content) => content.length,
    (content) => gzipSync(content, { level: 9 }).length,
    (content) => brotliCompressSync(content, brotli).length,
  ];
  return measures
    .map((measure) => files.reduce((total, content) => total + measure(content), 0))
    .map((bytes) => bytes.toLocaleString("en").padStart(9))
    .join("");
}
