import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { compile } from "../../scripts/package/web-assembly.js";
import { packageRoot, root, wasmName } from "../../scripts/project.js";
import { setUp } from "../../scripts/toolchain/setup.js";

const place = join(root, "target", "panics");
const folder = join(place, "wasm");
let panics;

/** The shipped module with one more function. */
before(async () => {
  await compile(await setUp(), folder, { features: "web,panics" });
  // The imports of the glue, at their paths.
  cpSync(join(packageRoot, "lib"), join(place, "lib"), { recursive: true });
  const { bindings, start } = await import(join(place, "lib", "bindings.js"));
  await start(readFileSync(join(folder, wasmName)));
  ({ panics } = bindings());
});

for (const way of ["index", "slice", "expect", "borrow", "overflow"]) {
  test(`a panic is a trap in the module: ${way}`, () => {
    assert.throws(
      () => panics(way, 0.5),
      (error) => error instanceof WebAssembly.RuntimeError && /unreachable/.test(error.message),
    );
  });
}

test("the module formats what the core formats on every machine", () => {
  assert.equal(panics("debug", 0.1 + 0.2), String.raw`([0.30000000000000004], "a\n\u{202e}")`);
  assert.equal(panics("display", 1e21), "1000000000000000000000");
});
