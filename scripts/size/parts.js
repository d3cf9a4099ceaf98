import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../package/web-assembly.js";
import { root } from "../project.js";
import { sizesOfAll } from "./compressed.js";

const folder = join(root, "benches", "size");

/** The features to build, from the smallest module up, and the part of the package that each stands for. */
const parts = {
  "": "the floor: one asynchronous fetch",
  results: "floor + one result, by serde-wasm-bindgen",
  core: "floor + the core: checks, requests, dispatcher, errors",
  "core,results": "floor + both",
};

/** The sizes of WebAssembly and glue of each part, smallest first. */
export async function sizesOfParts(env) {
  const rows = {};
  for (const [features, title] of Object.entries(parts)) {
    const out = join(root, "target", "size", "parts");
    const name = "push_source_status_size";
    const target = join(root, "target", "size-parts");
    await compile({ ...env, CARGO_TARGET_DIR: target }, out, { crate: folder, features });
    rows[title] = sizesOfAll(
      [`${name}_bg.wasm`, `${name}_bg.js`].map((file) => readFileSync(join(out, file))),
    );
  }
  return rows;
}
