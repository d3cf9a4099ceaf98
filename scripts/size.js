import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./package/build.js";
import { distFolder } from "./project.js";
import { script } from "./script.js";
import { sizes, sizesOfAll } from "./size/compressed.js";
import { budget, download } from "./size/download.js";
import { largestFunctions } from "./size/functions.js";
import { sizesOfParts } from "./size/parts.js";
import { setUp } from "./toolchain/setup.js";

await script(async () => {
  const env = await setUp();
  await build(env);
  const file = (name) => readFileSync(join(distFolder, name));
  const wasm = file("push_source_status_bg.wasm");
  print("What a browser downloads, in bytes", {
    "the WebAssembly module": sizes(wasm),
    "JavaScript without it (core.js)": sizes(file("core.js")),
    "the package's files (index.js, core.js, bytes.js)": sizesOfAll(
      ["index.js", "core.js", "bytes.js"].map(file),
    ),
    "in one file by esbuild": sizes(await download()),
    "in one file by esbuild, minified": sizes(await download({ minify: true })),
  });
  console.log(`The budget for the one file by esbuild is ${budget().brotli.toLocaleString("en")} in brotli.`);
  print("What each part adds: WebAssembly and glue", {
    ...(await sizesOfParts(env)),
    "the package: all, with activities, bulk calls, events, signals": sizesOfAll([wasm, file("core.js")]),
  });
  console.log("\nThe ten largest functions, in bytes of WebAssembly");
  for (const [name, bytes] of await largestFunctions(env, 10)) {
    console.log(`${bytes.toLocaleString("en").padStart(8)}  ${name}`);
  }
});

function print(title, rows) {
  console.log(`\n${title.padEnd(64)}      raw     gzip   brotli`);
  for (const [name, measures] of Object.entries(rows)) {
    const numbers = Object.values(measures).map((bytes) => bytes.toLocaleString("en").padStart(9));
    console.log(name.padEnd(64) + numbers.join(""));
  }
}
